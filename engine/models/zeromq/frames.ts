import type { ZmqState } from "./state.ts";

/** A message's frames: those before the last one (topics, identities, empty delimiters) stand beside its handle, the last one is the message itself. */

const NONE: readonly string[] = [];

export const leading = (m: ZmqState, copy: number): readonly string[] =>
  m.store.extras.size === 0 ? NONE : ((m.store.extras.get(copy) as readonly string[] | undefined) ?? NONE);

/** @param frames all but the last */
export function setLeading(m: ZmqState, copy: number, frames: readonly string[]): void {
  if (frames.length > 0) m.store.extras.set(copy, frames);
  else m.store.extras.delete(copy);
}

export const firstFrame = (m: ZmqState, copy: number): string => leading(m, copy)[0] ?? m.text(copy);

/** All frames. */
export const framesOf = (m: ZmqState, copy: number): string[] => [...leading(m, copy), m.text(copy)];

/** A further copy with the same frames. */
export function cloneMessage(m: ZmqState, copy: number): number {
  const made = m.store.clone(copy);
  const frames = leading(m, copy);
  if (frames.length > 0) m.store.extras.set(made, frames);
  return made;
}
