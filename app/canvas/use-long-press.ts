import { useEffect } from "react";
import type { Point } from "./geometry.ts";
import { openMenu } from "./open-menu.ts";

const HOLD_MS = 450;
/** A finger never lies quite still. */
const STILL_PX = 10;

/** The node or line below a finger, as they are drawn. */
function itemAt(target: EventTarget | null): { id: string; place: "node" | "edge" } | null {
  if (!(target instanceof Element) || target.closest("input, textarea, button, .react-flow__handle")) return null;
  const line =
    target.closest<HTMLElement>("[data-edge-label]")?.dataset.edgeLabel ??
    target.closest<HTMLElement>(".react-flow__edge")?.dataset.id;
  if (line !== undefined) return { id: line, place: "edge" };
  const node = target.closest<HTMLElement>(".react-flow__node")?.dataset.id;
  return node === undefined ? null : { id: node, place: "node" };
}

/** A finger that is held on a node or a link and lifted again opens its menu. Not every browser says so itself, and those that do say it while the finger may still begin to drag. */
export function useLongPress(): void {
  useEffect(() => {
    const surface = document.querySelector<HTMLElement>("[data-region=canvas]");
    if (!surface) return;
    let press: { item: NonNullable<ReturnType<typeof itemAt>>; from: Point; since: number } | null = null;
    const begin = (event: TouchEvent) => {
      const item = itemAt(event.target);
      const touch = event.touches[0];
      press =
        item && touch && event.touches.length === 1
          ? { item, from: { x: touch.clientX, y: touch.clientY }, since: event.timeStamp }
          : null;
    };
    const move = ({ touches: [touch] }: TouchEvent) => {
      if (press && touch && Math.hypot(touch.clientX - press.from.x, touch.clientY - press.from.y) > STILL_PX)
        press = null;
    };
    const lift = (event: TouchEvent) => {
      const held = press;
      press = null;
      if (held === null || event.timeStamp - held.since < HOLD_MS) return;
      // No click behind it.
      event.preventDefault();
      openMenu(held.item.place, held.item.id, held.from);
    };
    const cancel = () => {
      press = null;
    };
    // The browser's own long press.
    const menu = (event: Event) => {
      if (press === null) return;
      event.preventDefault();
      event.stopPropagation();
    };
    surface.addEventListener("touchstart", begin, { capture: true, passive: true });
    surface.addEventListener("touchmove", move, { capture: true, passive: true });
    surface.addEventListener("touchend", lift, { capture: true, passive: false });
    surface.addEventListener("touchcancel", cancel, { capture: true });
    surface.addEventListener("contextmenu", menu, { capture: true });
    return () => {
      surface.removeEventListener("touchstart", begin, { capture: true });
      surface.removeEventListener("touchmove", move, { capture: true });
      surface.removeEventListener("touchend", lift, { capture: true });
      surface.removeEventListener("touchcancel", cancel, { capture: true });
      surface.removeEventListener("contextmenu", menu, { capture: true });
    };
  }, []);
}
