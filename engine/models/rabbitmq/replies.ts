import type { Meta } from "../model.ts";
import { ConsumerState, UNLIMITED } from "./client-state.ts";
import { NOT_ALLOWED, PRECONDITION_FAILED } from "./errors.ts";
import { fail } from "./lifecycle.ts";
import { NOBODY } from "./queue-state.ts";
import type { RabbitSink } from "./sink.ts";
import type { RabbitState } from "./state.ts";
import { consumerByTag } from "./subscribing.ts";

/** The one consumer of replies that a channel may have; it must not acknowledge. @returns its id, −1 when refused */
export function subscribeToReplies(
  m: RabbitState,
  channelId: number,
  tag: string,
  noAck: boolean,
  meta: Meta,
  out: RabbitSink,
): number {
  const channel = m.channels[channelId];
  if (!channel?.open) return NOBODY;
  const isReused = tag !== "" && consumerByTag(m, channelId, tag) !== NOBODY;
  if (isReused || !noAck || channel.replyConsumer !== NOBODY) {
    fail(m, channelId, isReused ? NOT_ALLOWED : PRECONDITION_FAILED, meta, out);
    return NOBODY;
  }
  const id = m.consumers.length;
  const options = { noAck: true, exclusive: false, priority: 0, prefetch: UNLIMITED };
  m.consumers.push(new ConsumerState(id, tag === "" ? `amq.ctag-${id}` : tag, channelId, NOBODY, options));
  channel.consumers.push(id);
  channel.replyConsumer = id;
  return id;
}
