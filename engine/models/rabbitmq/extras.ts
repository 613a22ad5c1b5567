import type { MessageStore, Table, TableValue } from "../messages.ts";
import { plainValue } from "./values.ts";

/** One entry of x-death. Entries are never changed, so that copies may share them. */
export interface Death {
  readonly queue: string;
  /** As on the wire: rejected, expired, maxlen, delivery_limit. */
  readonly reason: string;
  readonly count: number;
  readonly exchange: string;
  readonly routingKeys: readonly string[];
  /** ms; −1 = the message had no expiration of its own, or none that the broker saw. */
  readonly originalExpirationMs: number;
}

/** What few copies carry. */
export class RabbitExtras {
  /** x-death, as delivered. */
  deaths: readonly Death[] = [];
  /** x-first-death-…: set once. null = never dead. */
  firstDeath: { readonly queue: string; readonly reason: string; readonly exchange: string } | null = null;
  /** x-delivery-count of a quorum queue: how often the copy came back to it. */
  returns = 0;
  /** Dead-lettered without a client's doing since a client last rejected it. */
  automaticHops = 0;
}

export const extrasOf = (store: MessageStore, copy: number): RabbitExtras | undefined =>
  store.extras.get(copy) as RabbitExtras | undefined;

export function extrasFor(store: MessageStore, copy: number): RabbitExtras {
  const known = extrasOf(store, copy);
  if (known !== undefined) return known;
  const made = new RabbitExtras();
  store.extras.set(copy, made);
  return made;
}

/** A clone for another queue takes the history along, not the count of its returns. */
export function copyExtras(store: MessageStore, from: number, to: number): void {
  const known = extrasOf(store, from);
  if (known === undefined) return;
  const made = new RabbitExtras();
  made.deaths = known.deaths;
  made.firstDeath = known.firstDeath;
  made.automaticHops = known.automaticHops;
  store.extras.set(to, made);
}

/** How often the copy came back to its quorum queue. */
export const returnsOf = (store: MessageStore, copy: number): number =>
  store.extras.size === 0 ? 0 : (extrasOf(store, copy)?.returns ?? 0);

const HISTORY_HEADERS = ["x-death", "x-first-death-queue", "x-first-death-reason", "x-first-death-exchange"];

/** Whether a client sent a history along. An x-death that is no list is a header like any other. */
export const claimsHistory = (headers: Table | null): boolean =>
  headers !== null && (Array.isArray(plainValue(headers["x-death"] ?? null)) || "x-first-death-queue" in headers);

/**
 * History that a publishing client sent along. RabbitMQ 3.x takes it for true: counts and cycles go on from it (semantics/rabbitmq §18).
 * @returns the history, and the headers without it
 */
export function readHistory(headers: Table): { extras: RabbitExtras; rest: Table | null } {
  const extras = new RabbitExtras();
  const list = plainValue(headers["x-death"] ?? null);
  if (Array.isArray(list)) extras.deaths = list.map(readDeath).filter((death) => death !== null);
  const queue = textOf(headers["x-first-death-queue"]);
  if (queue !== "") {
    extras.firstDeath = {
      queue,
      reason: textOf(headers["x-first-death-reason"]),
      exchange: textOf(headers["x-first-death-exchange"]),
    };
  }
  const rest: Table = {};
  for (const name of Object.keys(headers)) {
    const isHistory = name === "x-death" ? Array.isArray(list) : HISTORY_HEADERS.includes(name);
    if (!isHistory) rest[name] = headers[name] as TableValue;
  }
  return { extras, rest: Object.keys(rest).length === 0 ? null : rest };
}

function readDeath(value: TableValue): Death | null {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return null;
  const keys = value["routing-keys"] ?? value.routing_keys;
  const expiration = Number(value["original-expiration"] ?? value.original_expiration ?? -1);
  return {
    queue: textOf(value.queue),
    reason: textOf(value.reason),
    count: typeof value.count === "number" ? value.count : 1,
    exchange: textOf(value.exchange),
    routingKeys: Array.isArray(keys) ? keys.filter((key) => typeof key === "string") : [],
    originalExpirationMs: Number.isInteger(expiration) ? expiration : -1,
  };
}

const textOf = (value: TableValue | undefined): string => (typeof value === "string" ? value : "");
