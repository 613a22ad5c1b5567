import { REDELIVERED } from "../messages.ts";
import type { Meta } from "../model.ts";
import type { ConsumerState } from "./client-state.ts";
import { cancelEverybody, takeFromClients } from "./cluster.ts";
import { arrived } from "./confirms.ts";
import { putTail, takeAll } from "./contents.ts";
import { isWritten, toDisk } from "./disk.ts";
import { CLASSIC, type QueueState } from "./queue-state.ts";
import { RESTART_LOSS } from "./reasons.ts";
import { nextConsumer } from "./row.ts";
import { staysLazy } from "./settings.ts";
import type { RabbitSink } from "./sink.ts";
import type { RabbitState } from "./state.ts";

/**
 * RabbitMQ 3.x: a classic queue with a single active consumer may have a backlog and an active consumer with credit — the one before was cancelled, and nothing happened since.
 * A publish is then offered to that consumer past the backlog.
 * @returns the consumer, null when the message queues up as usual
 */
export function overtakes(m: RabbitState, q: QueueState): ConsumerState | null {
  return q.singleActive && q.type === CLASSIC && !m.isVersion4 ? nextConsumer(m, q) : null;
}

/**
 * … and when the consumer is to acknowledge, the queue's process fails (`true = BQ:is_empty` in attempt_delivery of rabbit_amqqueue_process) and starts again: consumers are
 * told that they are cancelled, only persistent messages of a durable queue are still there. A message that was to be written is refused, another one confirmed before the end.
 * @param row pending publish of `copy`, 0 = none
 */
export function crashQueue(
  m: RabbitState,
  q: QueueState,
  copy: number,
  row: number,
  meta: Meta,
  out: RabbitSink,
): void {
  const isRefused = isWritten(m, q, copy);
  out.lost(q.id, copy, RESTART_LOSS);
  if (row !== 0) arrived(m, row, isRefused, out);
  cancelEverybody(m, q, out);
  takeFromClients(m, q, out);
  q.hadConsumer = false;
  q.usedAt = meta.now;
  q.isLazy = staysLazy(m, q);
  for (const held of takeAll(m, q)) {
    if (!isWritten(m, q, held)) {
      out.lost(q.id, held, RESTART_LOSS);
      continue;
    }
    m.store.flags[held] = (m.store.flags[held] as number) | REDELIVERED;
    toDisk(m, held);
    putTail(m, q, held);
  }
}
