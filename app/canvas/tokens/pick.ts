import { LOOK } from "../../../engine/worker/protocol.ts";
import { alongRoute, type Point } from "../geometry.ts";
import type { TokenBook } from "./token-book.ts";

/** What the engine needs to know to say which message a token is. */
export interface Picked {
  /** Index in the layout. */
  edge: number;
  /** µs */
  departure: number;
  look: number;
}

/** Where everything is that is drawn. */
export interface Drawn {
  book: TokenBook;
  /** Virtual µs. */
  time: number;
  /** Real ms. */
  now: number;
  line(edge: number): Float32Array | undefined;
  showAcks: boolean;
}

const at: Point = { x: 0, y: 0 };

/** The token nearest to a point of the canvas (px at 100 %), not farther than `reach`. Confirms are left out: they are answers to a channel, for several messages at once. */
export function tokenAt({ book, time, now, line, showAcks }: Drawn, point: Point, reach: number): Picked | null {
  let nearest: Picked | null = null;
  let least = reach * reach;
  for (let i = 0; i < book.count; i++) {
    const share = book.shareOf(i, time, now);
    const look = book.look[i] as number;
    const kind = look & 15;
    const isBack = kind === LOOK.ack || kind === LOOK.nack;
    if (share < 0 || share > 1 || kind === LOOK.confirm || (isBack && !showAcks)) continue;
    const edge = book.edge[i] as number;
    const points = line(edge);
    if (points === undefined) continue;
    alongRoute(points, isBack ? 1 - share : share, at);
    const distance = (at.x - point.x) ** 2 + (at.y - point.y) ** 2;
    if (distance > least) continue;
    least = distance;
    nearest = { edge, departure: book.departure[i] as number, look };
  }
  return nearest;
}
