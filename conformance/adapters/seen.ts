import type { CaseEvent } from "../format.ts";

/** Something that a party of a case saw. */
export interface Seen {
  /** Name of a client; empty for the administrator. */
  receiver: string;
  event: CaseEvent;
}

/** Events as OPS.md sorts them: by the name of who saw them, of each in the order in which they came. */
export const byReceiver = (seen: readonly Seen[]): CaseEvent[] =>
  [...seen].sort((a, b) => (a.receiver < b.receiver ? -1 : a.receiver > b.receiver ? 1 : 0)).map(({ event }) => event);
