import { describe, expect, it } from "vitest";
import { play } from "../../../conformance/adapters/zeromq-bench.ts";

/** What was seen of libzmq 4.3.4 with the same calls. */
const rules: [rule: string, script: string, seen: string][] = [
  [
    "an XSUB may send several subscriptions as one message",
    "socket p XPUB; socket s XSUB; bind p inproc://x; connect s inproc://x; send s \\1A|\\1B; recv p; recv p; send p A|m1; recv s; send p B|m2; recv s",
    "s+ p:\\1A p:\\1B p+ s:A|m1 p+ s:B|m2",
  ],
  [
    "and what follows is passed on as a message",
    "socket p XPUB; socket s XSUB; bind p inproc://x; connect s inproc://x; send s \\1A|x; recv p; recv p; send p A|m1; recv s; send s hello|world; recv p; recv p; send s x|\\1B; recv p; recv p; send p B|m2; recv s",
    "s+ p:\\1A p:x p+ s:A|m1 s+ p:hello|world p!EAGAIN s+ p:x|\\1B p!EAGAIN p+ s:B|m2",
  ],
  [
    "an XPUB receives what an XSUB says; an unknown subscription cannot be ended",
    "socket p XPUB; socket s XSUB; bind p inproc://x; connect s inproc://x; send s hi; send s ; recv p; recv p; send s \\0Z; recv p; send s \\1; recv p; send s \\1; recv p; send s \\0; recv p; send s \\0; recv p",
    "s+ s+ p:hi p: s+ p!EAGAIN s+ p:\\1 s+ p!EAGAIN s+ p!EAGAIN s+ p:\\0",
  ],
  [
    "a PUB drops it",
    "socket p PUB; socket s XSUB; bind p inproc://x; connect s inproc://x; send s hi; send s \\1A; send p A|m1; recv s; recv s",
    "s+ s+ p+ s:A|m1 s!EAGAIN",
  ],
  [
    "over TCP too",
    "socket p XPUB; socket s XSUB; bind p tcp://x; connect s tcp://x; send s hi; recv p; send s \\1A; recv p; send p A|m1; send p B|m2; recv s; recv s; send s \\0A; recv p; send s \\0A; recv p",
    "s+ p:hi s+ p:\\1A p+ p+ s:A|m1 s!EAGAIN s+ p:\\0A s+ p!EAGAIN",
  ],
  [
    "XPUB_VERBOSE shows a peer's repeated subscription, but only the last end",
    "socket p XPUB XPUB_VERBOSE=1; socket s SUB; bind p inproc://a; connect s inproc://a; subscribe s A; subscribe s A; recv p; recv p; recv p; unsubscribe s A; recv p; unsubscribe s A; recv p; option p XPUB_VERBOSE 0; subscribe s B; subscribe s B; recv p; recv p",
    "p:\\1A p:\\1A p!EAGAIN p!EAGAIN p:\\0A p:\\1B p!EAGAIN",
  ],
  [
    "the subscriptions of a peer that goes are ended in the order of their bytes, but for those that others have",
    "socket p XPUB; socket a SUB; socket b SUB; bind p inproc://a; connect a inproc://a; connect b inproc://a; subscribe a B; subscribe a A; subscribe a AB; subscribe b A; recv p; recv p; recv p; recv p; close a; recv p; recv p; recv p; close b; recv p; recv p",
    "p:\\1B p:\\1A p:\\1AB p!EAGAIN p:\\0AB p:\\0B p!EAGAIN p:\\0A p!EAGAIN",
  ],
  [
    "a new publisher is told all subscriptions, in that order",
    "socket p XPUB; socket s SUB; bind p tcp://a; subscribe s B; subscribe s A; connect s tcp://a; recv p; recv p; recv p; close p; socket q XPUB; bind q tcp://a; wait 600; recv q; recv q; recv q",
    "p:\\1A p:\\1B p!EAGAIN q:\\1A q:\\1B q!EAGAIN",
  ],
  [
    "a TCP peer that closes unsubscribes",
    "socket p XPUB; socket s SUB; bind p tcp://a; subscribe s B; subscribe s A; connect s tcp://a; recv p; recv p; close s; recv p; recv p; recv p",
    "p:\\1A p:\\1B p:\\0A p:\\0B p!EAGAIN",
  ],
  [
    "a connecting XPUB keeps its subscribers' wishes until the next peer has told its own",
    "socket p XPUB; socket s SUB; bind s tcp://a; subscribe s B; connect p tcp://a; recv p; send p B|m1; recv s; subscribe s C; recv p; close s; wait 300; recv p; recv p; recv p; socket t SUB; subscribe t C; bind t tcp://a; wait 600; recv p; send p C|m2; send p B|m3; recv t; recv t",
    "p:\\1B p+ s:B|m1 p:\\1C p!EAGAIN p!EAGAIN p!EAGAIN p!EAGAIN p+ p+ t:C|m2 t!EAGAIN",
  ],
  [
    "a connecting PUB drops while nobody is there",
    "socket p PUB; connect p tcp://a; send p m1; socket s SUB; subscribe s ; bind s tcp://a; send p m2; wait 600; send p m3; recv s; recv s",
    "p+ p+ p+ s:m3 s!EAGAIN",
  ],
  [
    "for a connecting PUB the wishes of the subscriber that went hold for the one that comes",
    "socket p PUB; socket s SUB; subscribe s A; bind s tcp://a; connect p tcp://a; send p A|m1; recv s; close s; send p A|m2; send p B|m3; socket t SUB; subscribe t ; bind t tcp://a; wait 600; send p B|m4; recv t; recv t; recv t",
    "p+ s:A|m1 p+ p+ p+ t:A|m2 t:B|m4 t!EAGAIN",
  ],
  [
    "messages that no longer match use up their publisher's turn",
    "socket p PUB; socket q PUB; socket s SUB; bind p inproc://a; bind q inproc://b; connect s inproc://a; connect s inproc://b; subscribe s A; subscribe s B; send p A|m1; send p B|m2; send p B|m3; send q A|m4; send q B|m5; unsubscribe s A; recv s; recv s; recv s; recv s",
    "p+ p+ p+ q+ q+ s:B|m2 s:B|m5 s:B|m3 s!EAGAIN",
  ],
  [
    "an XSUB receives what it no longer wants",
    "socket p PUB; socket s XSUB; bind p inproc://a; connect s inproc://a; send s \\1A; send p A|m1; send s \\0A; recv s; send p A|m2; recv s",
    "s+ p+ s+ s:A|m1 p+ s!EAGAIN",
  ],
];

describe("PUB\u2013SUB", () => {
  it.each(rules)("%s", (_rule, script, seen) => {
    expect(play(script)).toBe(seen);
  });
});
