import { describe, expect, it } from "vitest";
import { play } from "../../../conformance/adapters/zeromq-bench.ts";

/** What was seen of libzmq 4.3.4 with the same calls. */
const rules: [rule: string, script: string, seen: string][] = [
  [
    "until somebody binds, an inproc pipe holds the connecting side's SNDHWM; then both limits add up, and one found full opens again",
    "socket p PUSH SNDHWM=2; socket q PULL RCVHWM=2; connect p inproc://x; send p m1; send p m2; send p m3; bind q inproc://x; send p m4; send p m5; recv q; send p m6; recv q; send p m7; recv q; send p m8; send p m9; recv q; recv q; recv q; recv q",
    "p+ p+ p!EAGAIN p+ p+ q:m1 p!EAGAIN q:m2 p+ q:m4 p+ p!EAGAIN q:m5 q:m7 q:m8 q!EAGAIN",
  ],
  [
    "an inproc pipe that was not found full just grows when somebody binds",
    "socket p PUSH SNDHWM=2; socket q PULL RCVHWM=2; connect p inproc://x; send p m1; send p m2; bind q inproc://x; send p m4; send p m5; send p m6; recv q; send p m7; recv q; send p m8; send p m9; recv q; recv q; recv q; recv q; recv q",
    "p+ p+ p+ p+ p!EAGAIN q:m1 p!EAGAIN q:m2 p+ p+ q:m4 q:m5 q:m8 q:m9 q!EAGAIN",
  ],
  [
    "no limit at the binding side makes the whole pipe unlimited",
    "socket p PUSH SNDHWM=2; socket q PULL RCVHWM=0; connect p inproc://x; send p m1; send p m2; send p m3; bind q inproc://x; send p m4; send p m5; recv q; recv q; send p m6; recv q; recv q",
    "p+ p+ p!EAGAIN p+ p+ q:m1 q:m2 p+ q:m4 q:m5",
  ],
  [
    "a limit set later holds at once for pipes that are there, and moves the steps of credit",
    "socket p PUSH SNDHWM=2; socket q PULL RCVHWM=2; bind q inproc://x; connect p inproc://x; send p m1; send p m2; option p SNDHWM 4; send p m3; send p m4; send p m5; send p m6; send p m7; recv q; send p m8; recv q; send p m9; recv q; send p m10; recv q; send p m11; recv q; recv q; recv q; send p m12",
    "p+ p+ p+ p+ p+ p+ p!EAGAIN q:m1 p!EAGAIN q:m2 p!EAGAIN q:m3 p+ q:m4 p+ q:m5 q:m6 q:m10 p+",
  ],
  [
    "the same when the receiver changes its limit",
    "socket p PUSH SNDHWM=2; socket q PULL RCVHWM=2; bind q inproc://x; connect p inproc://x; send p m1; send p m2; option q RCVHWM 4; send p m3; send p m4; send p m5; send p m6; send p m7; send p m70; send p m71; recv q; send p m8; recv q; send p m9; recv q; send p m10; recv q; send p m11; recv q; recv q; recv q; send p m12",
    "p+ p+ p+ p+ p+ p+ p!EAGAIN p!EAGAIN p!EAGAIN q:m1 p!EAGAIN q:m2 p!EAGAIN q:m3 p+ q:m4 p+ q:m5 q:m6 q:m10 p+",
  ],
  [
    "over inproc a new limit is added to the one that the other end had when they met",
    "socket p PUSH SNDHWM=5; socket q PULL RCVHWM=5; bind q inproc://x; connect p inproc://x; send p m1; send p m2; send p m3; option p SNDHWM 1; option q RCVHWM 1; send p m4; recv q; send p m5; recv q; send p m6; recv q; send p m7; send p m8; recv q; recv q; send p m9",
    "p+ p+ p+ p+ q:m1 p+ q:m2 p+ q:m3 p+ p+ q:m4 q:m5 p+",
  ],
  [
    "a limit of 0 set later does not open a pipe that was found full: no credit comes any more",
    "socket p PUSH SNDHWM=1; socket q PULL RCVHWM=1; bind q inproc://x; connect p inproc://x; send p m1; send p m2; send p m3; option p SNDHWM 0; send p m4; recv q; send p m5; recv q; send p m6",
    "p+ p+ p!EAGAIN p!EAGAIN q:m1 p!EAGAIN q:m2 p!EAGAIN",
  ],
  [
    "a limit set later on an inproc pipe that was made without one holds, but is never credited",
    "socket p PUSH SNDHWM=0; socket q PULL RCVHWM=1; bind q inproc://x; connect p inproc://x; send p m1; send p m2; option p SNDHWM 1; send p m4; recv q; send p m5; recv q; send p m6; recv q; send p m7",
    "p+ p+ p!EAGAIN q:m1 p!EAGAIN q:m2 p!EAGAIN q!EAGAIN p!EAGAIN",
  ],
  [
    "a pipe found full waits for credit, whose step grows with the limit: here it does not come",
    "socket p PUSH SNDHWM=2; connect p tcp://x; send p m1; send p m2; send p m3; option p SNDHWM 3; send p m4; option p SNDHWM 5; send p m5; socket q PULL; bind q tcp://x; wait 500; send p m6; recv q; recv q; recv q; recv q; recv q",
    "p+ p+ p!EAGAIN p!EAGAIN p!EAGAIN p!EAGAIN q:m1 q:m2 q!EAGAIN q!EAGAIN q!EAGAIN",
  ],
  [
    "a TCP pipe that was not found full goes on to the new limit",
    "socket p PUSH SNDHWM=2; connect p tcp://x; send p m1; send p m2; option p SNDHWM 3; send p m4; send p m5; socket q PULL; bind q tcp://x; wait 500; send p m6; recv q; recv q; recv q; recv q; recv q",
    "p+ p+ p+ p!EAGAIN p+ q:m1 q:m2 q:m4 q:m6 q!EAGAIN",
  ],
  [
    "REP looks for room for the reply when it receives the request, and drops the reply otherwise",
    "socket q DEALER RCVHWM=1; socket p REP SNDHWM=1; bind p inproc://a; connect q inproc://a; send q |m1; send q |m2; send q |m3; send q |m4; recv p; send p r1; recv p; send p r2; recv p; send p r3; recv p; recv q; recv q; recv q; send p r4; recv q; send q |m5; recv p; send p r5; recv q",
    "q+ q+ q+ q+ p:m1 p+ p:m2 p+ p:m3 p+ p:m4 q:|r1 q:|r2 q!EAGAIN p+ q!EAGAIN q+ p:m5 p+ q:|r5",
  ],
  [
    "a request without envelope does not disturb that",
    "socket q DEALER RCVHWM=1; socket p REP SNDHWM=1; bind p inproc://a; connect q inproc://a; send q |m1; send q |m2; send q m3; send q |m4; recv p; send p r1; recv p; send p r2; recv p; recv q; recv q; send p r4; recv q; send q |m5; recv p; send p r5; recv q",
    "q+ q+ q+ q+ p:m1 p+ p:m2 p+ p:m4 q:|r1 q:|r2 p+ q!EAGAIN q+ p:m5 p+ q:|r5",
  ],
  [
    "messages to publishers count against the limit as all messages do",
    "socket p XPUB RCVHWM=1; socket s XSUB SNDHWM=1; bind p inproc://x; connect s inproc://x; send s a; send s b; send s c; send s d; recv p; recv p; recv p; recv p; recv p",
    "s+ s+ s+ s+ p:a p:b p:c p:d p!EAGAIN",
  ],
  [
    "subscriptions count as messages: over SNDHWM they are not sent",
    "socket s SUB SNDHWM=1; connect s tcp://x; subscribe s A; subscribe s B; subscribe s C; socket p PUB; bind p tcp://x; wait 500; send p A|m1; send p B|m2; send p C|m3; recv s; recv s; recv s",
    "p+ p+ p+ s:A|m1 s!EAGAIN s!EAGAIN",
  ],
  [
    "the same for those that a new pipe begins with",
    "socket s SUB SNDHWM=1; subscribe s A; subscribe s B; subscribe s C; connect s tcp://x; socket p PUB; bind p tcp://x; wait 500; send p A|m1; send p B|m2; send p C|m3; recv s; recv s; recv s; unsubscribe s A; subscribe s D; send p D|m4; recv s",
    "p+ p+ p+ s:A|m1 s!EAGAIN s!EAGAIN p+ s:D|m4",
  ],
  [
    "over inproc they may take both limits",
    "socket s SUB SNDHWM=1; socket p PUB RCVHWM=1; subscribe s A; subscribe s B; subscribe s C; bind p inproc://x; connect s inproc://x; send p A|m1; send p B|m2; send p C|m3; recv s; recv s; recv s; subscribe s D; send p D|m4; recv s",
    "p+ p+ p+ s:A|m1 s:B|m2 s!EAGAIN p+ s:D|m4",
  ],
  [
    "XPUB_NODROP holds for a PUB too",
    "socket p PUB XPUB_NODROP=1 SNDHWM=1; socket s SUB RCVHWM=1; socket t SUB; subscribe s ; subscribe t ; bind p inproc://a; connect s inproc://a; connect t inproc://a; send p m1; send p m2; send p m3; recv s; send p m4; recv t; recv t; recv t; recv t",
    "p+ p+ p!EAGAIN s:m1 p+ t:m1 t:m2 t:m4 t!EAGAIN",
  ],
  [
    "with XPUB_NODROP a subscriber found full before is passed over until credit comes",
    "socket p PUB SNDHWM=1; socket s SUB RCVHWM=1; subscribe s ; bind p inproc://a; connect s inproc://a; send p m1; send p m2; send p m3; option p XPUB_NODROP 1; send p m4; recv s; send p m5; recv s; recv s",
    "p+ p+ p+ p+ s:m1 p+ s:m2 s:m5",
  ],
  [
    "and one that is full but was not found so makes the send fail",
    "socket p PUB SNDHWM=1; socket s SUB RCVHWM=1; subscribe s ; bind p inproc://a; connect s inproc://a; send p m1; send p m2; option p XPUB_NODROP 1; send p m4; option p XPUB_NODROP 0; send p m5; option p XPUB_NODROP 1; send p m6; recv s; send p m7; recv s; recv s",
    "p+ p+ p!EAGAIN p+ p+ s:m1 p+ s:m2 s:m7",
  ],
  [
    "set while nobody has bound the inproc name, a limit is added to that of a peer with defaults, until there is one",
    "socket p PUSH SNDHWM=1; connect p inproc://x; send p m1; option p SNDHWM 2; send p m2; send p m3; socket q PULL RCVHWM=1; bind q inproc://x; send p m4; send p m5; recv q; send p m4; recv q; send p m5; recv q; recv q",
    "p+ p+ p+ p!EAGAIN p!EAGAIN q:m1 p!EAGAIN q:m2 p+ q:m3 q:m5",
  ],
];

describe("high-water marks", () => {
  it.each(rules)("%s", (_rule, script, seen) => {
    expect(play(script)).toBe(seen);
  });
});
