/**
 * Why a closed form does not describe a drawn queue. Each code is one condition that fails; its facts fill the sentence (text key `theory.fails.<code>`).
 * Names in facts are those of nodes, times ms, rates per s.
 */
export const CONDITION_CODES = [
  // What arrives.
  "no-arrivals",
  "arrivals-constant",
  "arrivals-pattern",
  "arrivals-end",
  "arrivals-wait",
  "arrivals-batches",
  "arrivals-in-turn",
  "arrivals-service",
  "arrivals-dead-letters",
  "arrivals-link",
  "message-ttl",
  // The queue itself.
  "queue-stream",
  "queue-ttl",
  "queue-bytes",
  "queue-limit",
  "queue-priority",
  // Who serves it.
  "no-consumers",
  "servers-differ",
  "servers-general",
  "consumer-shared",
  "consumer-polls",
  "consumer-ack",
  "consumer-fails",
  "consumer-single-active",
  "prefetch",
  "latency-servers",
  "latency-prefetch",
  "consume-link",
  // The whole.
  "overload",
  "timeline",
  "broker-memory",
] as const;

export type ConditionCode = (typeof CONDITION_CODES)[number];

export interface Condition {
  code: ConditionCode;
  facts: { [name: string]: string | number };
}

export const fails = (code: ConditionCode, facts: Condition["facts"] = {}): Condition => ({ code, facts });
