import { create } from "zustand";
import type { Fix, NodeKind, Refusal } from "../../engine/scenario/index.ts";
import type { Selection } from "../store/view.ts";
import type { Point } from "./geometry.ts";
import type { Gap, Guide } from "./guides.ts";

/** What is going on on the canvas right now: gestures and what floats above it. Nothing of it outlives the page. */
export interface CanvasState {
  /** A connection is being drawn: from where, and which nodes may take it. */
  connecting: { from: string; legal: ReadonlySet<string> } | null;
  /** Zoom in three steps: what is written on faces depends on it. */
  detail: "full" | "less" | "least";
  guides: readonly Guide[];
  gaps: readonly Gap[];
  /** A label or name that is being typed. */
  editing: { id: string; what: "name" | "label" } | null;
  refusal: {
    at: Point;
    code: Refusal | "folded-frame";
    facts: Readonly<Record<string, string>>;
    fixes: readonly Remedy[];
  } | null;
  quickAdd: QuickAdd | null;
  /** A new reader of a stream is asked which group it joins: the consume edge. */
  asking: { edge: string; at: Point } | null;
  menu: { at: Point; place: "node" | "edge" | "canvas"; id: string | null } | null;
  /** Last place of the pointer over the canvas, in canvas px; null after keyboard work. */
  pointer: Point | null;
  /** The selection that is put together by keys, item by item: while it holds, the focus does not select. */
  gathered: Selection | null;
  /** What folds frames; null until the first is folded. */
  folding: typeof import("./folding/index.ts") | null;
  /** Frames that are folded or unfolded on this page only, because the document may only be looked at. */
  folds: Readonly<Record<string, boolean>>;
  /** A finger draws a rectangle; px of the window. */
  marquee: { from: Point; to: Point } | null;
}

/** What can be done instead of what was refused: to the document, or to how it is drawn. */
export type Remedy = Fix | { fix: "unfold"; from: string; to: string };

export interface QuickAdd {
  /** Where the list opens, px of the window. */
  at: Point;
  /** Where the new node goes, canvas px. */
  place: Point;
  /** Connect from this node to the new one. */
  from?: string;
  /** False: the place was not pointed at. */
  isPointedAt?: boolean;
  /** Only these kinds are offered. */
  kinds?: readonly NodeKind[];
}

export const useCanvas = create<CanvasState>()(() => ({
  connecting: null,
  detail: "full",
  guides: [],
  gaps: [],
  editing: null,
  refusal: null,
  quickAdd: null,
  asking: null,
  menu: null,
  pointer: null,
  gathered: null,
  folding: null,
  folds: {},
  marquee: null,
}));
