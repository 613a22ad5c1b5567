import type { KINDS_SHOWN } from "./sentence.ts";

type Kind = (typeof KINDS_SHOWN)[number];

/** Kinds of events by what one looks for: everyday steps, what came again or went aside, ends without being processed, what clients met, what was done from outside. */
export const KIND_GROUPS = {
  way: ["publish", "route", "half", "delay", "enqueue", "deliver", "arrive", "process", "ack", "confirm"],
  again: ["redeliver", "requeue", "retry", "duplicate", "dead-letter", "return", "error", "check-back"],
  ends: ["expire", "discard", "lost", "unroutable", "refuse", "fail"],
  clients: ["block", "unblock", "deny", "cancel", "close", "commit", "rollback", "rebalance", "elect", "suspend"],
  outside: ["fault", "edit", "act", "alert"],
} as const satisfies Readonly<Record<string, readonly Kind[]>>;

export type KindGroup = keyof typeof KIND_GROUPS;
export const GROUPS = Object.keys(KIND_GROUPS) as KindGroup[];

const GROUP = "group:";
export const groupFilter = (group: KindGroup): string => `${GROUP}${group}`;

/** Whether a kind of event is the wanted one, or one of the wanted group. */
export function isOfKind(kind: string, wanted: string): boolean {
  if (!wanted.startsWith(GROUP)) return kind === wanted;
  const kinds: readonly string[] = KIND_GROUPS[wanted.slice(GROUP.length) as KindGroup] ?? [];
  return kinds.includes(kind);
}
