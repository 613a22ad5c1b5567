import { describe, expect, it } from "vitest";
import { play } from "../../../conformance/adapters/zeromq-bench.ts";

/** What was seen of libzmq 4.3.4 with the same calls. */
const rules: [rule: string, script: string, seen: string][] = [
  [
    "limits are not negative, IMMEDIATE and CONFLATE are 0 or 1, an identity is not empty",
    "socket a PUSH; option a SNDHWM -1; option a RCVHWM -5; option a LINGER -1; option a LINGER -2; option a IMMEDIATE 2; option a CONFLATE 2; option a CONFLATE -1; option a RECONNECT_IVL -1; option a RECONNECT_IVL -2; option a RECONNECT_IVL 0; option a ROUTER_MANDATORY 1; option a REQ_RELAXED 1; option a XPUB_NODROP 1; option a PROBE_ROUTER 1; option a ROUTING_ID A; option a ROUTING_ID ",
    "a!EINVAL a!EINVAL a!EINVAL a!EINVAL a!EINVAL a!EINVAL a!EINVAL a!EINVAL a!EINVAL a!EINVAL a!EINVAL a!EINVAL",
  ],
  [
    "a ROUTER's switches take any number from 0 on",
    "socket a ROUTER; option a ROUTER_MANDATORY 2; option a ROUTER_MANDATORY -1; option a ROUTER_HANDOVER 2; option a PROBE_ROUTER 2; option a PROBE_ROUTER -1; option a REQ_RELAXED 1; option a ROUTER_MANDATORY 1",
    "a!EINVAL a!EINVAL a!EINVAL",
  ],
  [
    "REP knows the ROUTER's",
    "socket a REP; option a ROUTER_MANDATORY 1; option a ROUTER_HANDOVER 1; option a PROBE_ROUTER 1; option a CONFLATE 1; option a REQ_CORRELATE 1",
    "a!EINVAL",
  ],
  [
    "REQ knows its own, and PROBE_ROUTER",
    "socket a REQ; option a ROUTER_MANDATORY 1; option a PROBE_ROUTER 1; option a REQ_CORRELATE 2; option a REQ_RELAXED -1; option a REQ_RELAXED 5",
    "a!EINVAL a!EINVAL",
  ],
  [
    "PUB knows the XPUB's; only a SUB subscribes by option",
    "socket a PUB; option a XPUB_NODROP 1; option a XPUB_VERBOSE 1; option a XPUB_NODROP 2; option a XPUB_NODROP -1; subscribe a A; unsubscribe a A",
    "a!EINVAL a!EINVAL a!EINVAL",
  ],
  [
    "PULL knows none of these",
    "socket a PULL; subscribe a A; option a XPUB_VERBOSE 1; option a PROBE_ROUTER 1; option a ROUTER_HANDOVER 1",
    "a!EINVAL a!EINVAL a!EINVAL a!EINVAL",
  ],
  [
    "nor do SUB, XSUB and PAIR; DEALER knows PROBE_ROUTER",
    "socket a XSUB; subscribe a A; unsubscribe a A; option a XPUB_VERBOSE 1; socket b SUB; option b XPUB_VERBOSE 1; option b PROBE_ROUTER 1; socket c PAIR; option c PROBE_ROUTER 1; option c CONFLATE 1; socket d DEALER; option d PROBE_ROUTER 1; option d REQ_RELAXED 1; option d ROUTER_MANDATORY 1",
    "a!EINVAL a!EINVAL a!EINVAL b!EINVAL b!EINVAL c!EINVAL d!EINVAL d!EINVAL",
  ],
  [
    "an identity has at most 255 bytes",
    "socket a DEALER; option a ROUTING_ID AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA; option a ROUTING_ID AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA; option a ROUTING_ID é",
    "",
  ],
  [
    "an identity set later holds for later connects",
    "socket r ROUTER; socket a DEALER; bind r inproc://x; connect a inproc://x; option a ROUTING_ID Z; send a m1; recv r; connect a inproc://x; send a m2; send a m3; recv r; recv r",
    "a+ r:@1|m1 a+ a+ r:@1|m2 r:Z|m3",
  ],
  [
    "and for later binds",
    "socket r ROUTER; socket a DEALER; bind a inproc://x; option a ROUTING_ID Z; connect r inproc://x; send a m1; recv r; socket q ROUTER; bind a tcp://x; connect q tcp://x; send a m2; send a m3; recv q; recv r",
    "a+ r:@1|m1 a+ a+ q:Z|m3 r:@1|m2",
  ],
];

describe("options", () => {
  it.each(rules)("%s", (_rule, script, seen) => {
    expect(play(script)).toBe(seen);
  });
});
