import { describe, expect, it } from "vitest";
import { RecordedContext } from "../../../conformance/adapters/zeromq-context.ts";

/** A forwarder of the run: XSUB in front, XPUB behind, and the subscriptions that come up between them. */
function forwarder() {
  const context = new RecordedContext();
  const { model, meta } = context;
  const [pub, front, back, sub] = (["PUB", "XSUB", "XPUB", "SUB"] as const).map((type) => model.open(type)) as [
    number,
    number,
    number,
    number,
  ];
  model.bind(front, "inproc://front", meta, context);
  model.bind(back, "inproc://back", meta, context);
  model.connect(pub, "inproc://front", meta, context);
  model.connect(sub, "inproc://back", meta, context);
  return { context, model, meta, pub, front, back, sub };
}

describe("what a proxy asks of its sockets", () => {
  it("passes a subscription up, once for each beginning and end that it is shown", () => {
    const { context, model, meta, pub, front, back, sub } = forwarder();
    const pass = (): number => {
      let shown = 0;
      while (context.recv(back) === 0) {
        const [word = ""] = context.frames;
        model.passOn(front, word.slice(1), word.startsWith("\u0001"), meta, context);
        shown++;
      }
      return shown;
    };
    model.subscribe(sub, "a", meta, context);
    context.send(pub, ["a1"]);
    expect(context.recv(front)).not.toBe(0);
    expect(pass()).toBe(1);
    context.send(pub, ["a2"]);
    context.send(pub, ["b3"]);
    expect(context.recv(front)).toBe(0);
    expect(context.frames).toEqual(["a2"]);
    expect(context.recv(front)).not.toBe(0);
    model.unsubscribe(sub, "a", meta, context);
    expect(pass()).toBe(1);
    context.send(pub, ["a4"]);
    expect(context.recv(front)).not.toBe(0);
    context.check();
  });

  it("has no such way to subscribe for other types", () => {
    const { context, model, meta, sub } = forwarder();
    expect(model.passOn(sub, "a", true, meta, context)).not.toBe(0);
  });

  it("polls for room as a send would find it", () => {
    const context = new RecordedContext();
    const { model, meta } = context;
    const [push, pull] = [model.open("PUSH"), model.open("PULL")];
    expect(model.canSend(push)).toBe(false);
    model.setOption(push, "SNDHWM", 1);
    model.setOption(pull, "RCVHWM", 1);
    model.bind(pull, "inproc://x", meta, context);
    model.connect(push, "inproc://x", meta, context);
    for (const text of ["m1", "m2"]) {
      expect(model.canSend(push)).toBe(true);
      expect(context.send(push, [text])).toBe(0);
    }
    expect(model.canSend(push)).toBe(false);
    context.recv(pull);
    expect(model.canSend(push)).toBe(true);
  });
});
