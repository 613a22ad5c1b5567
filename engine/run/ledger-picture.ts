import type { LedgerPicture } from "../worker/protocol.ts";
import type { Run } from "./run.ts";
import { METRIC_NAMES } from "./vocabulary.ts";

const READY = METRIC_NAMES.queue.indexOf("ready");
const UNACKED = METRIC_NAMES.queue.indexOf("unacked");

/**
 * The account of all messages and, beside it, of all copies, with the queues that hold what is in the system. What is in no queue — on a link, or at a client that has
 * acknowledged or need not — stands under the empty node, so that the nodes add up to the copies in the system.
 */
export function ledgerPicture(run: Run): LedgerPicture {
  const { copies, published, ...messages } = run.ledgerReport();
  const values = run.read();
  const layout = run.layout();
  const inSystemAt: LedgerPicture["inSystemAt"] = [];
  let elsewhere = copies.inSystem;
  for (const node of run.state.topology.nodes) {
    if (node.kind !== "queue" || node.gone) continue;
    const { offset } = layout.nodes[node.index] as { offset: number };
    const ready = values[offset + READY] as number;
    const unacked = values[offset + UNACKED] as number;
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
