import type { ChannelState } from "./client-state.ts";
import type { RabbitState } from "./state.ts";

/** The pseudo-queue of direct reply-to, and what the addresses generated for it begin with. semantics/rabbitmq §13. */
export const REPLY_QUEUE = "amq.rabbitmq.reply-to";

export const isReplyAddress = (key: string): boolean => key.startsWith(`${REPLY_QUEUE}.`);

/** The address names the consumer that waits for the reply: one that comes after it on the same channel has another address. */
export const replyAddress = (channel: ChannelState): string => `${REPLY_QUEUE}.${channel.id}.${channel.replyConsumer}`;

/** @returns the channel whose consumer an address names; null when that consumer is gone, or the address was never given out */
export function askerAt(m: RabbitState, key: string): ChannelState | null {
  const [, channel, consumer] = /^\.(\d+)\.(\d+)$/.exec(key.slice(REPLY_QUEUE.length)) ?? [];
  const asker = m.channels[Number(channel)];
  return asker?.open && asker.replyConsumer === Number(consumer) ? asker : null;
}
