/**
 * Seeded random streams. Each stream is a xoshiro128** generator of four words in one shared array, started from (seed, name) alone: adding or changing one
 * stream leaves the draws of all others as they were.
 * Algorithm: D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators" (2021); words are filled by splitmix32.
 */
export class RandomStreams {
  words: Int32Array = new Int32Array(64);
  count = 0;
  /** What `drawExponential` drew: a number in an array does not become an object on its way back. */
  drawn: Float64Array = new Float64Array(1);
}

/**
 * 32-bit hash of a text: FNV-1a over its UTF-16 code units, with a final mix so that similar names differ in every bit.
 * @param basis another start gives an independent hash
 */
export function hashName(text: string, basis = 0x811c9dc5): number {
  let h = basis | 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    h = Math.imul(h ^ (unit & 255), 0x01000193);
    h = Math.imul(h ^ (unit >>> 8), 0x01000193);
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/**
 * @param seed whole number; its low 32 bits count
 * @returns index of a new stream whose draws depend on seed and name only; the same pair gives the same draws again
 */
export function addStream(streams: RandomStreams, seed: number, name: string): number {
  const stream = streams.count++;
  if (stream * 4 + 4 > streams.words.length) {
    const wider = new Int32Array(streams.words.length * 2);
    wider.set(streams.words);
    streams.words = wider;
  }
  // Two hashes, 64 bits of state: with one, two of a few thousand nodes would now and then draw the very same numbers.
  fill(streams.words, stream * 4, Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1) ^ hashName(name));
  fill(streams.words, stream * 4 + 2, Math.imul(seed ^ 0x27d4eb2f, 0x85ebca77) ^ hashName(name, 0x1b873593));
  return stream;
}

/** Two words by splitmix32. Its output is a bijection of its counter, so that never both are 0 (a state of zeros stays so). */
function fill(words: Int32Array, at: number, from: number): void {
  let z = from;
  for (let i = at; i < at + 2; i++) {
    z = (z + 0x9e3779b9) | 0;
    let t = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    t = Math.imul(t ^ (t >>> 15), 0x735a2d97);
    words[i] = t ^ (t >>> 15);
  }
}

/** The next 32 random bits. Signed, because a signed result of a call stays an integer while an unsigned one becomes an object. */
export function nextInt32(streams: RandomStreams, stream: number): number {
  const { words } = streams;
  // (Shifted, because a product is watched for overflow.)
  const at = stream << 2;
  const s0 = words[at] as number;
  const s1 = words[at + 1] as number;
  const s2 = (words[at + 2] as number) ^ s0;
  const s3 = (words[at + 3] as number) ^ s1;
  const five = Math.imul(s1, 5);
  words[at + 1] = s1 ^ s2;
  words[at] = s0 ^ s3;
  words[at + 2] = s2 ^ (s1 << 9);
  words[at + 3] = (s3 << 11) | (s3 >>> 21);
  return Math.imul((five << 7) | (five >>> 25), 9);
}

/** Uniform in (0, 1), never 0 or 1: (r + ½) / 2³². */
export function nextUnit(streams: RandomStreams, stream: number): number {
  return ((nextInt32(streams, stream) >>> 0) + 0.5) / 4294967296;
}

/** Uniform in 0 … n − 1 from one draw. @param n 1 … 2³²; no value is more than n/2³² too likely */
export function nextBelow(streams: RandomStreams, stream: number, n: number): number {
  return Math.floor(((nextInt32(streams, stream) >>> 0) * n) / 4294967296);
}
