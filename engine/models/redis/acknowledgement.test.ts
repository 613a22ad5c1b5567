import { describe, expect, it } from "vitest";
import { RedisBench } from "../../../conformance/adapters/redis-bench.ts";

/** What was seen of Redis 7.0.15 with the same steps: `[what is done, what is seen]`. */
const cases: [rule: string, steps: string[], seen: string[]][] = [
  [
    "does not know of a write that the replica had no second to confirm before the link was cut",
    ["p> RPUSH q m1", "partition r1", "p> WAIT 1 300", "wait 600"],
    ["p=1", "p=0"],
  ],
  [
    "knows of it when the replica has had its second",
    ["p> RPUSH q m1", "wait 1500", "partition r1", "p> WAIT 1 300"],
    ["p=1", "p=1"],
  ],
  [
    "hears nothing through a link that is cut, and at once when it is whole again",
    ["p> RPUSH q m1", "partition r1", "wait 1500", "p> WAIT 1 0", "heal r1"],
    ["p=1", "p=1"],
  ],
  [
    "asks of what the client itself has seen done: a new one has seen nothing, until it sends any command",
    ["p> RPUSH q m1", "partition r1", "c> WAIT 1 300", "c> LLEN q", "c> WAIT 1 300", "wait 600"],
    ["p=1", "c=1", "c=1", "c=0"],
  ],
  [
    "asks nobody inside MULTI",
    ["p> RPUSH q m1", "p> MULTI", "p> WAIT 1 0", "p> RPUSH q m2", "p> WAIT 1 0", "p> EXEC", "p> WAIT 1 0"],
    ["p=1", 'p="OK"', 'p="QUEUED"', 'p="QUEUED"', 'p="QUEUED"', "p=[0,2,0]", "p=1"],
  ],
];

describe("WAIT", () => {
  it.each(cases)("%s", (_rule, steps, seen) => {
    expect(new RedisBench().do("replica r1 main", ...steps)).toEqual(seen);
  });
});
