import { describe, expect, it } from "vitest";
import { play } from "../../../conformance/adapters/zeromq-bench.ts";

/** What was seen of libzmq 4.3.4 with the same calls. */
const rules: [rule: string, script: string, seen: string][] = [
  [
    "IMMEDIATE means nothing over inproc",
    "socket p PUSH IMMEDIATE=1; socket q PULL; connect p inproc://x; send p m1; bind q inproc://x; send p m2; recv q; recv q",
    "p+ p+ q:m1 q:m2",
  ],
  [
    "over inproc what a closed socket had sent waits for somebody to bind",
    "socket p PUSH; connect p inproc://x; send p m1; close p; socket q PULL; bind q inproc://x; recv q; recv q",
    "p+ q:m1 q!EAGAIN",
  ],
  [
    "even with LINGER 0",
    "socket p PUSH LINGER=0; connect p inproc://x; send p m1; close p; socket q PULL; bind q inproc://x; recv q; recv q",
    "p+ q:m1 q!EAGAIN",
  ],
  [
    "what was sent before a disconnect arrives too",
    "socket p PUSH; connect p inproc://x; send p m1; disconnect p inproc://x; send p m2; socket q PULL; bind q inproc://x; recv q; recv q; send p m3",
    "p+ p!EAGAIN q:m1 q!EAGAIN p!EAGAIN",
  ],
  [
    "and its receiver can see from whom, but not answer",
    "socket p DEALER ROUTING_ID=Z; connect p inproc://x; send p m1; disconnect p inproc://x; send p m2; socket q ROUTER; bind q inproc://x; recv q; send q Z|m4; recv q; recv p",
    "p+ p!EAGAIN q:Z|m1 q+ q!EAGAIN p!EAGAIN",
  ],
  [
    "a receiver that closed before the bind is no peer",
    "socket p PULL; connect p inproc://x; close p; socket q PUSH; bind q inproc://x; send q m1",
    "q!EAGAIN",
  ],
  [
    "endpoints are a transport and an address",
    "socket a PULL; bind a inproc://; connect a inproc://; bind a tcp://; connect a tcp://; bind a nonsense; bind a foo://x; connect a ://x; bind a ://x; unbind a nonsense; disconnect a foo://x; disconnect a inproc://none; unbind a inproc://none; unbind a tcp://none; connect a ; bind a ",
    "a!EINVAL a!EINVAL a!EINVAL a!EINVAL a!EINVAL a!EPROTONOSUPPORT a!EINVAL a!EINVAL a!EINVAL a!EPROTONOSUPPORT a!ENOENT a!ENOENT a!ENOENT a!EINVAL a!EINVAL",
  ],
  [
    "an address is taken until it is unbound",
    "socket a PULL; bind a inproc://x; bind a inproc://x; bind a tcp://x; bind a tcp://x; unbind a tcp://x; bind a tcp://x; unbind a inproc://x; bind a inproc://x",
    "a!EADDRINUSE a!EADDRINUSE",
  ],
  [
    "unbind and disconnect are the same call",
    "socket a PULL; socket b PUSH; bind a inproc://x; connect b inproc://x; unbind b inproc://x; send b m1; disconnect a inproc://x; connect b inproc://x; send b m2; bind a inproc://x; recv a",
    "b!EAGAIN b+ a:m2",
  ],
  [
    "over TCP too; there what was connected is cut",
    "socket a PULL; socket b PUSH; bind a tcp://x; connect b tcp://x; send b m0; unbind b tcp://x; send b m1; disconnect a tcp://x; recv a; recv a",
    "b+ b!EAGAIN a:m0 a!EAGAIN",
  ],
  [
    "unbind over inproc takes the name only: who is connected stays",
    "socket a PULL; socket b PUSH; socket c PUSH; bind a inproc://x; connect b inproc://x; send b m0; unbind a inproc://x; send b m1; connect c inproc://x; send c m2; recv a; recv a; recv a; bind a inproc://x; recv a",
    "b+ b+ c+ a:m0 a:m1 a!EAGAIN a:m2",
  ],
  [
    "two connects over inproc are two pipes, and one disconnect ends both",
    "socket p PUSH; socket a PULL; socket b PULL; bind a inproc://a; bind b inproc://b; connect p inproc://a; connect p inproc://a; connect p inproc://b; send p m1; send p m2; send p m3; recv a; recv a; recv b; disconnect p inproc://a; send p m4; send p m5; recv b; recv b; recv a",
    "p+ p+ p+ a:m1 a:m2 b:m3 p+ p+ b:m4 b:m5 a!EAGAIN",
  ],
  [
    "PUSH may connect twice over TCP: twice the share",
    "socket p PUSH; socket a PULL; socket b PULL; bind a tcp://a; bind b tcp://b; connect p tcp://a; connect p tcp://a; connect p tcp://b; send p m1; send p m2; send p m3; recv a; recv a; recv b; disconnect p tcp://a; send p m4; send p m5; recv b; recv b; recv a",
    "p+ p+ p+ a:m1 a:m2 b:m3 p+ p+ b:m4 b:m5 a!EAGAIN",
  ],
  [
    "a SUB's second connect to a TCP endpoint does nothing",
    "socket p PUB; socket s SUB; subscribe s ; bind p tcp://a; connect s tcp://a; connect s tcp://a; send p m1; recv s; recv s; disconnect s tcp://a; send p m2; recv s; disconnect s tcp://a",
    "p+ s:m1 s!EAGAIN p+ s!EAGAIN s!ENOENT",
  ],
  [
    "an XSUB's second connect makes a second pipe: two copies",
    "socket p PUB; socket s XSUB; bind p tcp://a; connect s tcp://a; connect s tcp://a; send s \\1; send p m1; recv s; recv s",
    "s+ p+ s:m1 s:m1",
  ],
  [
    "over inproc a SUB has two as well",
    "socket p PUB; socket s SUB; subscribe s ; bind p inproc://a; connect s inproc://a; connect s inproc://a; send p m1; recv s; recv s",
    "p+ s:m1 s:m1",
  ],
  [
    "a socket may be its own peer",
    "socket d DEALER; bind d inproc://a; connect d inproc://a; send d m1; recv d; send d m2; send d m3; recv d; recv d",
    "d+ d:m1 d+ d+ d:m3 d:m2",
  ],
  [
    "not a PAIR: its one pipe is the connecting end, the other is turned away",
    "socket d PAIR; bind d inproc://a; connect d inproc://a; send d m1; recv d",
    "d!EAGAIN d!EAGAIN",
  ],
  [
    "a ROUTER that connects to itself finds its identity taken, and hears nothing",
    "socket d ROUTER ROUTING_ID=R; bind d inproc://a; connect d inproc://a; send d R|m1; recv d; recv d",
    "d+ d!EAGAIN d!EAGAIN",
  ],
  [
    "what a bound PUSH had sent before unbind arrives",
    "socket p PUSH; socket a PULL; socket b PULL; bind p tcp://x; connect a tcp://x; send p m1; send p m2; unbind p tcp://x; recv a; send p m3; recv a; recv a; wait 400; recv a",
    "p+ p+ a:m1 p!EAGAIN a:m2 a!EAGAIN a!EAGAIN",
  ],
  [
    "after unbind over TCP what had arrived is still received, but nothing more is sent there",
    "socket r ROUTER; socket d DEALER ROUTING_ID=D RECONNECT_IVL=4000; bind r tcp://x; connect d tcp://x; send d m1; send d m2; unbind r tcp://x; send r D|m3; recv r; recv r; recv r; send r D|m4; recv d; send d m5; option r ROUTER_MANDATORY 1; send r D|m6",
    "d+ d+ r+ r:D|m1 r:D|m2 r!EAGAIN r+ d!EAGAIN d+ r!EHOSTUNREACH",
  ],
  [
    "RECONNECT_IVL −1: one attempt",
    "socket a PUSH RECONNECT_IVL=-1; connect a tcp://x; send a m1; socket p PULL; bind p tcp://x; wait 500; recv p; send a m2; recv p",
    "a+ p!EAGAIN a+ p!EAGAIN",
  ],
  [
    "and a connection that breaks is left for good, pipe and all",
    "socket a PUSH RECONNECT_IVL=-1; socket p PULL; bind p tcp://x; connect a tcp://x; send a m1; recv p; close p; send a m2; socket q PULL; bind q tcp://x; wait 500; recv q; send a m3; recv q",
    "a+ p:m1 a!EAGAIN q!EAGAIN a!EAGAIN q!EAGAIN",
  ],
  [
    "RECONNECT_IVL 0 is the same",
    "socket a PUSH RECONNECT_IVL=0; connect a tcp://x; send a m1; socket p PULL; bind p tcp://x; wait 500; recv p; send a m2; recv p",
    "a+ p!EAGAIN a+ p!EAGAIN",
  ],
  [
    "LINGER n: after n ms unsent messages are dropped",
    "socket p PUSH LINGER=300; connect p tcp://x; send p m1; close p; wait 900; socket q PULL; bind q tcp://x; wait 600; recv q",
    "p+ q!EAGAIN",
  ],
  [
    "until then the closed socket goes on trying",
    "socket p PUSH LINGER=3000; connect p tcp://x; send p m1; close p; wait 200; socket q PULL; bind q tcp://x; wait 700; recv q; recv q",
    "p+ q:m1 q!EAGAIN",
  ],
  [
    "LINGER −1: for ever",
    "socket p PUSH; connect p tcp://x; send p m1; close p; wait 300; socket q PULL; bind q tcp://x; wait 700; recv q; recv q",
    "p+ q:m1 q!EAGAIN",
  ],
  [
    "the LINGER at the time of closing counts",
    "socket p PUSH; connect p tcp://x; send p m1; option p LINGER 0; close p; socket q PULL; bind q tcp://x; wait 700; recv q",
    "p+ q!EAGAIN",
  ],
  [
    "disconnect lingers as close does",
    "socket p PUSH; connect p tcp://x; send p m1; disconnect p tcp://x; send p m2; socket q PULL; bind q tcp://x; wait 700; recv q; recv q",
    "p+ p!EAGAIN q:m1 q!EAGAIN",
  ],
  [
    "with LINGER 0 what was not sent is dropped",
    "socket p PUSH LINGER=0; connect p tcp://x; send p m1; disconnect p tcp://x; send p m2; socket q PULL; bind q tcp://x; wait 700; recv q; recv q",
    "p+ p!EAGAIN q!EAGAIN q!EAGAIN",
  ],
  [
    "a closed PUSH over inproc has sent everything at once",
    "socket p PUSH LINGER=0; socket q PULL; bind p inproc://x; connect q inproc://x; send p m1; close p; recv q",
    "p+ q:m1",
  ],
  [
    "what is under way over TCP arrives even with LINGER 0",
    "socket p PUSH LINGER=0; socket q PULL; bind q tcp://x; connect p tcp://x; send p m1; send p m2; close p; recv q; recv q; recv q",
    "p+ p+ q:m1 q:m2 q!EAGAIN",
  ],
  [
    "a ROUTER can no longer write to a peer that has closed, and knows it",
    "socket d DEALER ROUTING_ID=D; socket r ROUTER; bind r tcp://x; connect d tcp://x; send d m1; recv r; send r D|m2; close d; send r D|m3; option r ROUTER_MANDATORY 1; send r D|m4; recv r; send r D|m5",
    "d+ r:D|m1 r+ r+ r!EHOSTUNREACH r!EAGAIN r!EHOSTUNREACH",
  ],
  [
    "with IMMEDIATE a break takes the pipe, and what had arrived in it",
    "socket d DEALER IMMEDIATE=1; socket r ROUTER; bind r tcp://x; connect d tcp://x; send d m1; recv r; send r @1|m2; send r @1|m3; recv d; close r; send d m4; recv d; recv d; socket r2 ROUTER; bind r2 tcp://x; wait 600; send d m5; recv r2; recv d",
    "d+ r:@1|m1 r+ r+ d:m2 d!EAGAIN d!EAGAIN d!EAGAIN d+ r2:@2|m5 d!EAGAIN",
  ],
  [
    "without it the pipe stays, with what had arrived and what is to be sent",
    "socket d DEALER; socket r ROUTER; bind r tcp://x; connect d tcp://x; send d m1; recv r; send r @1|m2; send r @1|m3; recv d; close r; send d m4; recv d; recv d; socket r2 ROUTER; bind r2 tcp://x; wait 600; send d m5; recv r2; recv r2; recv d",
    "d+ r:@1|m1 r+ r+ d:m2 d+ d:m3 d!EAGAIN d+ r2:@2|m4 r2:@2|m5 d!EAGAIN",
  ],
  [
    "so it is for a SUB, which says to the next publisher what it wants by then",
    "socket s SUB; subscribe s ; socket p PUB; bind p tcp://x; connect s tcp://x; send p m1; send p m2; recv s; close p; recv s; recv s; subscribe s B; unsubscribe s ; socket q PUB; bind q tcp://x; wait 600; send q A|m3; send q B|m4; recv s; recv s",
    "p+ p+ s:m1 s:m2 s!EAGAIN q+ q+ s:B|m4 s!EAGAIN",
  ],
  [
    "a PUSH with IMMEDIATE has no peer until it is connected again",
    "socket p PUSH IMMEDIATE=1; socket q PULL; bind q tcp://x; connect p tcp://x; send p m1; recv q; close q; send p m2; socket q2 PULL; bind q2 tcp://x; wait 600; send p m3; recv q2; recv q2",
    "p+ q:m1 p!EAGAIN p+ q2:m3 q2!EAGAIN",
  ],
  [
    "over inproc nobody asks whether two types fit: a SUB receives from a PUSH",
    "socket p PUSH; socket s SUB; bind s inproc://x; subscribe s ; connect p inproc://x; send p m1; recv s; send p m2; recv s",
    "p+ s:m1 p+ s:m2",
  ],
  [
    "a PULL subscribes to nothing",
    "socket p PUB; socket s PULL; bind s inproc://x; connect p inproc://x; send p m1; recv s",
    "p+ s!EAGAIN",
  ],
  [
    "a DEALER can subscribe to a PUB by hand",
    "socket p PUB; socket d DEALER; bind p inproc://x; connect d inproc://x; send d \\1A; send p A|m1; recv d; send d \\0A; send p A|m2; recv d",
    "d+ p+ d:A|m1 d+ p+ d!EAGAIN",
  ],
  [
    "two PUSHes fill each other's pipes",
    "socket p PUSH; socket d PUSH; bind p inproc://x; connect d inproc://x; send d m1; send p m2",
    "d+ p+",
  ],
  [
    "a ROUTER can talk to a PAIR",
    "socket p PAIR; socket r ROUTER; bind r inproc://x; connect p inproc://x; send p m1; recv r; send r @1|m2; recv p",
    "p+ r:@1|m1 r+ p:m2",
  ],
  [
    "and when the PAIR has connected first",
    "socket p PAIR; socket r ROUTER; connect p inproc://x; send p m1; bind r inproc://x; recv r; send r @1|m2; recv p",
    "p+ r:@1|m1 r+ p:m2",
  ],
];

describe("connections", () => {
  it.each(rules)("%s", (_rule, script, seen) => {
    expect(play(script)).toBe(seen);
  });
});
