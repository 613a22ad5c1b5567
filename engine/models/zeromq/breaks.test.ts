import { describe, expect, it } from "vitest";
import { play } from "../../../conformance/adapters/zeromq-bench.ts";

/** What was seen of libzmq 4.3.4 with the same calls. */
const rules: [rule: string, script: string, seen: string][] = [
  [
    "REQ waits for ever for a server that died with its request",
    "socket q REQ; socket p REP; bind p tcp://x; connect q tcp://x; send q m1; recv p; close p; socket p2 REP; bind p2 tcp://x; wait 600; recv q; send q m2; recv p2",
    "q+ p:m1 q!EAGAIN q!EFSM p2!EAGAIN",
  ],
  [
    "also when the server had not received it yet",
    "socket q REQ; socket p REP; bind p tcp://x; connect q tcp://x; send q m1; close p; socket p2 REP; bind p2 tcp://x; wait 600; recv p2; recv q; send q m2",
    "q+ p2!EAGAIN q!EAGAIN q!EFSM",
  ],
  [
    "REQ may ask before anybody is there",
    "socket q REQ; connect q tcp://x; send q m1; send q m2; recv q; socket p REP; bind p tcp://x; wait 600; recv p; send p m3; recv q",
    "q+ q!EFSM q!EAGAIN p:m1 p+ q:m3",
  ],
  [
    "REP answers a client that has gone, and takes the next",
    "socket q REQ; socket p REP; bind p tcp://x; connect q tcp://x; send q m1; close q; socket q2 REQ; connect q2 tcp://x; send q2 m2; recv p; send p r1; recv p; send p r2; recv q2",
    "q+ q2+ p:m1 p+ p:m2 p+ q2:r2",
  ],
  [
    "a REQ that has left its server waits on, also when it comes back",
    "socket q REQ; socket p REP; bind p tcp://x; connect q tcp://x; send q m1; disconnect q tcp://x; recv q; send q m2; recv p; send p r1; connect q tcp://x; recv q; send q m3; recv p",
    "q+ q!EAGAIN q!EFSM p:m1 p+ q!EAGAIN q!EFSM p!EAGAIN",
  ],
  [
    "and does not see the reply that had come",
    "socket q REQ; socket p REP; bind p inproc://x; connect q inproc://x; send q m1; recv p; send p r1; disconnect q inproc://x; recv q; send q m2",
    "q+ p:m1 p+ q!EAGAIN q!EFSM",
  ],
  [
    "a reply that arrived before its server went is received",
    "socket q REQ; socket p REP; bind p tcp://x; connect q tcp://x; send q m1; recv p; send p r1; close p; recv q; send q m2; recv q",
    "q+ p:m1 p+ q:r1 q+ q!EAGAIN",
  ],
  [
    "a PULL that disconnects loses what it had not received",
    "socket p PUSH; socket q PULL; bind p inproc://x; connect q inproc://x; send p m1; send p m2; recv q; disconnect q inproc://x; recv q; send p m3; connect q inproc://x; send p m4; recv q",
    "p+ p+ q:m1 q!EAGAIN p!EAGAIN p+ q:m4",
  ],
  [
    "over TCP too",
    "socket p PUSH; socket q PULL; bind p tcp://x; connect q tcp://x; send p m1; send p m2; recv q; disconnect q tcp://x; recv q; send p m3; connect q tcp://x; send p m4; recv q; recv q",
    "p+ p+ q:m1 q!EAGAIN p!EAGAIN p+ q:m4 q!EAGAIN",
  ],
  [
    "what was sent before a disconnect arrives",
    "socket p PUSH; socket q PULL; bind q tcp://x; connect p tcp://x; send p m1; disconnect p tcp://x; send p m2; recv q; recv q; connect p tcp://x; send p m3; recv q",
    "p+ p!EAGAIN q:m1 q!EAGAIN p+ q:m3",
  ],
  [
    "so it does from a PUB",
    "socket p PUB; socket s SUB; subscribe s ; bind s inproc://x; connect p inproc://x; send p m1; send p m2; disconnect p inproc://x; send p m3; recv s; recv s; recv s; connect p inproc://x; send p m4; recv s",
    "p+ p+ p+ s:m1 s:m2 s!EAGAIN p+ s:m4",
  ],
  [
    "a ROUTER receives what a peer that left had sent, and finds it gone",
    "socket d DEALER ROUTING_ID=D; socket r ROUTER ROUTER_MANDATORY=1; bind r tcp://x; connect d tcp://x; send d m1; send d m2; recv r; send r D|m3; disconnect d tcp://x; recv d; send r D|m4; recv r; recv r; send r D|m5; connect d tcp://x; send r D|m6; recv d; send d m7; recv r",
    "d+ d+ r:D|m1 r+ d!EAGAIN r!EHOSTUNREACH r:D|m2 r!EAGAIN r!EHOSTUNREACH r+ d:m6 d+ r:D|m7",
  ],
  [
    "until it has received all that, the identity is taken, and the peer that comes back is ignored",
    "socket d DEALER ROUTING_ID=D; socket r ROUTER ROUTER_MANDATORY=1; bind r inproc://x; connect d inproc://x; send d m1; send d m2; disconnect d inproc://x; connect d inproc://x; send d m3; recv r; recv r; recv r; send r D|m4; recv d",
    "d+ d+ d+ r:D|m1 r:D|m2 r!EAGAIN r!EHOSTUNREACH d!EAGAIN",
  ],
  [
    "over TCP too",
    "socket d DEALER ROUTING_ID=D; socket r ROUTER ROUTER_MANDATORY=1; bind r tcp://x; connect d tcp://x; send d m1; send d m2; disconnect d tcp://x; connect d tcp://x; send d m3; recv r; recv r; recv r; send r D|m4; recv d",
    "d+ d+ d+ r:D|m1 r:D|m2 r!EAGAIN r!EHOSTUNREACH d!EAGAIN",
  ],
  [
    "a PAIR that comes back before the other has looked is turned away",
    "socket a PAIR; socket b PAIR; bind a inproc://x; connect b inproc://x; disconnect b inproc://x; connect b inproc://x; send b m5; recv a; send b m6; recv a; recv b; connect b inproc://x; send b m7; recv a",
    "b!EAGAIN a!EAGAIN b!EAGAIN a!EAGAIN b!EAGAIN b+ a:m7",
  ],
  [
    "a REP that unbinds cannot answer any more",
    "socket q REQ RECONNECT_IVL=5000; socket p REP; bind p tcp://x; connect q tcp://x; send q m1; recv p; unbind p tcp://x; send p r1; recv q; recv p; send q m2",
    "q+ p:m1 p+ q!EAGAIN p!EAGAIN q!EFSM",
  ],
  [
    "a PUB that binds again finds its subscribers again",
    "socket p PUB; socket s SUB; subscribe s ; bind p tcp://x; connect s tcp://x; send p m1; unbind p tcp://x; send p m2; recv s; recv s; bind p tcp://x; wait 500; send p m3; recv s",
    "p+ p+ s:m1 s!EAGAIN p+ s:m3",
  ],
  [
    "unbind cuts what came in there, and nothing else",
    "socket q PULL; socket a PUSH RECONNECT_IVL=5000; socket b PUSH; bind q tcp://x; bind q tcp://y; connect a tcp://x; connect b tcp://y; send a m1; send b m2; unbind q tcp://x; recv q; recv q; recv q; send b m3; recv q",
    "a+ b+ q:m1 q:m2 q!EAGAIN b+ q:m3",
  ],
  [
    "a made-up identity is new with every connection",
    "socket r ROUTER; socket d DEALER; bind r tcp://x; connect d tcp://x; send d m1; recv r; close r; socket r2 ROUTER; bind r2 tcp://x; wait 500; send d m2; recv r2; send r2 @1|m3; recv d; send r2 @2|m4; recv d",
    "d+ r:@1|m1 d+ r2:@2|m2 r2+ d!EAGAIN r2+ d:m4",
  ],
  [
    "an identity is taken as long as there is something of its old owner to be received",
    "socket r ROUTER; socket d DEALER ROUTING_ID=D; bind r tcp://x; connect d tcp://x; send d m1; send d m2; close d; socket e DEALER ROUTING_ID=D; connect e tcp://x; send e m3; recv r; recv r; recv r; recv r; send r D|m4; recv e",
    "d+ d+ e+ r:D|m1 r:D|m2 r!EAGAIN r!EAGAIN r+ e!EAGAIN",
  ],
  [
    "or nobody has looked",
    "socket r ROUTER; socket d DEALER ROUTING_ID=D; bind r tcp://x; connect d tcp://x; send d m1; recv r; close d; socket e DEALER ROUTING_ID=D; connect e tcp://x; send e m3; recv r; recv r; send r D|m4; recv e",
    "d+ r:D|m1 e+ r!EAGAIN r!EAGAIN r+ e!EAGAIN",
  ],
  [
    "two absent peers hold SNDHWM messages each",
    "socket d PUSH SNDHWM=1; connect d tcp://x; connect d tcp://y; send d m1; send d m2; send d m3; socket r PULL; bind r tcp://x; wait 500; send d m4; recv r; recv r; socket s PULL; bind s tcp://y; wait 500; send d m5; send d m6; recv r; recv s; recv s; recv s",
    "d+ d+ d!EAGAIN d+ r:m1 r:m4 d+ d+ r:m5 s:m2 s:m6 s!EAGAIN",
  ],
  [
    "a SUB with IMMEDIATE tells every publisher all that it wants",
    "socket s SUB IMMEDIATE=1; subscribe s A; connect s tcp://x; subscribe s B; socket p PUB; bind p tcp://x; wait 500; subscribe s C; send p A|m1; send p B|m2; send p C|m3; recv s; recv s; recv s; close p; recv s; socket p2 PUB; bind p2 tcp://x; wait 500; send p2 A|m4; recv s",
    "p+ p+ p+ s:A|m1 s:B|m2 s:C|m3 s!EAGAIN p2+ s:A|m4",
  ],
  [
    "with IMMEDIATE a PUSH passes over the peer that is not there",
    "socket p PUSH IMMEDIATE=1; socket a PULL; bind a tcp://a; connect p tcp://a; connect p tcp://b; send p m1; send p m2; recv a; recv a",
    "p+ p+ a:m1 a:m2",
  ],
  [
    "without it that peer has its share waiting",
    "socket p PUSH; socket a PULL; bind a tcp://a; connect p tcp://a; connect p tcp://b; send p m1; send p m2; recv a; recv a; socket b PULL; bind b tcp://b; wait 500; recv b",
    "p+ p+ a:m1 a!EAGAIN b:m2",
  ],
  [
    "IMMEDIATE set later holds for connects made later only",
    "socket p PUSH; connect p tcp://a; option p IMMEDIATE 1; send p m1; connect p tcp://b; send p m2; socket a PULL; bind a tcp://a; wait 500; recv a; recv a; close a; send p m3; socket a2 PULL; bind a2 tcp://a; wait 500; recv a2",
    "p+ p+ a:m1 a:m2 p+ a2:m3",
  ],
  [
    "what a closed DEALER had sent arrives",
    "socket d DEALER; connect d tcp://x; send d m1; send d m2; close d; socket r ROUTER; bind r tcp://x; wait 500; recv r; recv r; recv r; send r @1|m3",
    "d+ d+ r:@1|m1 r:@1|m2 r!EAGAIN r+",
  ],
  [
    "a closed REQ's request is received, and its reply dropped",
    "socket d REQ; connect d tcp://x; send d m1; close d; socket r REP; bind r tcp://x; wait 500; recv r; send r m2; recv r",
    "d+ r:m1 r+ r!EAGAIN",
  ],
  [
    "SUB and XSUB have LINGER 0 from the start: a closed SUB asks for nothing any more",
    "socket s SUB; subscribe s A; connect s tcp://x; close s; socket p XPUB; bind p tcp://x; wait 500; recv p; recv p",
    "p!EAGAIN p!EAGAIN",
  ],
  [
    "over inproc nothing is connected again by itself",
    "socket r ROUTER; socket d DEALER; bind r inproc://x; connect d inproc://x; close r; socket r2 ROUTER; bind r2 inproc://x; send d m1; recv d; send d m2; connect d inproc://x; send d m3; recv r2",
    "d!EAGAIN d!EAGAIN d!EAGAIN d+ r2:@1|m3",
  ],
  [
    "PROBE_ROUTER is not said again to the next peer",
    "socket r ROUTER; socket d DEALER ROUTING_ID=D PROBE_ROUTER=1; connect d tcp://x; bind r tcp://x; wait 500; recv r; recv r; close r; socket r2 ROUTER; bind r2 tcp://x; wait 500; recv r2; send r2 D|m1; recv d",
    "r:D| r!EAGAIN r2!EAGAIN r2+ d:m1",
  ],
  [
    "REQ takes the reply of the peer that it asked only",
    "socket q REQ ROUTING_ID=Q; socket a ROUTER; socket b ROUTER; bind a inproc://a; bind b inproc://b; connect q inproc://a; connect q inproc://b; send q m1; recv a; send b Q||bad; recv q; send a Q||good; recv q; send q m2; recv b; send b Q||ok; recv q",
    "q+ a:Q||m1 b+ q!EAGAIN a+ q:good q+ b:Q||m2 b+ q:ok",
  ],
  [
    "sending a request throws away what had come before",
    "socket q REQ ROUTING_ID=Q; socket a ROUTER; bind a inproc://a; connect q inproc://a; send q m1; recv a; send a Q||r1; send a Q||r2; recv q; send q m2; recv q; recv a; send a Q||r3; recv q",
    "q+ a:Q||m1 a+ a+ q:r1 q+ q!EAGAIN a:Q||m2 a+ q:r3",
  ],
  [
    "ROUTER_HANDOVER takes the identity from an old peer of which something could still be received",
    "socket r ROUTER ROUTER_HANDOVER=1; socket d DEALER ROUTING_ID=D; bind r tcp://x; connect d tcp://x; send d m1; close d; socket e DEALER ROUTING_ID=D; connect e tcp://x; send e m2; recv r; recv r; recv r; send r D|m3; recv e",
    "d+ e+ r:@1|m1 r:D|m2 r!EAGAIN r+ e:m3",
  ],
  [
    "CONFLATE keeps one message a peer",
    "socket s SUB CONFLATE=1; subscribe s ; socket p PUB; socket q PUB; bind p tcp://x; bind q tcp://y; connect s tcp://x; connect s tcp://y; send p m1; send p m2; send q m3; send q m4; recv s; recv s; recv s",
    "p+ p+ q+ q+ s:m2 s:m4 s!EAGAIN",
  ],
  [
    "CONFLATE set later holds for later connects",
    "socket s PULL; socket p PUSH; bind p inproc://x; connect s inproc://x; option s CONFLATE 1; send p m1; send p m2; recv s; recv s; connect s inproc://x; send p m3; send p m4; send p m5; send p m6; recv s; recv s; recv s; recv s",
    "p+ p+ s:m1 s:m2 p+ p+ p+ p+ s:m3 s:m6 s:m5 s!EAGAIN",
  ],
  [
    "turns go on among the peers that are left",
    "socket p PUSH; socket a PULL; socket b PULL; socket c PULL; bind p inproc://x; connect a inproc://x; connect b inproc://x; connect c inproc://x; send p m1; send p m2; close a; send p m3; send p m4; send p m5; recv b; recv b; recv b; recv c; recv c; recv c",
    "p+ p+ p+ p+ p+ b:m2 b:m4 b!EAGAIN c:m3 c:m5 c!EAGAIN",
  ],
  [
    "a DEALER's peer that has gone is left out when its turn comes",
    "socket p DEALER; socket a DEALER; socket b DEALER; socket c DEALER; bind p inproc://x; connect a inproc://x; connect b inproc://x; connect c inproc://x; send p m1; send p m2; close b; send p m3; send p m4; send p m5; recv p; send p m6; recv a; recv a; recv a; recv c; recv c; recv c",
    "p+ p+ p+ p+ p+ p!EAGAIN p+ a:m1 a:m4 a:m6 c:m3 c:m5 c!EAGAIN",
  ],
  [
    "what a peer that closed had sent is received in turn",
    "socket q PULL; socket a PUSH; socket b PUSH; socket c PUSH; bind q inproc://x; connect a inproc://x; connect b inproc://x; connect c inproc://x; send a m1; send b m2; send c m3; send a m4; send b m5; send c m6; recv q; close b; recv q; recv q; recv q; recv q; recv q; recv q",
    "a+ b+ c+ a+ b+ c+ q:m1 q:m2 q:m3 q:m4 q:m5 q:m6 q!EAGAIN",
  ],
];

describe("what comes back after a break, and what does not", () => {
  it.each(rules)("%s", (_rule, script, seen) => {
    expect(play(script)).toBe(seen);
  });
});
