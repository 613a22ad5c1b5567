import { DEAD_LETTER } from "../messages.ts";
import { tie } from "./confirms.ts";
import { copyExtras } from "./extras.ts";
import type { Route } from "./routing.ts";
import type { RabbitSink } from "./sink.ts";
import type { RabbitState } from "./state.ts";

/**
 * Sends one copy to each queue of a route: clones first, the original to the last.
 * @param count queues of the route, at least one @param row pending publish of the copies, 0 = none
 */
export function transferCopies(
  m: RabbitState,
  copy: number,
  route: Route,
  count: number,
  row: number,
  out: RabbitSink,
): void {
  const { queues, paths } = route;
  const { pending } = m;
  const last = count - 1;
  for (let i = 0; i < last; i++) {
    const clone = cloneOf(m, copy, out);
    if (row !== 0 || pending.isUsed === true) tie(pending, clone, row);
    out.transfer(clone, queues[i] as number, paths[i] as readonly number[]);
  }
  if (row !== 0 || pending.isUsed === true) tie(pending, copy, row);
  out.transfer(copy, queues[last] as number, paths[last] as readonly number[]);
}

/** A further copy, its history included. */
export function cloneOf(m: RabbitState, copy: number, out: RabbitSink): number {
  const { store } = m;
  const clone = store.clone(copy);
  if (store.extras.size !== 0) copyExtras(store, copy, clone);
  const isDead = ((store.flags[copy] as number) & DEAD_LETTER) !== 0;
  if (isDead) store.flags[clone] = (store.flags[clone] as number) | DEAD_LETTER;
  out.copied(copy, clone);
  return clone;
}
