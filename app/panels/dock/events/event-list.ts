import type { RunEvent } from "../../../../engine/worker/protocol.ts";
import type { Words } from "../../../text/index.ts";
import { type NameOf, sentence } from "./sentence.ts";

/** Most events that the page keeps; as many as the engine keeps (product.md §2.4). */
export const EVENTS_SHOWN_MAX = 50_000;

export interface EventFilter {
  /** Node id; "" = any. */
  node: string;
  /** Event kind; "" = any. */
  kind: string;
  /** Every word must stand in the sentence, the kind's name, or be the message's number (`#42` or `42`). */
  text: string;
}

export const NO_FILTER: EventFilter = { node: "", kind: "", text: "" };

export const isFiltering = (filter: EventFilter): boolean =>
  filter.node !== "" || filter.kind !== "" || filter.text.trim() !== "";

/** Whether an event passes; sentences are made only when there are words to look for. */
export function passes(event: RunEvent, filter: EventFilter, words: Words, nameOf: NameOf): boolean {
  if (filter.node !== "" && event.node !== filter.node && event.other !== filter.node) return false;
  if (filter.kind !== "" && event.kind !== filter.kind) return false;
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
