import type { RabbitSink } from "./sink.ts";
import type { RabbitState } from "./state.ts";

const FIRST_ROWS = 64;

/** In place of a publish number: nobody is told, but a refusal makes the commit fail. */
export const IN_TRANSACTION = -1;

/**
 * Publishes that somebody waits for: rows of columns, one a publish, until every copy is in its queue (or refused by it). A copy on its way knows its row.
 */
export class PendingPublishes {
  /** Row by handle of a copy that has not reached its queue; 0 = none. Empty until a channel wants confirms. */
  rowOf: Uint32Array = new Uint32Array(0);
  /** Whether `rowOf` is not empty. */
  isUsed = false;
  /** Channel that published; −2 − q = dead letter of queue q that must not get lost. */
  publisher: Int32Array = new Int32Array(FIRST_ROWS);
  /** Publish number; 0 = nobody wants a confirm (the channel is asked for by reject-publish only). */
  sequence: Float64Array = new Float64Array(FIRST_ROWS);
  left: Int32Array = new Int32Array(FIRST_ROWS);
  refused: Uint8Array = new Uint8Array(FIRST_ROWS);
  free: number[] = [];
  /** Row 0 means "none". */
  top = 1;
}

/** @returns a row for a publish of `copies` copies */
export function beginPublish(p: PendingPublishes, publisher: number, sequence: number, copies: number): number {
  const row = p.free.pop() ?? p.top++;
  if (row === p.left.length) growRows(p);
  p.publisher[row] = publisher;
  p.sequence[row] = sequence;
  p.left[row] = copies;
  p.refused[row] = 0;
  return row;
}

/** Ties a copy to its publish. Row 0 unties: handles are used again. */
export function tie(p: PendingPublishes, copy: number, row: number): void {
  if (copy >= p.rowOf.length) {
    if (row === 0) return;
    const wider = new Uint32Array(Math.max(1024, 2 * copy));
    wider.set(p.rowOf);
    p.rowOf = wider;
    p.isUsed = true;
  }
  p.rowOf[copy] = row;
}

/** @returns the row of a copy that has arrived, and unties it */
export function untie(p: PendingPublishes, copy: number): number {
  if (copy >= p.rowOf.length) return 0;
  const row = p.rowOf[copy] as number;
  if (row !== 0) p.rowOf[copy] = 0;
  return row;
}

/** One copy of the publish is where it belongs, or was refused. The last one answers the publisher: one refusal makes it a nack, whatever the others did. */
export function arrived(m: RabbitState, row: number, isRefused: boolean, out: RabbitSink): void {
  const { pending: p } = m;
  if (isRefused) p.refused[row] = 1;
  const left = (p.left[row] as number) - 1;
  p.left[row] = left;
  if (left > 0) return;
  const channel = p.publisher[row] as number;
  const sequence = p.sequence[row] as number;
  const wasRefused = p.refused[row] === 1;
  p.free.push(row);
  const publisher = m.channels[channel];
  if (sequence === 0 || channel < 0 || !publisher?.open) return;
  if (sequence === IN_TRANSACTION) {
    if (wasRefused) publisher.isRefused = true;
    return;
  }
  if (wasRefused) out.refused(channel, sequence);
  else out.confirm(channel, sequence);
}

function growRows(p: PendingPublishes): void {
  const size = p.left.length * 2;
  const publisher = new Int32Array(size);
  publisher.set(p.publisher);
  p.publisher = publisher;
  const sequence = new Float64Array(size);
  sequence.set(p.sequence);
  p.sequence = sequence;
  const left = new Int32Array(size);
  left.set(p.left);
  p.left = left;
  const refused = new Uint8Array(size);
  refused.set(p.refused);
  p.refused = refused;
}
