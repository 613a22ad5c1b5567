import type { LedgerColumn, LedgerPicture } from "../../../../engine/worker/protocol.ts";
import type { FlowPart } from "./flow-layout.ts";

export type Unit = "messages" | "copies";

/** Reasons with what stands beside them, largest first. */
export interface ReasonRow {
  reason: string;
  messages: number;
  copies: number;
}

export function reasonRows(ledger: LedgerPicture, of: "discarded" | "lost"): ReasonRow[] {
  const reasons = new Set([...Object.keys(ledger.messages[of]), ...Object.keys(ledger.copies[of])]);
  return [...reasons]
    .map((reason) => ({
      reason,
      messages: ledger.messages[of][reason] ?? 0,
      copies: ledger.copies[of][reason] ?? 0,
    }))
    .sort((a, b) => b.copies - a.copies);
}

export const total = (counts: { [reason: string]: number }): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** published − processed − in system − discarded − lost: anything but 0 is a bug of ours. */
export const outBy = ({ made, processed, inSystem, discarded, lost }: LedgerColumn): number =>
  made - processed - inSystem - total(discarded) - total(lost);

/** Places hold copies; they say where the messages are only when each of those is one copy. */
export const hasPlaces = (ledger: LedgerPicture, unit: Unit): boolean =>
  unit === "copies" || ledger.messages.inSystem === ledger.copies.inSystem;

/** Metrics that tell how many copies lie in a node. */
const COUNTED = ["ready", "unacked", "length", "queued", "retrying"];

/** Without the places of what is in the system when a lesson hides one of them: the others would give it away. */
export const withoutHidden = (
  ledger: LedgerPicture,
  isHidden: (node: string, metric: string) => boolean,
): LedgerPicture =>
  ledger.inSystemAt.some(({ node }) => COUNTED.some((metric) => isHidden(node, metric)))
    ? { ...ledger, inSystemAt: [] }
    : ledger;

/** The account as parts of the picture. Ids: the outcome, `ready:<node>`, `unacked:<node>`, `reason:<word>`. */
export function partsOf(ledger: LedgerPicture, unit: Unit): FlowPart[] {
  const column = ledger[unit];
  const reasons = (counts: { [reason: string]: number }) =>
    Object.entries(counts)
      .sort((a, b) => b[1] - a[1])
      .map(([reason, count]) => ({ id: `reason:${reason}`, count }));
  const places = ledger.inSystemAt.flatMap(({ node, ready, unacked }) => [
    { id: `ready:${node}`, count: ready },
    { id: `unacked:${node}`, count: unacked },
  ]);
  return [
    { id: "processed", count: column.processed, tone: "good", parts: [] },
    { id: "inSystem", count: column.inSystem, tone: "open", parts: hasPlaces(ledger, unit) ? places : [] },
    { id: "discarded", count: total(column.discarded), tone: "discarded", parts: reasons(column.discarded) },
    { id: "lost", count: total(column.lost), tone: "lost", parts: reasons(column.lost) },
  ];
}
