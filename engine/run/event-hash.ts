/** The hash of all events so far, and one more. @param time µs */
export function mixEvent(hash: number, what: number, data: number, time: number): number {
  let h = Math.imul(hash ^ what, 0x9e3779b1);
  h = Math.imul((h ^ (h >>> 15)) + data, 0x85ebca6b);
  // Low and high part of the time: µs grow beyond 32 bits in 71 minutes.
  h ^= time | 0;
  return Math.imul(h ^ (h >>> 13) ^ ((time / 4294967296) | 0), 0xc2b2ae35);
}
