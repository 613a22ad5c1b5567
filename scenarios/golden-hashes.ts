import type { GoldenLook } from "./golden.ts";

/** Written by `npm run golden`. One look at each of the golden times. */
export const GOLDEN: Readonly<Record<string, readonly GoldenLook[]>> = {
  "peak-shaving": [
    { events: "3dc4cec9", values: "3c332051" },
    { events: "0c792d58", values: "94231b28" },
  ],
  "fair-dispatch": [
    { events: "7af7ecea", values: "6bdcef13" },
    { events: "e76c9483", values: "d74365eb" },
  ],
  priority: [
    { events: "50097ced", values: "2ffb95b5" },
    { events: "bc90f3d5", values: "adb663f3" },
  ],
  "ack-or-lose": [
    { events: "6df2ee76", values: "2047f874" },
    { events: "38353f64", values: "3c377ea5" },
  ],
  "nack-rollback": [
    { events: "6af45334", values: "b8ceed47" },
    { events: "47ee95ce", values: "cd7bc778" },
  ],
  "retry-backoff-dlq": [
    { events: "3619ee75", values: "ec6d0d54" },
    { events: "eec70bd8", values: "fb92772d" },
  ],
  "overflow-policies": [
    { events: "c03e8a4d", values: "874e1510" },
    { events: "019b7c27", values: "080c49fb" },
  ],
  ttl: [
    { events: "c639c837", values: "aece5c95" },
    { events: "6d806953", values: "74eddd7f" },
  ],
  "exchange-types": [
    { events: "6fb3383b", values: "e6e87de3" },
    { events: "c381ed36", values: "2b510292" },
  ],
  "rpc-over-queue": [
    { events: "18d92fef", values: "d25b041a" },
    { events: "83d51eea", values: "3cc11744" },
  ],
  "access-denied": [
    { events: "bcd86167", values: "9a3fadad" },
    { events: "ea403ae1", values: "39c743fe" },
  ],
  "monitor-alert": [
    { events: "d7c09633", values: "c41818b0" },
    { events: "8031aea9", values: "df406d4d" },
  ],
  "mm1-hockey-stick": [
    { events: "28c3e1e1", values: "48c84d7e" },
    { events: "8d98326d", values: "1eda6d5d" },
  ],
  variability: [
    { events: "5c0eb8d4", values: "df0775db" },
    { events: "a1ff6f99", values: "e410a09d" },
  ],
  "redis-list": [
    { events: "fc93d4b4", values: "2b307903" },
    { events: "7370e4e8", values: "57a29475" },
  ],
  "redis-stream": [
    { events: "6c3d6ef2", values: "48052ccd" },
    { events: "98bc7638", values: "c15b6ee1" },
  ],
  "redis-pubsub": [
    { events: "ca5900a3", values: "a0393df3" },
    { events: "31c113cc", values: "5c69026f" },
  ],
  "zmq-push-pull": [
    { events: "937ff93a", values: "c22e2703" },
    { events: "fcadb8b9", values: "c4789850" },
  ],
  "zmq-pub-sub": [
    { events: "b08ae337", values: "19b823f5" },
    { events: "3253ea33", values: "2b39ef04" },
  ],
  "broker-or-not": [
    { events: "d9d08d6a", values: "78e93450" },
    { events: "5ef66202", values: "02f516b4" },
  ],
  "kafka-rebalance": [
    { events: "e2f3bd09", values: "deb61250" },
    { events: "19f13c69", values: "8256efdc" },
  ],
  "kafka-acks-failover": [
    { events: "7e5447d3", values: "c3a3757d" },
    { events: "64bfb9ec", values: "dcfb1d0e" },
  ],
  "rmq-transaction": [
    { events: "c49de233", values: "a3f05e80" },
    { events: "05413ce5", values: "cc70a05d" },
  ],
  "rmq-orderly": [
    { events: "29e5643b", values: "4a19eab9" },
    { events: "9383300a", values: "dea7f7a0" },
  ],
  "zmq-req-rep/timeout": [
    { events: "2d1293e4", values: "b09526ab" },
    { events: "37d0cdfd", values: "031ff585" },
  ],
  "random-1": [
    { events: "38b983bf", values: "4367a9e9" },
    { events: "8beba1e0", values: "ea695be3" },
  ],
  "random-2": [
    { events: "4e49dcbd", values: "e4fe39b2" },
    { events: "79c02de1", values: "2f98ba2f" },
  ],
  "random-3": [
    { events: "2a2abf81", values: "041b4b8c" },
    { events: "921d9e71", values: "80700222" },
  ],
  "random-4": [
    { events: "76740afd", values: "2be3de2b" },
    { events: "94c7cc8c", values: "3ba3a6b4" },
  ],
  "random-5": [
    { events: "a270b37e", values: "61148274" },
    { events: "cdb058d1", values: "5b6f5696" },
  ],
  "random-6": [
    { events: "120527a8", values: "b52c1bb9" },
    { events: "97b3256f", values: "7b538eb6" },
  ],
};
