import type { RunEvent } from "../../../../engine/worker/protocol.ts";
import type { EventFilter } from "../../../store/life.ts";
import type { Words } from "../../../text/index.ts";
import { isOfKind } from "./kind-groups.ts";
import { type NameOf, sentence } from "./sentence.ts";

/** Most events that the page keeps; as many as the engine keeps (product.md §2.4). */
export const EVENTS_SHOWN_MAX = 50_000;

export const isFiltering = ({ node, kind, text, message, reason }: EventFilter): boolean =>
  node !== "" || kind !== "" || text.trim() !== "" || message > 0 || reason !== "";

/** Whether an event passes; sentences are made only when there are words to look for. */
export function passes(event: RunEvent, filter: EventFilter, words: Words, nameOf: NameOf): boolean {
  if (filter.node !== "" && event.node !== filter.node && event.other !== filter.node) return false;
  if (filter.kind !== "" && !isOfKind(event.kind, filter.kind)) return false;
  if (filter.message > 0 && event.message !== filter.message) return false;
  if (filter.reason !== "" && (event.reason ?? event.kind) !== filter.reason) return false;
  const wanted = filter.text.trim().toLowerCase();
  if (wanted === "") return true;
  const text = sentence(event, words, nameOf).toLowerCase();
  const kind = (words.find(`events.kinds.${event.kind}`) ?? "").toLowerCase();
  return wanted
    .split(/\s+/)
    .every((word) =>
      /^#\d+$/.test(word)
        ? event.message === Number(word.slice(1))
        : text.includes(word) || kind.includes(word) || event.kind.includes(word),
    );
}

/** Adds what came since, newest last, and forgets the oldest above the limit. @returns the same list when nothing came */
export function append(
  list: readonly RunEvent[],
  more: readonly RunEvent[],
  most = EVENTS_SHOWN_MAX,
): readonly RunEvent[] {
  const last = list.at(-1)?.n ?? 0;
  const fresh = more.filter((event) => event.n > last);
  if (fresh.length === 0) return list;
  const all = [...list, ...fresh];
  return all.length > most ? all.slice(all.length - most) : all;
}

/** Rows of equal height that are in sight, with a few more on both sides. */
export function rowsInSight(
  count: number,
  rowHeight: number,
  scrollTop: number,
  height: number,
  spare = 6,
): { first: number; end: number } {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - spare);
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + spare);
  return { first: Math.min(first, count), end };
}

/** The list as JSON lines: an event a line, with the engine's own words and times in virtual µs, and names beside ids. */
export function asJsonLines(list: readonly RunEvent[], nameOf: NameOf): string {
  return list
    .map(({ n, t, node, kind, message, other, reason, value }) =>
      JSON.stringify({
        n,
        t,
        kind,
        node: node === "" ? null : node,
        ...(nameOf(node) !== undefined && { nodeName: nameOf(node) }),
        ...(message >= 0 && { message }),
        ...(other !== undefined && { other, ...(nameOf(other) !== undefined && { otherName: nameOf(other) }) }),
        ...(reason !== undefined && { reason }),
        ...(value !== undefined && { value }),
      }),
    )
    .join("\n")
    .concat(list.length > 0 ? "\n" : "");
}

/** The list as text: one line an event, columns apart by tabs, for a sheet or a chat. */
export function asText(list: readonly RunEvent[], words: Words, nameOf: NameOf): string {
  return list
    .map((event) =>
      [
        words.format.clock(event.t),
        words.find(`events.kinds.${event.kind}`) ?? event.kind,
        sentence(event, words, nameOf),
      ].join("\t"),
    )
    .join("\n");
}
