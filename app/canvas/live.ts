import { useEffect, useRef } from "react";
import { frames } from "../bridge/index.ts";

/** Figures on faces: written to the DOM ten times a second, past React (stack.md measures why). */

type Update = () => void;

const PERIOD_MS = 100;
const updates = new Set<Update>();
let isDirty = true;
let lastAt = 0;
let waiting = 0;

function tick(now: number): void {
  waiting = 0;
  if (updates.size === 0) return;
  if (isDirty && now - lastAt >= PERIOD_MS) {
    isDirty = false;
    lastAt = now;
    for (const update of updates) update();
  }
  if (isDirty) waiting = requestAnimationFrame(tick);
}

/** Faces are written once more, with what may be shown now. */
export function wake(): void {
  isDirty = true;
  if (waiting === 0 && updates.size > 0) waiting = requestAnimationFrame(tick);
}

frames.subscribe(wake);
frames.onLayout(wake);

/** Calls `update` as soon as the page is at leisure, after each of its changes, and up to ten times a second while frames come. It reads figures with `metric` and writes to elements it holds by ref. */
export function useLive(update: Update): void {
  const newest = useRef(update);
  newest.current = update;
  const isNew = useRef(true);
  useEffect(() => {
    const own = () => newest.current();
    updates.add(own);
    // In tasks of their own: all faces of a drawing together would hold the page.
    const timer = setTimeout(own);
    return () => {
      updates.delete(own);
      clearTimeout(timer);
    };
  }, []);
  useEffect(() => {
    if (isNew.current) isNew.current = false;
    else update();
  });
}

/** Writes a text only when it has changed: an unchanged write would still cost a layout. */
export function write(element: Element | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}

/** Sets an attribute only when it has changed. */
export function mark(element: Element | null, name: string, value: string): void {
  if (element && element.getAttribute(name) !== value) element.setAttribute(name, value);
}
