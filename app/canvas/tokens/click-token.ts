import { askMessageAt } from "../../bridge/life.ts";
import { useLife } from "../../store/life.ts";
import { useView } from "../../store/view.ts";
import type { Picked } from "./pick.ts";

/** How far from a token a press may be, px of the window. */
const REACH = 13;
const REACH_TOUCH = 24;
/** A press that moved farther is a drag. */
const STILL = 5;
const OVER = "data-over-token";

/** @param pick the token at a point of the window, not farther than `reach` px */
export type Pick = (x: number, y: number, reach: number) => Picked | null;

async function show(token: Picked): Promise<void> {
  try {
    const message = await askMessageAt(token);
    const { panel, notify } = useView.getState();
    if (message === 0) {
      notify({ tone: "info", key: "life.tokenGone" });
      return;
    }
    useLife.setState({ message });
    panel("dock", { open: true, tab: "messages" });
  } catch {
    // Another run has begun: the token is gone with it.
  }
}

/** Lets a click on a token show its message, before nodes and edges hear of it. Other presses are left as they are. @returns stops */
export function listenForTokens(surface: HTMLElement, pick: Pick): () => void {
  let pressed: { token: Picked; x: number; y: number } | null = null;
  let over = 0;
  const down = (event: PointerEvent) => {
    const isNode =
      event.target instanceof Element && event.target.closest(".react-flow__node, .react-flow__panel, button");
    const token =
      event.button !== 0 || event.shiftKey || isNode
        ? null
        : pick(event.clientX, event.clientY, event.pointerType === "touch" ? REACH_TOUCH : REACH);
    pressed = token === null ? null : { token, x: event.clientX, y: event.clientY };
  };
  const click = (event: MouseEvent) => {
    const was = pressed;
    pressed = null;
    if (was === null || Math.hypot(event.clientX - was.x, event.clientY - was.y) > STILL) return;
    event.stopPropagation();
    event.preventDefault();
    void show(was.token);
  };
  const move = (event: PointerEvent) => {
    if (over !== 0 || event.pointerType === "touch" || event.buttons !== 0) return;
    over = requestAnimationFrame(() => {
      over = 0;
      surface.toggleAttribute(OVER, pick(event.clientX, event.clientY, REACH) !== null);
    });
  };
  surface.addEventListener("pointerdown", down, true);
  surface.addEventListener("click", click, true);
  surface.addEventListener("pointermove", move, { passive: true });
  return () => {
    cancelAnimationFrame(over);
    surface.removeAttribute(OVER);
    surface.removeEventListener("pointerdown", down, true);
    surface.removeEventListener("click", click, true);
    surface.removeEventListener("pointermove", move);
  };
}
