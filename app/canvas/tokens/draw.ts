import { LOOK, unpackLook } from "../../../engine/worker/protocol.ts";
import { alongRoute, type Point } from "../geometry.ts";
import type { TokenBook } from "./token-book.ts";

/** Draws tokens and bands. No DOM: a context that draws, tables, numbers. */

/** The part of CanvasRenderingContext2D that is used. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | "setTransform"
  | "clearRect"
  | "beginPath"
  | "moveTo"
  | "lineTo"
  | "arc"
  | "rect"
  | "closePath"
  | "fill"
  | "stroke"
  | "fillText"
  | "fillStyle"
  | "strokeStyle"
  | "lineWidth"
  | "lineCap"
  | "lineJoin"
  | "globalAlpha"
  | "font"
  | "textAlign"
  | "textBaseline"
>;

export interface Colours {
  keys: readonly string[];
  noKey: string;
  /** Letters and marks on a token. */
  onToken: string;
  ring: string;
  good: string;
  bad: string;
  band: string;
  ground: string;
  font: string;
}

/** A message that left for good, falling off its node. */
export interface Fall {
  x: number;
  y: number;
  /** Real ms. */
  since: number;
  words: string;
}

export interface Scene {
  /** Size of the surface, px of the page. */
  width: number;
  height: number;
  /** Device px per px of the page. */
  ratio: number;
  /** The view: x, y, zoom. */
  view: readonly [number, number, number];
  /** Virtual µs. */
  time: number;
  /** Real ms. */
  now: number;
  book: TokenBook;
  /** Points of an edge's line by its number; undefined while it is not drawn. */
  line(edge: number): Float32Array | undefined;
  /** Edges drawn as bands, with their widths at 100 %. */
  bands: readonly { edge: number; width: number }[];
  falls: readonly Fall[];
  colours: Colours;
  showAcks: boolean;
  /** What stands beside a message that the link lost. */
  lostWord: string;
}

const RADIUS = 5.5;
const RADIUS_MANY = 8;
/** Below this zoom a token is a dot without marks. */
const MARKS_FROM = 0.5;
const LETTERS_FROM = 1;
export const FALL_MS = 1100;
const FALL_PX = 46;
/** A lost message leaves the line here. */
const LOST_AT = 0.55;

const at: Point = { x: 0, y: 0 };

export function draw(pen: Pen, scene: Scene): void {
  const { ratio, view, width, height } = scene;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.setTransform(ratio * view[2], 0, 0, ratio * view[2], ratio * view[0], ratio * view[1]);
  drawBands(pen, scene);
  drawTokens(pen, scene);
  drawFalls(pen, scene);
}

function drawBands(pen: Pen, { bands, line, colours }: Scene): void {
  if (bands.length === 0) return;
  pen.strokeStyle = colours.band;
  pen.lineCap = "round";
  pen.lineJoin = "round";
  for (const { edge, width } of bands) {
    const points = line(edge);
    if (!points) continue;
    pen.lineWidth = width;
    pen.beginPath();
    pen.moveTo(points[0] as number, points[1] as number);
    for (let i = 2; i < points.length; i += 2) pen.lineTo(points[i] as number, points[i + 1] as number);
    pen.stroke();
  }
}

function drawTokens(pen: Pen, scene: Scene): void {
  const { book, time, now, line, colours, view, showAcks } = scene;
  const zoom = view[2];
  // Small pictures need large dots: never below 2.5 px on the screen.
  const grow = Math.max(1, 2.5 / (RADIUS * zoom));
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  for (let i = 0; i < book.count; i++) {
    const share = book.shareOf(i, time, now);
    if (share < 0 || share > 1) continue;
    const points = line(book.edge[i] as number);
    if (!points) continue;
    const look = unpackLook(book.look[i] as number);
    const isBack = look.kind === LOOK.ack || look.kind === LOOK.confirm || look.kind === LOOK.nack;
    if (isBack && !showAcks) continue;
    pen.globalAlpha = book.isEcho[i] === 1 ? 0.6 : 1;
    if (isBack) {
      alongRoute(points, 1 - share, at);
      drawAnswer(pen, look.kind, grow, colours);
      continue;
    }
    const colour = look.key < 0 ? colours.noKey : (colours.keys[look.key % colours.keys.length] as string);
    if (look.kind === LOOK.lost) {
      drawLost(pen, points, share, colour, scene);
      continue;
    }
    alongRoute(points, share, at);
    const stands = book.stands[i] as number;
    drawMessage(pen, look, (stands > 1 ? RADIUS_MANY : RADIUS) * grow, stands > 1, colour, zoom, colours);
  }
  pen.globalAlpha = 1;
}

function drawMessage(
  pen: Pen,
  look: ReturnType<typeof unpackLook>,
  radius: number,
  isMany: boolean,
  colour: string,
  zoom: number,
  colours: Colours,
): void {
  pen.fillStyle = colour;
  pen.beginPath();
  // A reply is a square.
  if (look.kind === LOOK.reply) pen.rect(at.x - radius * 0.9, at.y - radius * 0.9, radius * 1.8, radius * 1.8);
  // A half message is half filled, the left half.
  else if (look.kind === LOOK.half) pen.arc(at.x, at.y, radius, Math.PI / 2, 1.5 * Math.PI);
  else pen.arc(at.x, at.y, radius, 0, 2 * Math.PI);
  pen.fill();
  if (look.kind === LOOK.half || look.kind === LOOK.delayed) drawHidden(pen, look.kind, radius, colour, colours);
  if (isMany) {
    pen.strokeStyle = colour;
    pen.lineWidth = 1.5;
    pen.beginPath();
    pen.arc(at.x, at.y, radius + 3, 0, 2 * Math.PI);
    pen.stroke();
  }
  if (zoom < MARKS_FROM) return;
  if (look.redelivered) {
    // Delivered before: an open ring around it.
    pen.strokeStyle = colours.ring;
    pen.lineWidth = 1.75;
    pen.beginPath();
    pen.arc(at.x, at.y, radius + 2.75, -0.6, 4.6);
    pen.stroke();
  }
  if (look.priority > 0) {
    pen.fillStyle = colours.ring;
    pen.beginPath();
    for (let n = 0; n < look.priority; n++) {
      const y = at.y - radius - 3 - n * 4;
      pen.moveTo(at.x - 3.2, y);
      pen.lineTo(at.x, y - 4.5);
      pen.lineTo(at.x + 3.2, y);
      pen.closePath();
    }
    pen.fill();
  }
  if (zoom >= LETTERS_FROM && look.key >= 0) {
    pen.fillStyle = colours.onToken;
    pen.font = `600 8px ${colours.font}`;
    pen.fillText(letterOf(look.key), at.x, at.y + 0.5);
  }
}

/** Around a half message its whole outline; around a delayed one a ring with a clock's hands on the token. */
function drawHidden(pen: Pen, kind: number, radius: number, colour: string, colours: Colours): void {
  pen.strokeStyle = kind === LOOK.half ? colour : colours.ring;
  pen.lineWidth = 1.5;
  pen.beginPath();
  pen.arc(at.x, at.y, kind === LOOK.half ? radius : radius + 2.5, 0, 2 * Math.PI);
  if (kind === LOOK.delayed) {
    pen.moveTo(at.x, at.y - radius * 0.7);
    pen.lineTo(at.x, at.y);
    pen.lineTo(at.x + radius * 0.6, at.y);
  }
  pen.stroke();
}

/** The first 26 keys are A…Z; later ones begin again, in the next colour. */
export const letterOf = (key: number): string => String.fromCharCode(65 + (key % 26));

function drawAnswer(pen: Pen, kind: number, grow: number, colours: Colours): void {
  pen.strokeStyle = kind === LOOK.nack ? colours.bad : colours.good;
  pen.lineWidth = 1.75 * grow;
  pen.lineCap = "round";
  pen.beginPath();
  if (kind === LOOK.nack) {
    pen.moveTo(at.x - 3, at.y - 3);
    pen.lineTo(at.x + 3, at.y + 3);
    pen.moveTo(at.x + 3, at.y - 3);
    pen.lineTo(at.x - 3, at.y + 3);
  } else {
    pen.moveTo(at.x - 3.5, at.y);
    pen.lineTo(at.x - 1, at.y + 3);
    pen.lineTo(at.x + 4, at.y - 3);
  }
  pen.stroke();
}

function drawLost(pen: Pen, points: Float32Array, share: number, colour: string, scene: Scene): void {
  alongRoute(points, Math.min(share, LOST_AT), at);
  const falling = Math.max(0, (share - LOST_AT) / (1 - LOST_AT));
  drawFalling(pen, at.x, at.y, falling, colour, scene.lostWord, scene);
}

function drawFalling(pen: Pen, x: number, y: number, share: number, colour: string, words: string, scene: Scene): void {
  pen.globalAlpha = 1 - share * share;
  const down = y + FALL_PX * share * share;
  pen.fillStyle = colour;
  pen.beginPath();
  pen.arc(x, down, RADIUS, 0, 2 * Math.PI);
  pen.fill();
  if (share > 0 && scene.view[2] >= MARKS_FROM) {
    pen.strokeStyle = scene.colours.bad;
    pen.lineWidth = 2;
    pen.beginPath();
    pen.moveTo(x - 4, down + 4);
    pen.lineTo(x + 4, down - 4);
    pen.stroke();
    pen.fillStyle = scene.colours.bad;
    pen.font = `500 11px ${scene.colours.font}`;
    pen.textAlign = "center";
    pen.fillText(words, x, down + 16);
  }
  pen.globalAlpha = 1;
}

function drawFalls(pen: Pen, scene: Scene): void {
  for (const { x, y, since, words } of scene.falls) {
    const share = (scene.now - since) / FALL_MS;
    if (share >= 0 && share <= 1) drawFalling(pen, x, y, share, scene.colours.noKey, words, scene);
  }
}
