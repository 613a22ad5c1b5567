import type { Issue } from "../issue.ts";
import type { ScenarioEdge, ScenarioNode } from "../types.ts";

/** Doubts about a document that can run (product.md §3.5); each has a sentence `problems.<code>` in both languages. */
export const PROBLEM_CODES = [
  "no-consumer",
  "no-source",
  "producer-unconnected",
  "exchange-unbound",
  "key-matches-nothing",
  "overload",
  "prefetch-unlimited-slow",
  "auto-ack-can-lose",
  "priority-ignored",
  "declare-mismatch",
  "stream-refuses-consumer",
  "dlx-missing-target",
  "alternate-missing-target",
  "dead-letter-loop",
  "exchange-loop",
  "service-loop",
  "requeue-forever",
  "dead-letter-key-alone",
  "overflow-not-for-quorum",
  "at-least-once-needs-reject",
  "retention-shorter-than-lag",
  "poll-interval-too-short",
  "single-replica",
  "rate-above-engine-budget",
  "unknown-imported-argument",
  "permission-missing",
  "unknown-user",
  "wrong-password",
  "no-subscriber",
  "subscriber-too-slow",
  "readers-too-slow",
  "req-without-timeout",
  "same-attach",
  "workers-too-slow",
  "subscriber-drops",
  "pubsub-no-persistence",
  "pop-can-lose",
  "claim-before-done",
  "dead-letter-never",
  "more-members-than-partitions",
  "minisr-above-rf",
  "acks1-with-replicas",
  "replication-above-brokers",
  "batch-outlasts-interval",
  "heartbeat-too-rare",
  "more-members-than-queues",
  "fifo-without-key",
  "delay-not-in-type",
  "tags-match-nothing",
  "orderly-not-fifo",
  "broadcast-drops",
  "sync-without-slave",
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

export interface Problem extends Issue {
  code: ProblemCode;
}

export function problem(
  severity: Problem["severity"],
  code: ProblemCode,
  at: ScenarioNode | ScenarioEdge,
  facts: Problem["facts"] = {},
  field = "",
): Problem {
  const name = "x" in at ? at.name : at.id;
  const path = `${"x" in at ? "nodes" : "edges"}.${name}${field === "" ? "" : `.${field}`}`;
  return { path, code, facts: { name, ...facts }, severity, target: at.id };
}
