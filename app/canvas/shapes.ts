/** Outlines of the kinds (product.md §4.7): kind is told by shape, colour only repeats it. Width and height in px, drawn half a line inside. */

type Outline = (w: number, h: number) => string;

/** Inset of half the outline, so that nothing is cut off. */
const I = 1;

/** Producer: it points to where the messages go. */
export const pentagon: Outline = (w, h) => {
  const nose = Math.min(h / 3, 26);
  return `M${I + 8},${I}H${w - nose}L${w - I},${h / 2}L${w - nose},${h - I}H${I + 8}Q${I},${h - I} ${I},${h - I - 8}V${I + 8}Q${I},${I} ${I + 8},${I}Z`;
};

/** Exchange: a crossroads. */
export const diamond: Outline = (w, h) => {
  const [x, y] = [w / 2, h / 2];
  // Rounded corners keep the line even at small zoom.
  const [rx, ry] = [9, 9 * (h / w)];
  return `M${x - rx},${I + ry}Q${x},${I - 1} ${x + rx},${I + ry}L${w - I - rx},${y - ry}Q${w - I + 1},${y} ${w - I - rx},${y + ry}L${x + rx},${h - I - ry}Q${x},${h - I + 1} ${x - rx},${h - I - ry}L${I + rx},${y + ry}Q${I - 1},${y} ${I + rx},${y - ry}Z`;
};

const END = 12;

/** Queue: a pipe on its side, open towards the reader of its left end. */
export const pipe: Outline = (w, h) =>
  `M${END},${I}H${w - END}A${END - I},${h / 2 - I} 0 0 1 ${w - END},${h - I}H${END}A${END - I},${h / 2 - I} 0 0 1 ${END},${I}Z`;

/** The visible rim of the pipe's far end. */
export const pipeRim: Outline = (w, h) => `M${w - END},${I}A${END - I},${h / 2 - I} 0 0 0 ${w - END},${h - I}`;

const NOTCH = 9;

/** Consumer: a box with a notch where messages come in; a Service has one on both sides. */
export const notched = (w: number, h: number, both: boolean): string => {
  const r = 10;
  const y = h / 2;
  const right = both ? `V${y - NOTCH}l-${NOTCH - 2},${NOTCH}l${NOTCH - 2},${NOTCH}` : "";
  return `M${I + r},${I}H${w - I - r}Q${w - I},${I} ${w - I},${I + r}${right}V${h - I - r}Q${w - I},${h - I} ${w - I - r},${h - I}H${I + r}Q${I},${h - I} ${I},${h - I - r}V${y + NOTCH}l${NOTCH - 2},-${NOTCH}l-${NOTCH - 2},-${NOTCH}V${I + r}Q${I},${I} ${I + r},${I}Z`;
};

/** How far the lanes behind the front one stand out above it. */
const BEHIND = 4;

/** Stream: the front one of several lanes. */
export const lanes: Outline = (w, h) => {
  const top = I + 2 * BEHIND;
  return `M${I + 5},${top}H${w - I - 5}Q${w - I},${top} ${w - I},${top + 5}V${h - I - 5}Q${w - I},${h - I} ${w - I - 5},${h - I}H${I + 5}Q${I},${h - I} ${I},${h - I - 5}V${top + 5}Q${I},${top} ${I + 5},${top}Z`;
};

/** The edges of the lanes behind it. */
export const lanesBehind: Outline = (w) =>
  `M${I + 5},${I + 2 * BEHIND}V${I + BEHIND}H${w - I - 5}V${I + 2 * BEHIND}M${I + 10},${I + BEHIND}V${I}H${w - I - 10}V${I + BEHIND}`;

/** Channel: a hub with a way in and ways out. */
export const hexagon: Outline = (w, h) => {
  const nose = Math.min(h / 4, 18);
  return `M${I + nose},${I}H${w - I - nose}L${w - I},${h / 2}L${w - I - nose},${h - I}H${I + nose}L${I},${h / 2}Z`;
};

/** Socket: a plain box with a cell for the letters of its type. */
export const letterCell: Outline = (_, h) => `M24,${I}V${h - I}`;

/** Proxy: a cell for each of its two sockets. */
export const letterCells: Outline = (w, h) => `M24,${I}V${h - I}M${w - 24},${I}V${h - I}`;

/** A kind that this version does not know. */
export const plainBox: Outline = (w, h) => `M${I},${I}H${w - I}V${h - I}H${I}Z`;
