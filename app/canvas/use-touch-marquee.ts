import { useEffect } from "react";
import { useView } from "../store/view.ts";
import { boxOf } from "./actions.ts";
import { canvas } from "./control.ts";
import { drawnNow } from "./drawing.ts";
import { GRID, type Point } from "./geometry.ts";
import { useCanvas } from "./state.ts";

const HOLD_MS = 450;
/** A finger never lies quite still. */
const STILL_PX = 10;

interface Press {
  from: Point;
  isMarquee: boolean;
  hasMoved: boolean;
}

/** Nodes that a rectangle touches. @param a @param b opposite corners, canvas px */
export function nodesWithin(a: Point, b: Point): string[] {
  const scenario = drawnNow();
  const [left, right] = [Math.min(a.x, b.x) / GRID, Math.max(a.x, b.x) / GRID];
  const [top, bottom] = [Math.min(a.y, b.y) / GRID, Math.max(a.y, b.y) / GRID];
  return scenario.nodes
    .filter((node) => {
      const box = boxOf(scenario, node);
      return box.x < right && box.x + box.w > left && box.y < bottom && box.y + box.h > top;
    })
    .map((node) => node.id);
}

/**
 * With a finger a drag pans; a finger that is held still first draws a rectangle and chooses what it touches. Held and lifted without a drag it opens the canvas menu.
 */
export function useTouchMarquee(): void {
  useEffect(() => {
    const surface = document.querySelector<HTMLElement>("[data-region=canvas]");
    if (!surface) return;
    let press: Press | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const at = (touch: Touch): Point => ({ x: touch.clientX, y: touch.clientY });
    const end = () => {
      clearTimeout(timer);
      press = null;
      useCanvas.setState({ marquee: null });
    };
    const begin = (event: TouchEvent) => {
      end();
      const touch = event.touches[0];
      const isPane = event.target instanceof Element && event.target.classList.contains("react-flow__pane");
      if (event.touches.length !== 1 || !touch || !isPane) return;
      const own: Press = { from: at(touch), isMarquee: false, hasMoved: false };
      press = own;
      timer = setTimeout(() => {
        own.isMarquee = true;
        useCanvas.setState({ marquee: { from: own.from, to: own.from } });
      }, HOLD_MS);
    };
    const move = (event: TouchEvent) => {
      const touch = event.touches[0];
      if (!press || !touch) return;
      const to = at(touch);
      const isFar = Math.hypot(to.x - press.from.x, to.y - press.from.y) > STILL_PX;
      if (!press.isMarquee) {
        if (isFar) end();
        return;
      }
      // From here on the library must not pan.
      event.stopPropagation();
      event.preventDefault();
      press.hasMoved ||= isFar;
      useCanvas.setState({ marquee: { from: press.from, to } });
    };
    const lift = (event: TouchEvent) => {
      const touch = event.changedTouches[0];
      const control = canvas();
      if (press?.isMarquee && touch && control) {
        const to = at(touch);
        if (press.hasMoved)
          useView.getState().select({ nodes: nodesWithin(control.toCanvas(press.from), control.toCanvas(to)) });
        else useCanvas.setState({ menu: { at: press.from, place: "canvas", id: null } });
        event.preventDefault();
      }
      end();
    };
    // The browser's own long press would open the menu under the finger, before it is known what is meant.
    const menu = (event: Event) => {
      if (!press) return;
      event.preventDefault();
      event.stopPropagation();
    };
    surface.addEventListener("touchstart", begin, { capture: true, passive: true });
    surface.addEventListener("touchmove", move, { capture: true, passive: false });
    surface.addEventListener("touchend", lift, { capture: true });
    surface.addEventListener("touchcancel", end, { capture: true });
    surface.addEventListener("contextmenu", menu, { capture: true });
    return () => {
      end();
      surface.removeEventListener("touchstart", begin, { capture: true });
      surface.removeEventListener("touchmove", move, { capture: true });
      surface.removeEventListener("touchend", lift, { capture: true });
      surface.removeEventListener("touchcancel", end, { capture: true });
      surface.removeEventListener("contextmenu", menu, { capture: true });
    };
  }, []);
}
