import type { GoldenLook } from "./golden.ts";

/** Written by `npm run golden`. One look at each of the golden times. */
export const GOLDEN: Readonly<Record<string, readonly GoldenLook[]>> = {
  "peak-shaving": [
    { events: "3dc4cec9", values: "f4f522d1" },
    { events: "0c792d58", values: "1157ae28" },
  ],
  "fair-dispatch": [
    { events: "7af7ecea", values: "8a1fc293" },
    { events: "e76c9483", values: "d4deb6ab" },
  ],
  priority: [
    { events: "50097ced", values: "ac848875" },
    { events: "bc90f3d5", values: "69c72173" },
  ],
  "ack-or-lose": [
    { events: "6df2ee76", values: "0fc67cb4" },
    { events: "38353f64", values: "386e8b65" },
  ],
  "nack-rollback": [
    { events: "6af45334", values: "69ae0407" },
    { events: "47ee95ce", values: "c522d7f8" },
  ],
  "retry-backoff-dlq": [
    { events: "3619ee75", values: "a9c462d4" },
    { events: "eec70bd8", values: "d1843f2d" },
  ],
  "overflow-policies": [
    { events: "c03e8a4d", values: "57b9ed50" },
    { events: "019b7c27", values: "fb7f7f7b" },
  ],
  ttl: [
    { events: "c639c837", values: "5f425a15" },
    { events: "6d806953", values: "99371aff" },
  ],
  "exchange-types": [
    { events: "6fb3383b", values: "2f444163" },
    { events: "c381ed36", values: "f3589852" },
  ],
  "rpc-over-queue": [
    { events: "18d92fef", values: "09d5cb5a" },
    { events: "83d51eea", values: "2fe0c6c4" },
  ],
  "access-denied": [
    { events: "bcd86167", values: "81a78c2d" },
    { events: "ea403ae1", values: "e7cc90be" },
  ],
  "monitor-alert": [
    { events: "d7c09633", values: "e5676530" },
    { events: "8031aea9", values: "a8a732cd" },
  ],
  "mm1-hockey-stick": [
    { events: "28c3e1e1", values: "dab9b63e" },
    { events: "8d98326d", values: "64e5b9dd" },
  ],
  variability: [
    { events: "5c0eb8d4", values: "72e165db" },
    { events: "a1ff6f99", values: "21f77a1d" },
  ],
  "redis-list": [
    { events: "fc93d4b4", values: "8f945383" },
    { events: "7370e4e8", values: "3f70dfb5" },
  ],
  "redis-stream": [
    { events: "6c3d6ef2", values: "04d8e70d" },
    { events: "98bc7638", values: "978e27a1" },
  ],
  "redis-pubsub": [
    { events: "ca5900a3", values: "a73a5eb3" },
    { events: "31c113cc", values: "fc869daf" },
  ],
  "zmq-push-pull": [
    { events: "937ff93a", values: "80357343" },
    { events: "fcadb8b9", values: "011c0450" },
  ],
  "zmq-pub-sub": [
    { events: "b08ae337", values: "0daae7b5" },
    { events: "3253ea33", values: "e74d3304" },
  ],
  "broker-or-not": [
    { events: "d9d08d6a", values: "6361b490" },
    { events: "5ef66202", values: "af9a1774" },
  ],
  "kafka-rebalance": [
    { events: "e2f3bd09", values: "d8857c10" },
    { events: "19f13c69", values: "ddcfdd5c" },
  ],
  "kafka-acks-failover": [
    { events: "7e5447d3", values: "a1f4647d" },
    { events: "64bfb9ec", values: "4d352ace" },
  ],
  "zmq-req-rep/timeout": [
    { events: "2d1293e4", values: "3e8f6deb" },
    { events: "37d0cdfd", values: "08d65585" },
  ],
  "random-1": [
    { events: "38b983bf", values: "fc8d2da9" },
    { events: "8beba1e0", values: "5dc860e3" },
  ],
  "random-2": [
    { events: "4e49dcbd", values: "6c046632" },
    { events: "79c02de1", values: "c7d2e2af" },
  ],
  "random-3": [
    { events: "2a2abf81", values: "ed83b74c" },
    { events: "921d9e71", values: "2c947ae2" },
  ],
  "random-4": [
    { events: "76740afd", values: "ce82b2ab" },
    { events: "94c7cc8c", values: "4456b5b4" },
  ],
  "random-5": [
    { events: "a270b37e", values: "9b472cb4" },
    { events: "cdb058d1", values: "dbb9dbd6" },
  ],
  "random-6": [
    { events: "120527a8", values: "aeb6ceb9" },
    { events: "97b3256f", values: "f797e936" },
  ],
};
