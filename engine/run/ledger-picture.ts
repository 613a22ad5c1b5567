import type { MeteredKind } from "../metrics/vocabulary.ts";
import type { LedgerPicture } from "../worker/protocol.ts";
import type { Run } from "./run.ts";
import { METRIC_NAMES } from "./vocabulary.ts";

/** The gauges that count the copies that lie in a node; `unacked` are those of them that somebody has in hand. */
const HELD: Partial<Record<MeteredKind, readonly string[]>> = {
  queue: ["ready"],
  list: ["ready", "delayed"],
  stream: ["length"],
  topic: ["length"],
  rmqTopic: ["length", "delayed", "half"],
  rmqGroup: ["retrying", "dead"],
  socket: ["queued"],
  proxy: ["queued"],
};

/**
 * The account of all messages and, beside it, of all copies, with the nodes that hold what is in the system. What lies in none — on a link, or at a client — stands under
 * the empty node, so that the nodes add up to the copies in the system.
 */
export function ledgerPicture(run: Run): LedgerPicture {
  const { copies, published, ...messages } = run.ledgerReport();
  const values = run.read();
  const layout = run.layout();
  const inSystemAt: LedgerPicture["inSystemAt"] = [];
  let elsewhere = copies.inSystem;
  for (const node of run.state.topology.nodes) {
    const held = HELD[node.kind as MeteredKind];
    if (held === undefined || node.gone) continue;
    const { offset } = layout.nodes[node.index] as { offset: number };
    const names = METRIC_NAMES[node.kind as MeteredKind];
    // What a node has not measured yet is NaN.
    const read = (name: string) => (names.includes(name) && values[offset + names.indexOf(name)]) || 0;
    const unacked = read("unacked");
    // A log counts by its offsets, and not every offset is a message.
    const ready = Math.min(
      elsewhere - unacked,
      held.reduce((sum, name) => sum + read(name), 0),
    );
    elsewhere -= ready + unacked;
    if (ready + unacked > 0) inSystemAt.push({ node: node.id, ready, unacked });
  }
  if (elsewhere !== 0) inSystemAt.push({ node: "", ready: elsewhere, unacked: 0 });
  return {
    time: run.now,
    messages: {
      made: published,
      processed: messages.processed,
      inSystem: messages.inSystem,
      discarded: messages.discarded,
      lost: messages.lost,
    },
    copies,
    duplicates: messages.duplicates,
    inSystemAt,
  };
}
