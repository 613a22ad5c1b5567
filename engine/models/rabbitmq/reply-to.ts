/** The pseudo-queue of direct reply-to, and what the addresses generated for it begin with. semantics/rabbitmq §13. */
export const REPLY_QUEUE = "amq.rabbitmq.reply-to";

export const isReplyAddress = (key: string): boolean => key.startsWith(`${REPLY_QUEUE}.`);

/** The address names the channel that waits for the reply. */
export const replyAddress = (channel: number): string => `${REPLY_QUEUE}.${channel}`;

/** @returns the channel that an address names, −1 for one that was never given out */
export function channelOfAddress(key: string): number {
  const text = key.slice(REPLY_QUEUE.length + 1);
  return /^\d+$/.test(text) ? Number(text) : -1;
}
