import { absolutePosition, type Scenario } from "../../../engine/scenario/index.ts";
import { drawnOf } from "../../canvas/drawing.ts";
import { sizeOf } from "../../canvas/flow-model.ts";
import { GRID } from "../../canvas/geometry.ts";
import { useCanvas } from "../../canvas/state.ts";
import { carryInPng, SVG_ATTRIBUTE } from "../../share/carried.ts";
import { encodeLink } from "../../share/link.ts";

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
 * @param scale pixels per canvas pixel @param theme another one than the page's: paper is light
 * @throws Error when there is no canvas or the browser refuses
 */
export async function drawPicture(scenario: Scenario, scale: number, theme?: "light"): Promise<Blob> {
  const { svg, frame } = await drawVectors(scenario, theme);
  const image = new Image();
  // Not an object URL: what is drawn from one may not be read back.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const factor = fittingScale(frame, scale);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(frame.width * factor);
  canvas.height = Math.round(frame.height * factor);
  const pen = canvas.getContext("2d");
  if (pen === null) throw new Error("no canvas");
  pen.fillStyle =
    theme === "light" ? "#fff" : getComputedStyle(document.documentElement).getPropertyValue("--ground").trim();
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (blob === null) throw new Error("no picture");
  const carrying = carryInPng(new Uint8Array(await blob.arrayBuffer()), encodeLink(scenario));
  return new Blob([carrying], { type: "image/png" });
}

/** The same as SVG, which can be enlarged at will. It is drawn by browsers; most other programs do not know the HTML in it. */
export async function drawVectors(scenario: Scenario, theme?: "light"): Promise<{ svg: string; frame: Frame }> {
  const viewport = document.querySelector<HTMLElement>(".react-flow__viewport");
  const frame = frameOf(drawnOf(scenario));
  if (viewport === null || frame === null) throw new Error("empty");
  // Far out faces say less; the picture is drawn at 100 % and says everything.
  const { detail } = useCanvas.getState();
  useCanvas.setState({ detail: "full" });
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const { dataset } = document.documentElement;
  const shown = dataset.theme;
  // For no longer than it takes to copy: nothing is painted meanwhile.
  if (theme !== undefined) dataset.theme = theme;
  const svg = asSvg(viewport, frame, encodeLink(scenario));
  if (theme !== undefined && shown !== undefined) dataset.theme = shown;
  useCanvas.setState({ detail });
  return { svg, frame };
}

/**
 * A copy of the drawing with the page's own style sheets beside it. Copying the computed style of every element, as one does for unknown pages, takes most of a minute for a
 * broker with 150 queues; the rules themselves are there at once. The elements around the drawing come along without a box, because rules and colours depend on them.
 */
function asSvg(viewport: HTMLElement, frame: Frame, link: string): string {
  let copy = viewport.cloneNode(true) as HTMLElement;
  copy.style.transform = `translate(${-frame.x}px, ${-frame.y}px)`;
  copy.style.transformOrigin = "0 0";
  for (const chosen of copy.querySelectorAll(".selected")) chosen.classList.remove("selected");
  for (
    let around = viewport.parentElement;
    around && around !== document.documentElement;
    around = around.parentElement
  ) {
    const shell = around.cloneNode(false) as HTMLElement;
    shell.style.display = "contents";
    shell.append(copy);
    copy = shell;
  }
  const rules: string[] = [];
  for (const sheet of document.styleSheets) for (const rule of sheet.cssRules) rules.push(rule.cssText);
  const root = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const { documentElement } = document;
  // A style attribute that is written as text is an inline style, which our policy refuses; what the page's root has in its own is places of notices.
  for (const { name, value } of documentElement.attributes) if (name !== "style") root.setAttribute(name, value);
  root.setAttribute(SVG_ATTRIBUTE, link);
  root.setAttribute("width", String(frame.width));
  root.setAttribute("height", String(frame.height));
  const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
  style.textContent = rules.join("\n");
  const foreign = document.createElementNS("http://www.w3.org/2000/svg", "foreignObject");
  foreign.setAttribute("width", "100%");
  foreign.setAttribute("height", "100%");
  // Fonts and colours that the page inherits from its root.
  const { color, font } = getComputedStyle(documentElement);
  const page = document.createElement("div");
  page.style.cssText = `position: relative; width: ${frame.width}px; height: ${frame.height}px; color: ${color}; font: ${font};`;
  page.append(copy);
  foreign.append(page);
  root.append(style, foreign);
  return new XMLSerializer().serializeToString(root);
}
