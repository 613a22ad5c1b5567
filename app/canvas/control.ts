import type { Point } from "./geometry.ts";

/** What commands may ask of the canvas while it is on the screen. */
export interface CanvasControl {
  /** px of the window → px of the canvas at 100 %. */
  toCanvas(at: Point): Point;
  toWindow(at: Point): Point;
  /** Middle of what is shown, canvas px. */
  centre(): Point;
  zoomIn(): void;
  zoomOut(): void;
  zoomTo(zoom: number): void;
  /** Everything, or these nodes, in view. */
  fit(ids?: readonly string[]): void;
  pan(by: Point): void;
  /** Brings a node or edge into view and gives it the focus, as soon as it is drawn. */
  focus(id: string): void;
  /** Lets nodes glide to their new places with the next change of the document. */
  glide(): void;
}

let control: CanvasControl | null = null;

export function attachCanvas(to: CanvasControl): () => void {
  control = to;
  return () => {
    if (control === to) control = null;
  };
}

/** Takes the focus in the canvas's stead. @returns whether it did */
type Taker = () => boolean;
let taker: Taker | null = null;

/** While somebody works in the outline, what is gone to is gone to there. @returns lets go */
export function focusElsewhere(to: Taker): () => void {
  taker = to;
  return () => {
    if (taker === to) taker = null;
  };
}

export const isFocusTaken = (): boolean => taker?.() ?? false;

export const canvas = (): CanvasControl | null => control;
