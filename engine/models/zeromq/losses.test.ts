import { describe, expect, it } from "vitest";
import { ZeromqBench } from "../../../conformance/adapters/zeromq-bench.ts";

/** semantics/zeromq.md, Where messages are lost, in one list; and what becomes of them in the account. */
const ends: [rule: string, script: string, fates: string[]][] = [
  [
    "PUB: no subscriber",
    "socket p PUB; send p A|m1; socket s SUB; bind p inproc://x; connect s inproc://x; subscribe s B; send p A|m2",
    ["discarded m1 unroutable", "discarded m2 unroutable"],
  ],
  [
    "PUB: subscriber not yet connected",
    "socket s SUB RECONNECT_IVL=1000; subscribe s ; connect s tcp://x; socket p PUB; bind p tcp://x; send p m1",
    ["discarded m1 unroutable"],
  ],
  [
    "PUB: one subscriber full, the other has its copy",
    "socket p PUB SNDHWM=1; socket a SUB RCVHWM=1; socket b SUB; bind p inproc://x; connect a inproc://x; connect b inproc://x; subscribe a ; subscribe b ; send p m1; send p m2; send p m3",
    ["discarded m3 maxlen"],
  ],
  ["ROUTER: unknown identity", "socket r ROUTER; send r Z|m1", ["discarded m1 unroutable"]],
  [
    "ROUTER: full peer",
    "socket r ROUTER SNDHWM=1; socket d DEALER RCVHWM=1 ROUTING_ID=D; bind r inproc://x; connect d inproc://x; send r D|m1; send r D|m2; send r D|m3",
    ["discarded m3 maxlen"],
  ],
  [
    "a receiver closes with messages in its queue",
    "socket p PUSH; socket q PULL; bind p inproc://x; connect q inproc://x; send p m1; send p m2; recv q; close q",
    ["lost m2 queue-gone"],
  ],
  [
    "over TCP too, and what was on the way to it",
    "socket p PUSH; socket q PULL RCVHWM=1; bind p tcp://x; connect q tcp://x; send p m1; send p m2; close q",
    ["lost m1 queue-gone", "lost m2 link"],
  ],
  [
    "with IMMEDIATE a break takes what was to be sent",
    "socket d DEALER IMMEDIATE=1; socket e DEALER; bind e tcp://x; connect d tcp://x; send e m1; close e; recv d",
    ["lost m1 queue-gone"],
  ],
  ["LINGER=0", "socket p PUSH LINGER=0; connect p tcp://x; send p m1; close p", ["discarded m1 expired"]],
  ["LINGER over", "socket p PUSH LINGER=50; connect p tcp://x; send p m1; close p; wait 60", ["discarded m1 expired"]],
  ["LINGER not over", "socket p PUSH LINGER=50; connect p tcp://x; send p m1; close p; wait 40", []],
  [
    "REP: the client has gone",
    "socket p REP; socket q REQ; bind p inproc://x; connect q inproc://x; send q m1; recv p; close q; send p m2",
    ["discarded m2 unroutable"],
  ],
  [
    "CONFLATE: all but the newest",
    "socket p PUSH; socket q PULL CONFLATE=1; bind p inproc://x; connect q inproc://x; send p m1; send p m2",
    ["discarded m1 maxlen"],
  ],
  [
    "SUB: no longer wanted when it is received",
    "socket p PUB; socket s SUB; subscribe s A; bind p inproc://x; connect s inproc://x; send p A|m1; unsubscribe s A; recv s",
    ["discarded m1 rejected"],
  ],
  [
    "REQ: a reply to an older request",
    "socket q REQ REQ_RELAXED=1 REQ_CORRELATE=1; socket r ROUTER; bind r inproc://x; connect q inproc://x; send q m1; recv r; send q m2; send r @1|#1||m3; recv q",
    ["discarded m3 rejected"],
  ],
  [
    "REP: no envelope",
    "socket p REP; socket d DEALER; bind p inproc://x; connect d inproc://x; send d m1; recv p",
    ["discarded m1 rejected"],
  ],
];

describe("a message that nobody receives", () => {
  it.each(ends)("%s", (_rule, script, fates) => {
    const bench = new ZeromqBench();
    bench.play(script);
    expect(bench.fates).toEqual(fates);
  });

  it("is not there when somebody refuses it: it stays the sender's", () => {
    const bench = new ZeromqBench();
    expect(bench.play("socket p PUSH; send p m1")).toBe("p!EAGAIN");
    expect(bench.fates).toEqual([]);
  });
});
