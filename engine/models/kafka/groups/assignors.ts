import type { Assignor } from "./assignor.ts";
import { RangeAssignor } from "./range-assignor.ts";
import { RoundRobinAssignor } from "./round-robin-assignor.ts";
import { CooperativeStickyAssignor, StickyAssignor } from "./sticky-assignor.ts";

/** The assignors that come with the client, by the name under which they are offered to the group (`partition.assignment.strategy`). */
export const ASSIGNOR_NAMES = ["range", "roundrobin", "sticky", "cooperative-sticky"] as const;
export type AssignorName = (typeof ASSIGNOR_NAMES)[number];

export function makeAssignor(name: AssignorName): Assignor {
  if (name === "range") return new RangeAssignor();
  if (name === "roundrobin") return new RoundRobinAssignor();
  return name === "sticky" ? new StickyAssignor() : new CooperativeStickyAssignor();
}

/** Whether members keep what they have while the group rebalances. */
export const isCooperative = (name: AssignorName): boolean => name === "cooperative-sticky";
