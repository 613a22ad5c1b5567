import { useLayoutEffect, useRef } from "react";

/** Gives the focus to an element, or to the canvas, when what had it is gone from the page. */
export function focusBackTo(element: Element | null): void {
  if (document.activeElement !== document.body) return;
  const isThere = element instanceof HTMLElement && element !== document.body && element.isConnected;
  const back = isThere ? element : document.querySelector<HTMLElement>("[data-canvas]");
  back?.focus({ preventScroll: true });
}

/** For what floats above the page and takes the focus: it goes back to where it was, unless it has been put elsewhere. @returns does so at once */
export function useFocusBack(): () => void {
  const opener = useRef<Element | null>(null);
  // Before the first field in it takes the focus.
  opener.current ??= document.activeElement;
  const back = () => focusBackTo(opener.current);
  useLayoutEffect(() => () => void setTimeout(() => focusBackTo(opener.current), 0), []);
  return back;
}
