import { REDELIVERED } from "../models/messages.ts";
import type { PeekedMessage } from "../worker/protocol.ts";
import type { Run } from "./run.ts";

/** As many as are shown (product.md §8). */
export const PEEKED = 50;

/**
 * What somebody sees who looks into a queue, list, stream or topic without taking anything, the one at the head first; or what a wiretap on a link has seen last, the newest first.
 * Nothing of the run changes. @returns none for what keeps no messages, or is not there
 */
export function peek(run: Run, target: string): PeekedMessage[] {
  const { topology } = run.state;
  const { store } = run.core;
  const told = (message: number, row: number, size: number, more: Partial<PeekedMessage>): PeekedMessage => {
    const kind = store.kinds[row] as (typeof store.kinds)[number];
    return {
      message,
      t: -1,
      source: topology.nodes[kind.source]?.id ?? "",
      key: kind.keyName,
      routingKey: kind.routingKey,
      priority: kind.priority,
      size,
      payload: kind.payload ?? null,
      isRedelivered: false,
      isReadable: true,
      ...more,
    };
  };
  const edge = topology.edgeOf.get(target);
  if (edge !== undefined) {
    const heard = edge.link.tap?.kept() ?? [];
    return heard.map(({ t, message, kind, size, isReadable }) => told(message, kind, size, { t, isReadable }));
  }
  const node = topology.nodeOf.get(target);
  if (node === undefined || node.host === null || node.place < 0) return [];
  const copies = topology.drawingOf(node)?.peek?.(node, PEEKED) ?? [];
  return copies.map((copy) =>
    told(store.id[copy] as number, store.kind[copy] as number, store.sizeOf(copy), {
      t: store.birth[copy] as number,
      isRedelivered: ((store.flags[copy] as number) & REDELIVERED) !== 0,
    }),
  );
}
