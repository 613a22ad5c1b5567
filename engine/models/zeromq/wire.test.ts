import { describe, expect, it } from "vitest";
import { ZeromqBench } from "../../../conformance/adapters/zeromq-bench.ts";

const PUSH_PULL = "socket p PUSH SNDHWM=2; socket q PULL RCVHWM=3; bind q tcp://x; connect p tcp://x";
const sends = (n: number): string => Array.from({ length: n }, (_, i) => `send p m${i + 1}`).join("; ");

describe("a TCP connection with little room of its own", () => {
  it("holds SNDHWM + its own room + RCVHWM, then the sender has to wait", () => {
    const bench = new ZeromqBench({ wireRoom: 4 });
    bench.play(PUSH_PULL);
    expect(bench.play(sends(2 + 4 + 3))).not.toContain("EAGAIN");
    expect(bench.play("send p m10")).toBe("p!EAGAIN");
  });

  it("moves on as the receiver takes, in steps of credit, and keeps the order", () => {
    const bench = new ZeromqBench({ wireRoom: 1 });
    bench.play(PUSH_PULL);
    expect(bench.play(sends(6))).toBe("p+ p+ p+ p+ p+ p+");
    expect(bench.play("send p m7; recv q; send p m7; recv q; send p m7")).toBe("p!EAGAIN q:m1 p!EAGAIN q:m2 p+");
    expect(bench.left()).toBe("q:m3 q:m4 q:m5 q:m6 q:m7");
  });

  it("lets a PUB drop for a subscriber that is full", () => {
    const bench = new ZeromqBench({ wireRoom: 1 });
    bench.play("socket p PUB SNDHWM=1; socket q SUB RCVHWM=1; subscribe q ; bind p tcp://x; connect q tcp://x");
    bench.play(sends(5));
    expect(bench.fates).toEqual(["discarded m4 maxlen", "discarded m5 maxlen"]);
    expect(bench.left()).toBe("q:m1 q:m2 q:m3");
  });

  it("loses what is on it when the receiver goes, but not what still stands at a connecting sender", () => {
    const bench = new ZeromqBench({ wireRoom: 1 });
    bench.play(`${PUSH_PULL}; ${sends(6)}; close q`);
    expect(bench.fates).toEqual(["lost m1 queue-gone", "lost m2 queue-gone", "lost m3 queue-gone", "lost m4 link"]);
    bench.play("socket r PULL; bind r tcp://x; wait 300");
    expect(bench.left()).toBe("r:m5 r:m6");
  });

  it("sends the rest before a closed sender hangs up", () => {
    const bench = new ZeromqBench({ wireRoom: 1 });
    bench.play(`${PUSH_PULL}; ${sends(6)}; close p`);
    expect(bench.left()).toBe("q:m1 q:m2 q:m3 q:m4 q:m5 q:m6");
    expect(bench.replay.context.model.sessions.size).toBe(0);
  });

  it("takes any backlog at once when a peer comes", () => {
    const { context } = new ZeromqBench({ wireRoom: 1 }).replay;
    const { model, meta } = context;
    const [push, pull] = [model.open("PUSH"), model.open("PULL")];
    for (const socket of [push, pull]) for (const limit of ["SNDHWM", "RCVHWM"]) model.setOption(socket, limit, 0);
    model.connect(push, "tcp://x", meta, context);
    const backlog = 20_000;
    for (let i = 0; i < backlog; i++) context.send(push, [`m${i}`]);
    model.bind(pull, "tcp://x", meta, context);
    context.passTime(1_000_000);
    let taken = 0;
    while (context.recv(pull) === 0 && context.frames[0] === `m${taken}`) taken++;
    expect(taken).toBe(backlog);
  });
});
