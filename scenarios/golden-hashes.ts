import type { GoldenLook } from "./golden.ts";

/** Written by `npm run golden`. One look at each of the golden times. */
export const GOLDEN: Readonly<Record<string, readonly GoldenLook[]>> = {
  "peak-shaving": [
    { events: "3dc4cec9", values: "2d9d5951" },
    { events: "0c792d58", values: "62c9c928" },
  ],
  "fair-dispatch": [
    { events: "7af7ecea", values: "80a6f813" },
    { events: "e76c9483", values: "364ad12b" },
  ],
  priority: [
    { events: "50097ced", values: "98271275" },
    { events: "bc90f3d5", values: "9a7acbf3" },
  ],
  "ack-or-lose": [
    { events: "6df2ee76", values: "3a71b534" },
    { events: "38353f64", values: "215dcea5" },
  ],
  "nack-rollback": [
    { events: "6af45334", values: "41ac9a07" },
    { events: "47ee95ce", values: "cef333f8" },
  ],
  "retry-backoff-dlq": [
    { events: "3619ee75", values: "e930b054" },
    { events: "eec70bd8", values: "a284c3ad" },
  ],
  "overflow-policies": [
    { events: "c03e8a4d", values: "6678bdd0" },
    { events: "019b7c27", values: "6976587b" },
  ],
  ttl: [
    { events: "c639c837", values: "bfd7a895" },
    { events: "6d806953", values: "6b4689ff" },
  ],
  "exchange-types": [
    { events: "6fb3383b", values: "35df9fe3" },
    { events: "c381ed36", values: "3bfdcad2" },
  ],
  "rpc-over-queue": [
    { events: "18d92fef", values: "a3b061da" },
    { events: "83d51eea", values: "44738a44" },
  ],
  "monitor-alert": [
    { events: "d7c09633", values: "680fb2b0" },
    { events: "8031aea9", values: "186fa0cd" },
  ],
  "access-denied": [
    { events: "bcd86167", values: "05208dad" },
    { events: "ea403ae1", values: "32b3d63e" },
  ],
  "mm1-hockey-stick": [
    { events: "28c3e1e1", values: "c969c93e" },
    { events: "8d98326d", values: "cc5392dd" },
  ],
  variability: [
    { events: "5c0eb8d4", values: "bb3a84db" },
    { events: "a1ff6f99", values: "09bfc31d" },
  ],
  "random-1": [
    { events: "38b983bf", values: "9d6b2255" },
    { events: "8beba1e0", values: "b366ab6a" },
  ],
  "random-2": [
    { events: "4e49dcbd", values: "a0cc06b2" },
    { events: "79c02de1", values: "b3f9fb2f" },
  ],
  "random-3": [
    { events: "2a2abf81", values: "ec6bfa8c" },
    { events: "921d9e71", values: "a677cde2" },
  ],
  "random-4": [
    { events: "76740afd", values: "3bd050ab" },
    { events: "94c7cc8c", values: "01d649b4" },
  ],
  "random-5": [
    { events: "a270b37e", values: "a6b52934" },
    { events: "cdb058d1", values: "71f5cd56" },
  ],
  "random-6": [
    { events: "120527a8", values: "b94a5479" },
    { events: "97b3256f", values: "5a265176" },
  ],
};
