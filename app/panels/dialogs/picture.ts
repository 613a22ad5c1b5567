import { absolutePosition, type Scenario } from "../../../engine/scenario/index.ts";
import { sizeOf } from "../../canvas/flow-model.ts";
import { GRID } from "../../canvas/geometry.ts";
import { useCanvas } from "../../canvas/state.ts";

/** Free px around the drawing. */
const EDGE = 40;
/** Browsers draw no larger canvas than this on a side. */
const SIDE_MAX = 8000;

export interface Frame {
  /** px of the canvas at 100 %. */
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The rectangle that holds every node, with some air; null for an empty document. */
export function frameOf(scenario: Scenario): Frame | null {
  if (scenario.nodes.length === 0) return null;
  const boxes = scenario.nodes.map((node) => ({ ...absolutePosition(scenario, node), ...sizeOf(node) }));
  const left = Math.min(...boxes.map(({ x }) => x)) * GRID - EDGE;
  const top = Math.min(...boxes.map(({ y }) => y)) * GRID - EDGE;
  const right = Math.max(...boxes.map(({ x, w }) => x + w)) * GRID + EDGE;
  const bottom = Math.max(...boxes.map(({ y, h }) => y + h)) * GRID + EDGE;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The largest factor not above the wish at which the picture still fits a browser's canvas. */
export const fittingScale = ({ width, height }: Frame, wished: number): number =>
  Math.min(wished, SIDE_MAX / width, SIDE_MAX / height);

/**
 * The whole drawing as PNG, in the theme that is on, whatever part of it is on the screen now.
 * @param scale pixels per canvas pixel
 * @throws Error when there is no canvas or the browser refuses
 */
export async function drawPicture(scenario: Scenario, scale: number): Promise<Blob> {
  const viewport = document.querySelector<HTMLElement>(".react-flow__viewport");
  const frame = frameOf(scenario);
  if (viewport === null || frame === null) throw new Error("empty");
  const { toBlob } = await import("html-to-image");
  // Far out faces say less; the picture is drawn at 100 % and says everything.
  const { detail } = useCanvas.getState();
  useCanvas.setState({ detail: "full" });
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const blob = await toBlob(viewport, {
    width: frame.width,
    height: frame.height,
    pixelRatio: fittingScale(frame, scale),
    backgroundColor: getComputedStyle(document.documentElement).getPropertyValue("--ground").trim(),
    style: {
      width: `${frame.width}px`,
      height: `${frame.height}px`,
      transform: `translate(${-frame.x}px, ${-frame.y}px) scale(1)`,
    },
    // System fonts only: there is nothing to embed, and looking for it takes seconds.
    skipFonts: true,
  }).finally(() => useCanvas.setState({ detail }));
  if (blob === null) throw new Error("no picture");
  return blob;
}
