const TINTS: Readonly<Record<string, string>> = {
  producer: "producer",
  exchange: "exchange",
  queue: "queue",
  consumer: "consumer",
  service: "consumer",
  list: "queue",
  stream: "topic",
  topic: "topic",
  rmqTopic: "topic",
  channel: "channel",
  socket: "exchange",
  proxy: "exchange",
};

/** The colours of a kind away from the canvas: the first part of their names (`queue` → `--queue-soft`, `--queue-line`, `--queue-text`). */
export const kindTint = (kind: string): string => TINTS[kind] ?? "annotate";
