import type { MessageKind, Table } from "../messages.ts";
import { plainValue } from "./values.ts";

/** What CC and BCC say: further routing keys. Items that are not text are passed over. @returns null when the header is there and no list */
function keysIn(headers: Table | null, name: string): string[] | null {
  const value = headers === null ? undefined : headers[name];
  if (value === undefined) return [];
  const plain = plainValue(value);
  if (!Array.isArray(plain)) return null;
  return plain.filter((key) => typeof key === "string");
}

/** All keys that a message is routed by: its own, then CC, then BCC. Call after `hasValidCopies`. */
export function routingKeys(kind: MessageKind): string[] {
  if (kind.headers === null) return [kind.routingKey];
  return [kind.routingKey, ...(keysIn(kind.headers, "CC") ?? []), ...(keysIn(kind.headers, "BCC") ?? [])];
}

/** The keys that the world may see (x-death): without BCC. */
export const openRoutingKeys = (kind: MessageKind): string[] => [
  kind.routingKey,
  ...(keysIn(kind.headers, "CC") ?? []),
];

/** CC and BCC must be lists: else 406. */
export const hasValidCopies = (kind: MessageKind): boolean =>
  kind.headers === null || (keysIn(kind.headers, "CC") !== null && keysIn(kind.headers, "BCC") !== null);

/** Headers as a receiver (and a headers exchange) sees them: BCC is taken off. null when none are left. */
export function visibleHeaders(headers: Table | null): Table | null {
  if (headers === null) return null;
  return "BCC" in headers ? without(headers, "BCC") : headers;
}

export function without(headers: Table | null, name: string): Table | null {
  if (headers === null || !(name in headers)) return headers;
  const { [name]: _, ...rest } = headers;
  return Object.keys(rest).length === 0 ? null : rest;
}

/** Ten years: more is refused (check_expiry of rabbit_misc). */
export const TIME_MS_MAX = 315_360_000_000;

/** `expirationMs` is −1 when absent; whoever reads the property gives NaN for a text that is no whole number. */
export const hasValidExpiration = (kind: MessageKind): boolean =>
  kind.expirationMs === -1 ||
  (Number.isInteger(kind.expirationMs) && kind.expirationMs >= 0 && kind.expirationMs <= TIME_MS_MAX);
