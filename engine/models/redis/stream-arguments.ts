import { Refused, refuse } from "./replies.ts";
import { MAX_ID, MAX_PART, nextId, parseId, previousId, type StreamId, ZERO_ID } from "./stream-id.ts";

/** `5-3` or `5`, which is `5-0`. @throws Refused ERR */
export function strictId(text: string): StreamId {
  const id = parseId(text, 0);
  if (id === null) throw new Refused("ERR");
  return id;
}

/** A lower bound: `-`, an id, a bare millisecond, or `(id` without it. @throws Refused ERR */
export function lowerBound(text: string): StreamId {
  if (text.startsWith("(")) return nextId(strictId(text.slice(1))) ?? refuse();
  return edge(text) ?? strictId(text);
}

/** An upper bound; a bare millisecond means all of it. @throws Refused ERR */
export function upperBound(text: string): StreamId {
  if (text.startsWith("(")) return previousId(parseId(text.slice(1), MAX_PART) ?? refuse()) ?? refuse();
  return edge(text) ?? parseId(text, MAX_PART) ?? refuse();
}

/** `-` and `+`, the least and the greatest of all; null for anything else. */
export const edge = (text: string): StreamId | null => (text === "-" ? ZERO_ID : text === "+" ? MAX_ID : null);
