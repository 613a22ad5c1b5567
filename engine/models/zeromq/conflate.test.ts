import { describe, expect, it } from "vitest";
import { play } from "../../../conformance/adapters/zeromq-bench.ts";

/** What was seen of libzmq 4.3.4 with the same calls. */
const rules: [rule: string, script: string, seen: string][] = [
  [
    "keeps one subscription of those that a new pipe begins with: the last in the order of bytes",
    "socket s SUB CONFLATE=1; subscribe s A; subscribe s B; socket p PUB; bind p tcp://x; connect s tcp://x; send p A; recv s; send p B; recv s; subscribe s C; send p C; recv s; unsubscribe s B; send p B; recv s",
    "p+ s!EAGAIN p+ s:B p+ s:C p+ s!EAGAIN",
  ],
  [
    "over inproc too",
    "socket s SUB CONFLATE=1; subscribe s A; subscribe s B; socket p PUB; bind p inproc://x; connect s inproc://x; send p A; recv s; send p B; recv s; subscribe s C; send p C; send p A; recv s; recv s",
    "p+ s!EAGAIN p+ s:B p+ p+ s:C s!EAGAIN",
  ],
  [
    "over inproc it is the connecting side's option that counts",
    "socket q PULL CONFLATE=1; socket p PUSH; bind q inproc://x; connect p inproc://x; send p m1; send p m2; send p m3; recv q; recv q; recv q",
    "p+ p+ p+ q:m1 q:m2 q:m3",
  ],
  [
    "whether it sends or receives",
    "socket q PULL; socket p PUSH CONFLATE=1; bind q inproc://x; connect p inproc://x; send p m1; send p m2; send p m3; recv q; recv q; recv q",
    "p+ p+ p+ q:m3 q!EAGAIN q!EAGAIN",
  ],
  [
    "over TCP each side has its own: a PUSH keeps the newest for a peer that is not there",
    "socket q PULL; socket p PUSH CONFLATE=1; connect p tcp://x; send p m1; send p m2; bind q tcp://x; wait 500; recv q; recv q; send p m3; send p m4; recv q; recv q",
    "p+ p+ q:m2 q!EAGAIN p+ p+ q:m3 q:m4",
  ],
  [
    "the end of a connection takes the place of the message",
    "socket q PULL CONFLATE=1; socket p PUSH; bind p inproc://x; connect q inproc://x; send p m1; close p; recv q; recv q",
    "p+ q!EAGAIN q!EAGAIN",
  ],
  [
    "but a connecting socket's pipe outlives its TCP connection, and keeps the message",
    "socket q PULL CONFLATE=1; socket p PUSH; bind p tcp://x; connect q tcp://x; send p m1; close p; recv q; recv q",
    "p+ q:m1 q!EAGAIN",
  ],
  [
    "over inproc a DEALER is known by its identity all the same, and the newest is kept both ways",
    "socket d DEALER CONFLATE=1 ROUTING_ID=A; socket r ROUTER; bind r inproc://x; connect d inproc://x; send d m1; send d m2; recv r; send r A|m3; send r A|m4; recv d; recv d",
    "d+ d+ r:A|m2 r+ r+ d:m4 d!EAGAIN",
  ],
  [
    "over TCP what it sends goes on one by one, and of what it receives the newest is kept",
    "socket d DEALER CONFLATE=1 ROUTING_ID=A; socket r ROUTER; bind r tcp://x; connect d tcp://x; send d m1; send d m2; recv r; recv r; send r A|m3; send r A|m4; recv d; recv d",
    "d+ d+ r:A|m1 r:A|m2 r+ r+ d:m4 d!EAGAIN",
  ],
  [
    "of several frames the last one is kept",
    "socket q PULL CONFLATE=1; socket p PUSH; bind p inproc://x; connect q inproc://x; send p a|b|m1; recv q; send p a|m2; send p m3; recv q; recv q",
    "p+ q:m1 p+ p+ q:m3 q!EAGAIN",
  ],
  [
    "a PUB's pipe to a TCP peer that keeps up has nothing to replace",
    "socket p PUB CONFLATE=1; socket s SUB; subscribe s ; bind p tcp://x; connect s tcp://x; send p m1; send p m2; recv s; recv s",
    "p+ p+ s:m1 s:m2",
  ],
  [
    "what was sent before anybody bound the inproc name stands where the identity should, and goes with it",
    "socket d DEALER CONFLATE=1; connect d inproc://x; send d m1; socket e DEALER; bind e inproc://x; recv e; send d m2; recv e; send e m3; recv d",
    "d+ e!EAGAIN d+ e:m2 e+ d:m3",
  ],
];

describe("CONFLATE", () => {
  it.each(rules)("%s", (_rule, script, seen) => {
    expect(play(script)).toBe(seen);
  });
});
