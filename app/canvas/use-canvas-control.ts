import { type ReactFlowInstance, useReactFlow, useStoreApi } from "@xyflow/react";
import { useEffect, useLayoutEffect, useRef } from "react";
import { isStill } from "../panels/shell/appearance.ts";
import { widthNow } from "../panels/shell/use-width.ts";
import { useDocument } from "../store/document.ts";
import { useView } from "../store/view.ts";
import { attachCanvas, isFocusTaken } from "./control.ts";
import { standIn } from "./drawing.ts";
import type { FlowEdge, FlowNode } from "./flow-model.ts";
import { useCanvas } from "./state.ts";
import { glideNext } from "./use-flow.ts";

const duration = () => (isStill() ? 0 : 200);
const ROOM = 0.16;
const SURFACE = "[data-region=canvas]";
/** All of the drawing with some room around it; on a phone the zoom bar and the first visit's card take their share of the little there is (Canvas.module.css, Welcome.module.css). */
export const FIT = {
  maxZoom: 1.25,
  get padding() {
    if (widthNow() !== "narrow") return ROOM;
    const hasCard = document.documentElement.dataset.visit === "first" && !useView.getState().welcomed;
    const isTall = (document.querySelector(SURFACE)?.clientHeight ?? 0) > 400;
    return { top: hasCard && isTall ? "248px" : ROOM, x: ROOM, bottom: "72px" } as const;
  },
};
/** Below these zooms faces say less (product.md §4.6). */
const LESS = 0.5;
const LEAST = 0.25;

/** Lets commands steer the view, keeps the level of detail, and shows a new document whole. */
export function useCanvasControl(): void {
  const flow = useReactFlow<FlowNode, FlowEdge>();
  const store = useStoreApi();
  const id = useDocument((s) => s.id);
  const first = useRef<string | null>(id);

  // As soon as it can be seen: whoever presses a key then means it.
  useLayoutEffect(
    () =>
      attachCanvas({
        toCanvas: (at) => flow.screenToFlowPosition(at, { snapToGrid: false }),
        toWindow: (at) => flow.flowToScreenPosition(at),
        centre: () => {
          const box = document.querySelector(SURFACE)?.getBoundingClientRect();
          const at = box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : { x: 0, y: 0 };
          return flow.screenToFlowPosition(at, { snapToGrid: false });
        },
        zoomIn: () => void flow.zoomIn({ duration: duration() }),
        zoomOut: () => void flow.zoomOut({ duration: duration() }),
        zoomTo: (zoom) => void flow.zoomTo(zoom, { duration: duration() }),
        fit: (ids) =>
          flow.getNodes().length > 0 &&
          void flow.fitView({
            ...FIT,
            duration: duration(),
            ...(ids && { nodes: ids.map((one) => ({ id: standIn(one) })) }),
          }),
        pan: ({ x, y }) => {
          const view = flow.getViewport();
          void flow.setViewport({ ...view, x: view.x + x, y: view.y + y });
        },
        focus: (one) =>
          whenDrawn(one, (element) => {
            if (!isFocusTaken()) element.focus({ preventScroll: true });
            bringIntoView(flow, element);
          }),
        glide: glideNext,
      }),
    [flow],
  );

  useEffect(() => {
    const look = () => {
      const zoom = store.getState().transform[2];
      const detail = zoom < LEAST ? "least" : zoom < LESS ? "less" : "full";
      if (useCanvas.getState().detail !== detail) useCanvas.setState({ detail });
    };
    look();
    return store.subscribe(look);
  }, [store]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another document, not another function, shows everything anew
  useEffect(() => {
    // What the canvas came up with it shows whole already.
    if (first.current === id) return;
    first.current = null;
    // With nothing to show the wish would wait for the first node, and move it from under the hand.
    const timer = setTimeout(() => flow.getNodes().length > 0 && void flow.fitView(FIT), 60);
    return () => clearTimeout(timer);
  }, [id]);
}

/** How long something may take to be drawn after it was asked for, ms. */
const PATIENCE_MS = 2000;
/** What is waited for: only the last one asked for takes the focus. */
let awaited: string | null = null;

/** Once it is drawn: at once, or when the canvas has come to it, since it may be new, or its frame is being unfolded for it. */
function whenDrawn(id: string, act: (element: HTMLElement | SVGElement) => void): void {
  const began = performance.now();
  awaited = id;
  const look = () => {
    if (awaited !== id) return;
    const drawn = standIn(id);
    const element = document.querySelector<HTMLElement | SVGElement>(
      `.react-flow__node[data-id="${drawn}"], .react-flow__edge[data-id="${drawn}"]`,
    );
    if (!element && performance.now() - began < PATIENCE_MS) requestAnimationFrame(look);
    else awaited = null;
    if (element) act(element);
  };
  look();
}

/** Space that is left between an element and the border of the view, px. */
const MARGIN = 28;

/** Pans just as far as an element with the focus would otherwise be hidden. */
function bringIntoView(flow: ReactFlowInstance<FlowNode, FlowEdge>, element: Element): void {
  const box = element.getBoundingClientRect();
  const shown = document.querySelector(SURFACE)?.getBoundingClientRect();
  if (!shown) return;
  const [x, y] = [
    shiftInto(box.left, box.right, shown.left + MARGIN, shown.right - MARGIN),
    shiftInto(box.top, box.bottom, shown.top + MARGIN, shown.bottom - MARGIN),
  ];
  if (x === 0 && y === 0) return;
  const view = flow.getViewport();
  void flow.setViewport({ ...view, x: view.x + x, y: view.y + y }, { duration: duration() });
}

/** How far a stretch must move to lie within another; what is longer than the other is shown from its start. */
function shiftInto(start: number, end: number, from: number, to: number): number {
  if (start < from || end - start > to - from) return from - start;
  return end > to ? to - end : 0;
}
