import type { End } from "./client-state.ts";
import { addKey, listAt, takeKey, touch } from "./keyspace.ts";
import type { Site } from "./site.ts";
import { dbOf, ListValue } from "./values.ts";

/** What all list commands are made of. Keys here exist; an emptied list goes with its last element. */

export function push(at: Site, key: string, list: ListValue, end: End, copy: number): void {
  if (end === "left") list.elements.pushHead(copy);
  else list.elements.pushTail(copy);
  at.enqueued(key, copy);
}

export const take = (list: ListValue, end: End): number =>
  end === "left" ? list.elements.takeHead() : list.elements.takeTail();

/** Removes the key when the list has become empty. @returns whether it has */
export function dropIfEmpty(at: Site, key: string, list: ListValue): boolean {
  if (list.elements.count > 0) return false;
  const entry = at.server.entries.get(key);
  if (entry !== undefined) takeKey(at, entry);
  return true;
}

/**
 * Moves one element to another list, or to the other end of the same one, and shows it to the client.
 * @throws Refused WRONGTYPE when the target is no list; then nothing has changed
 */
export function move(
  at: Site,
  client: number,
  from: { readonly key: string; readonly list: ListValue; readonly end: End },
  to: { readonly key: string; readonly end: End },
): number {
  let target = listAt(at, to.key);
  const copy = take(from.list, from.end);
  if (target === null) {
    target = new ListValue();
    addKey(at, dbOf(to.key), to.key, target);
  }
  if (to.end === "left") target.elements.pushHead(copy);
  else target.elements.pushTail(copy);
  at.moved(client, from.key, to.key, copy);
  touch(at, to.key);
  return copy;
}
