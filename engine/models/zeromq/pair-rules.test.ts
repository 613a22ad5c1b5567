import { describe, expect, it } from "vitest";
import { play } from "../../../conformance/adapters/zeromq-bench.ts";

/** What was seen of libzmq 4.3.4 with the same calls. */
const rules: [rule: string, script: string, seen: string][] = [
  [
    "over TCP a second peer believes that it is connected, and is never heard",
    "socket a PAIR; socket b PAIR; socket c PAIR; bind a tcp://x; connect b tcp://x; connect c tcp://x; send b m1; send c m2; recv a; recv a; send a m3; recv b; recv c; close b; recv a; send c m4; wait 500; recv a; send a m5; recv c",
    "b+ c+ a:m1 a!EAGAIN a+ b:m3 c!EAGAIN a!EAGAIN c+ a!EAGAIN a!EAGAIN c!EAGAIN",
  ],
  [
    "over inproc it cannot send",
    "socket a PAIR; socket b PAIR; socket c PAIR; bind a inproc://x; connect b inproc://x; connect c inproc://x; send b m1; send c m2; recv a; recv a; send a m3; recv b; recv c; send c m7; close b; recv a; send c m4; recv a; send a m5; recv c",
    "b+ c!EAGAIN a:m1 a!EAGAIN a+ b:m3 c!EAGAIN c!EAGAIN a!EAGAIN c!EAGAIN a!EAGAIN a!EAGAIN c!EAGAIN",
  ],
  [
    "a PAIR that was turned away keeps the dead pipe until it receives",
    "socket a PAIR; socket b PAIR; socket c PAIR; bind a inproc://x; connect b inproc://x; connect c inproc://x; close b; recv a; connect c inproc://x; send c m4; recv a; send a m5; recv c",
    "a!EAGAIN c!EAGAIN a!EAGAIN a!EAGAIN c!EAGAIN",
  ],
  [
    "a PAIR talks to the first that it connected to",
    "socket a PAIR; socket b PAIR; bind a inproc://x; bind b inproc://y; socket c PAIR; connect c inproc://x; connect c inproc://y; send c m1; send c m2; recv a; recv b; recv a; send b m3; recv c",
    "c+ c+ a:m1 b!EAGAIN a:m2 b!EAGAIN c!EAGAIN",
  ],
  [
    "over TCP too",
    "socket a PAIR; socket b PAIR; bind a tcp://x; bind b tcp://y; socket c PAIR; connect c tcp://x; connect c tcp://y; send c m1; send c m2; recv a; recv b; recv a; send b m3; recv c; send b m4",
    "c+ c+ a:m1 b!EAGAIN a:m2 b+ c!EAGAIN b+",
  ],
  [
    "a new peer is turned away until all that the old one sent was received",
    "socket a PAIR; socket b PAIR; bind a inproc://x; connect b inproc://x; send b m1; close b; socket c PAIR; connect c inproc://x; recv a; recv a; send c m2; recv a; connect c inproc://x; send c m3; recv a",
    "b+ a:m1 a!EAGAIN c!EAGAIN a!EAGAIN c!EAGAIN a!EAGAIN",
  ],
  [
    "a connecting PAIR goes on with the peer that comes next",
    "socket a PAIR; socket b PAIR; bind a tcp://x; connect b tcp://x; send b m1; recv a; close a; send b m2; socket c PAIR; bind c tcp://x; wait 600; recv c; send c m3; recv b",
    "b+ a:m1 b+ c:m2 c+ b:m3",
  ],
  [
    "a bound PAIR turns the next peer away until it has received all that the last one sent",
    "socket a PAIR; socket b PAIR; bind a tcp://x; connect b tcp://x; send a m1; send b m2; close b; send a m3; socket c PAIR; connect c tcp://x; wait 400; send a m4; recv c; recv a; recv a; send a m5; recv c; socket d PAIR; connect d tcp://x; send a m6; recv d",
    "a+ b+ a!EAGAIN a!EAGAIN c!EAGAIN a:m2 a!EAGAIN a!EAGAIN c!EAGAIN a+ d:m6",
  ],
];

describe("PAIR", () => {
  it.each(rules)("%s", (_rule, script, seen) => {
    expect(play(script)).toBe(seen);
  });
});
