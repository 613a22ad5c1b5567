import { discardReason } from "../models/model.ts";
import type { ConsumerInstance, Consumers } from "./consumers.ts";
import { EVENT, ruleReason } from "./event-log.ts";
import { END_DISCARDED, END_PROCESSED } from "./ledger.ts";
import type { LogReader, Subscription } from "./session.ts";
import { C, S } from "./vocabulary.ts";

const FAILED = discardReason("failed");
const SUPERSEDED = discardReason("superseded");

/** The work on a record of a log is done: the consumer's copy ends here, the log keeps its own. Nothing is answered. */
export function logWorkDone(
  consumers: Consumers,
  instance: ConsumerInstance,
  handle: number,
  tag: number,
  subscription: Subscription,
  fails: boolean,
): void {
  const { core } = consumers;
  const { node } = instance;
  const reader = subscription.reader as LogReader;
  const id = core.store.id[handle] as number;
  if (fails) {
    consumers.countError(node, handle);
    if (node.config.onFail === "requeue") {
      reader.rewind(tag);
      core.end(handle, END_DISCARDED, SUPERSEDED);
      return;
    }
    if (reader.reject?.(tag) === true) {
      core.end(handle, END_DISCARDED, SUPERSEDED);
      return;
    }
    reader.finish(tag);
    core.log.add(EVENT.discard, core.now, node.index, id, -1, ruleReason(FAILED));
    core.end(handle, END_DISCARDED, FAILED);
    return;
  }
  node.processed.pending++;
  node.e2e.record(core.now - (core.store.birth[handle] as number));
  if (core.log.detailed === true) core.log.add(EVENT.process, core.now, node.index, id);
  if (reader.finish(tag)) {
    core.meters.count(node.slots.counters + C.duplicates);
    core.ledger.duplicates++;
    core.log.add(EVENT.duplicate, core.now, node.index, id);
  } else if (reader.isLate(tag, handle)) core.meters.count(core.system.counters + S.outOfOrder);
  if (node.config.dedup > 0) consumers.remember(node, id);
  if (node.isService === true) consumers.after.worked(instance, subscription, handle);
  core.end(handle, END_PROCESSED, 0);
}
