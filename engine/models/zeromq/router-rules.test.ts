import { describe, expect, it } from "vitest";
import { play } from "../../../conformance/adapters/zeromq-bench.ts";

/** What was seen of libzmq 4.3.4 with the same calls. */
const rules: [rule: string, script: string, seen: string][] = [
  [
    "two ROUTERs know each other as soon as one has bound",
    "socket a ROUTER ROUTING_ID=A; socket b ROUTER ROUTING_ID=B; connect a inproc://x; send a B|m1; bind b inproc://x; send a B|m2; recv b; send b A|m3; recv a",
    "a+ a+ b:A|m2 b+ a:B|m3",
  ],
  [
    "a probe that comes before the identity is taken for it: the peer gets a made-up one",
    "socket a ROUTER ROUTING_ID=A PROBE_ROUTER=1; socket b ROUTER ROUTING_ID=B PROBE_ROUTER=1; connect a inproc://x; bind b inproc://x; recv a; recv b; send a B|m2; recv b; send b A|m3; recv a",
    "a!EAGAIN b:A| a+ b!EAGAIN b+ a:@1|m3",
  ],
  [
    "a probe is received by whoever is there",
    "socket a ROUTER ROUTING_ID=A PROBE_ROUTER=1; socket b ROUTER ROUTING_ID=B PROBE_ROUTER=1; bind b inproc://x; connect a inproc://x; recv a; recv b; recv a; recv b",
    "a:B| b:A| a!EAGAIN b!EAGAIN",
  ],
  [
    "a connecting ROUTER does not know its peer before the connection stands",
    "socket r ROUTER ROUTER_MANDATORY=1; connect r tcp://x; send r A|m1; socket a DEALER ROUTING_ID=A; bind a tcp://x; wait 600; send r A|m2; recv a; send a m3; recv r",
    "r!EHOSTUNREACH r+ a:m2 a+ r:A|m3",
  ],
  [
    "after a break a connecting ROUTER goes on calling the next peer by the old identity",
    "socket r ROUTER; socket a DEALER ROUTING_ID=A; socket b DEALER ROUTING_ID=B; bind a tcp://x; connect r tcp://x; send a m1; recv r; send r A|m2; recv a; close a; bind b tcp://x; wait 600; send r A|m3; recv b; send r B|m4; recv b; send b m5; recv r; send b m6; recv r",
    "a+ r:A|m1 r+ a:m2 r+ b:m3 r+ b!EAGAIN b+ r:A|m5 b+ r:A|m6",
  ],
  [
    "ROUTER_HANDOVER: what the old peer had sent and was not received is dropped",
    "socket r ROUTER ROUTER_HANDOVER=1; socket a DEALER ROUTING_ID=A; socket b DEALER ROUTING_ID=A; bind r inproc://a; connect a inproc://a; send a m1; send a m2; recv r; connect b inproc://a; send b m3; send a m4; recv r; recv r; recv r; send r A|m5; recv b; recv a; send a m6",
    "a+ a+ r:A|m1 b+ a!EAGAIN r:A|m3 r!EAGAIN r!EAGAIN r+ b:m5 a!EAGAIN a!EAGAIN",
  ],
  [
    "over TCP too",
    "socket r ROUTER ROUTER_HANDOVER=1; socket a DEALER ROUTING_ID=A RECONNECT_IVL=5000; socket b DEALER ROUTING_ID=A; bind r tcp://a; connect a tcp://a; send a m1; send a m2; recv r; connect b tcp://a; send b m3; send a m4; recv r; recv r; recv r; send r A|m5; recv b; recv a; send a m6",
    "a+ a+ r:A|m1 b+ a+ r:A|m3 r!EAGAIN r!EAGAIN r+ b:m5 a!EAGAIN a+",
  ],
  [
    "over TCP the old peer does not notice: its connection stands, and nobody reads it",
    "socket r ROUTER ROUTER_HANDOVER=1; socket a DEALER ROUTING_ID=A; socket b DEALER ROUTING_ID=A RECONNECT_IVL=5000; bind r tcp://a; connect a tcp://a; connect b tcp://a; send r A|m1; recv b; wait 600; send r A|m2; recv a; recv b",
    "r+ b:m1 r+ a!EAGAIN b:m2",
  ],
  [
    "a peer whose identity was taken when it came is ignored for good, also when the identity is free again",
    "socket r ROUTER; socket a DEALER ROUTING_ID=A; socket b DEALER ROUTING_ID=A; bind r inproc://a; connect a inproc://a; connect b inproc://a; send b m1; close a; recv r; send b m2; recv r; socket c DEALER ROUTING_ID=A; connect c inproc://a; send c m3; recv r; send r A|m4; recv b; recv c; close b; recv r",
    "b+ r!EAGAIN b+ r!EAGAIN c+ r:A|m3 r+ b!EAGAIN c:m4 r!EAGAIN",
  ],
  [
    "a peer that closes cannot be reached, before all that it sent was received and after",
    "socket r ROUTER ROUTER_MANDATORY=1; socket a DEALER ROUTING_ID=A; bind r inproc://a; connect a inproc://a; send a m0; close a; send r A|m1; recv r; send r A|m2; recv r; send r A|m3",
    "a+ r!EHOSTUNREACH r:A|m0 r!EHOSTUNREACH r!EAGAIN r!EHOSTUNREACH",
  ],
  [
    "an identity without a message goes nowhere, mandatory or not",
    "socket r ROUTER ROUTER_MANDATORY=1; send r m1; recv r",
    "r+ r!EAGAIN",
  ],
  [
    "a message may be empty, or begin with empty frames; the empty identity is nobody's",
    "socket r ROUTER; socket a DEALER ROUTING_ID=A; bind r inproc://a; connect a inproc://a; send r A|; recv a; send r A||x; recv a; send r |x; send r A|a|b|c; recv a; send a ; recv r; send a |; recv r",
    "r+ a: r+ a:|x r+ r+ a:a|b|c a+ r:A| a+ r:A||",
  ],
  [
    "when the server that was asked is gone, REQ waits on; it cannot ask another",
    "socket q REQ; socket a REP; socket b REP; bind a inproc://a; bind b inproc://b; connect q inproc://a; connect q inproc://b; send q m1; recv a; close a; recv q; send q m2; recv b; recv q",
    "q+ a:m1 q!EAGAIN q!EFSM b!EAGAIN q!EAGAIN",
  ],
  [
    "REQ out of turn is EFSM also without a peer",
    "socket q REQ; socket a REP; bind a inproc://a; connect q inproc://a; send q m1; close a; recv q; send q m2",
    "q+ q!EAGAIN q!EFSM",
  ],
  [
    "with REQ_RELAXED a send that finds no peer gives up the old request all the same",
    "socket q REQ REQ_RELAXED=1; socket a REP; bind a inproc://a; connect q inproc://a; send q m1; recv a; close a; recv q; send q m2; recv q; send q m3; recv q",
    "q+ a:m1 q!EAGAIN q!EAGAIN q!EFSM q!EAGAIN q!EFSM",
  ],
  [
    "without REQ_CORRELATE the reply to the old request is taken for the new one's",
    "socket q REQ REQ_RELAXED=1; socket r ROUTER; bind r inproc://a; connect q inproc://a; send q m1; recv r; send q m2; recv r; send r @1||m3; recv q; send r @1||m4; recv q; send q m5; recv q",
    "q+ r:@1||m1 q+ r:@1||m2 r+ q:m3 r+ q!EFSM q+ q!EAGAIN",
  ],
  [
    "with it a reply must bring the request's id",
    "socket q REQ REQ_CORRELATE=1; socket r ROUTER; bind r inproc://a; connect q inproc://a; send q m1; recv r; send r @1||m2; recv q; send r @1|abcd||m3; recv q; send r @1|#1|m4; recv q; send r @1|#1||m5; recv q",
    "q+ r:@1|#1||m1 r+ q!EAGAIN r+ q!EAGAIN r+ q!EAGAIN r+ q:m5",
  ],
  [
    "over TCP too, as long as it looks like a reply",
    "socket q REQ REQ_CORRELATE=1 RECONNECT_IVL=3000; socket r ROUTER; bind r tcp://a; connect q tcp://a; send q m1; recv r; send r @1||m2; recv q; send r @1|abcd||m3; recv q; send r @1|#1||m5; recv q",
    "q+ r:@1|#1||m1 r+ q!EAGAIN r+ q!EAGAIN r+ q:m5",
  ],
  [
    "a reply without empty frame breaks a REQ's TCP connection for good: REQ waits for ever",
    "socket q REQ; socket r ROUTER; bind r tcp://a; connect q tcp://a; send q m1; recv r; send r @1|m2; recv q; wait 600; send r @1||m3; recv q; send q m4",
    "q+ r:@1||m1 r+ q!EAGAIN r+ q!EAGAIN q!EFSM",
  ],
  [
    "REQ_RELAXED does not bring it back",
    "socket q REQ REQ_RELAXED=1; socket r ROUTER; bind r tcp://a; connect q tcp://a; send q m1; recv r; send r @1|m2; recv q; wait 600; send r @1||m3; recv q; send q m4; recv q; recv r",
    "q+ r:@1||m1 r+ q!EAGAIN r+ q!EAGAIN q!EAGAIN q!EFSM r!EAGAIN",
  ],
  [
    "a bound REQ takes that peer back when it connects again, and then its reply",
    "socket q REQ RECONNECT_IVL=3000; socket r ROUTER ROUTER_MANDATORY=1; bind q tcp://a; connect r tcp://a; send q m1; recv r; send r @1|m2; recv q; wait 600; send r @1||m3; recv q; send q m4; recv r",
    "q+ r:@1||m1 r+ q!EAGAIN r+ q:m3 q+ r:@1||m4",
  ],
  [
    "bodies may have several frames",
    "socket q REQ; socket p REP; bind p inproc://a; connect q inproc://a; send q a|b|c; recv p; send p x||y; recv q",
    "q+ p:a|b|c p+ q:x||y",
  ],
  [
    "and empty ones",
    "socket q REQ; socket p REP; bind p inproc://a; connect q inproc://a; send q ; recv p; send p ; recv q; send q |; recv p; send p |; recv q",
    "q+ p: p+ q: q+ p:| p+ q:|",
  ],
  [
    "REP takes everything up to the first empty frame for the envelope; a message that is nothing else is ignored",
    "socket d DEALER; socket p REP; bind p inproc://a; connect d inproc://a; send d a|b||body; recv p; send p r; recv d; send d |; recv p; send p z; recv d; send d ; recv p; send d x|; recv p",
    "d+ p:body p+ d:a|b||r d+ p: p+ d:|z d+ p!EAGAIN d+ p!EAGAIN",
  ],
  [
    "REP takes from its clients in turn",
    "socket p REP; socket a REQ; socket b REQ; socket c DEALER; bind p inproc://a; connect a inproc://a; connect b inproc://a; connect c inproc://a; send c |m1; send c |m2; send a m3; send b m4; recv p; send p r1; recv p; send p r2; recv p; send p r3; recv p; send p r4; recv a; recv b; recv c; recv c",
    "c+ c+ a+ b+ p:m3 p+ p:m4 p+ p:m1 p+ p:m2 p+ a:r1 b:r2 c:|r3 c:|r4",
  ],
  [
    "REP ignores a second client with the identity of the first",
    "socket p REP; socket a REQ ROUTING_ID=A; socket b REQ ROUTING_ID=A; bind p inproc://a; connect a inproc://a; connect b inproc://a; send a m1; send b m2; recv p; send p r1; recv p; recv a; recv b",
    "a+ b+ p:m1 p+ p!EAGAIN a:r1 b!EAGAIN",
  ],
  [
    "what is no request, taken from a peer that has closed, makes REP swallow its next answer, and only that",
    "socket p REP; socket d DEALER; socket q REQ REQ_RELAXED=1; bind p tcp://x; connect d tcp://x; connect q tcp://x; send d m1; close d; recv p; send q m2; recv p; send p m3; recv q; send q m4; recv p; send p m5; recv q",
    "d+ p!EAGAIN q+ p:m2 p+ q!EAGAIN q+ p:m4 p+ q:m5",
  ],
  [
    "so does one from a peer whose pipe is full",
    "socket p REP SNDHWM=1; socket d DEALER RCVHWM=1; socket q REQ; bind p inproc://x; connect d inproc://x; connect q inproc://x; send d |m1; recv p; send p r1; send d |m2; recv p; send p r2; send d m3; recv p; send q m2; recv p; send p m3; recv q; recv d; recv d",
    "d+ p:m1 p+ d+ p:m2 p+ d+ p!EAGAIN q+ p:m2 p+ q!EAGAIN d:|r1 d:|r2",
  ],
  [
    "what a REQ finds ended when it sends is gone at its peer before the request arrives, which decides whose turn it is",
    "socket r ROUTER ROUTER_HANDOVER=1; socket d DEALER PROBE_ROUTER=1; socket q REQ ROUTING_ID=E; socket s REQ; bind r inproc://z; bind q inproc://x; connect r inproc://x; connect q inproc://z; connect d inproc://z; connect s inproc://z; connect q inproc://z; recv r; send s m8; send q m12; recv r; recv r",
    "r:@1| s+ q+ r:@2||m8 r:E||m12",
  ],
  [
    "whether a reply must have the request id is asked when it is received: switched on too late, it is missing",
    "socket q REQ; socket r REP; bind r inproc://x; connect q inproc://x; send q m1; option q REQ_CORRELATE 1; recv r; send r m2; recv q",
    "q+ r:m1 r+ q!EAGAIN",
  ],
  [
    "switched off too early, it is one frame too many",
    "socket q REQ REQ_CORRELATE=1 REQ_RELAXED=1; socket r REP; bind r inproc://x; connect q inproc://x; send q m1; option q REQ_CORRELATE 0; recv r; send q m3; send r m2; recv q; recv r; send r m4; recv q; option q REQ_CORRELATE 1; send q m5; recv r; send r m6; recv q",
    "q+ r:m1 q+ r+ q!EAGAIN r:m3 r+ q:m4 q+ r:m5 r+ q:m6",
  ],
];

describe("ROUTER and REQ\u2013REP", () => {
  it.each(rules)("%s", (_rule, script, seen) => {
    expect(play(script)).toBe(seen);
  });
});
