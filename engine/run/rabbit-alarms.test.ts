import { describe, expect, it } from "vitest";
import { seconds } from "../kernel/time.ts";
import { draw } from "../testing/build.ts";
import { createRun, type Run } from "./run.ts";

const figures = (run: Run, name: string) => run.report().nodes[name] as Record<string, number>;
const balanced = (run: Run) => {
  const { published, processed, inSystem, discarded, lost } = run.report().ledger;
  const sum = (reasons: Record<string, number>) => Object.values(reasons).reduce((a, b) => a + b, 0);
  expect(published).toBe(processed + inSystem + sum(discarded) + sum(lost));
  expect(run.core.ledger.imbalance()).toBe(0);
};

describe("alarms of a RabbitMQ broker", () => {
  it("alarms block publishers until they are cleared", () => {
    const run = createRun(
      draw()
        .node("broker", "b")
        .producer("p", { rate: 10 })
        .node("queue", "q", {}, "b")
        .consumer("c", { service: 1 })
        .publish("p", "q")
        .consume("q", "c")
        .at(2000, "broker.alarm", "b", 6000)
        .scenario(),
    );
    run.advance(seconds(4));
    expect(run.badges()).toMatchObject({ b: ["alarm"], p: ["blocked"] });
    const before = figures(run, "p").publish as number;
    run.advance(seconds(5.9));
    expect(figures(run, "p").publish).toBe(before);
    run.advance(seconds(8));
    expect(run.badges().b).toBeUndefined();
    expect(figures(run, "p").publish).toBeGreaterThan(before);
    balanced(run);
  });

  it("a full disk blocks publishers by an alarm of its own, beside that of memory", () => {
    const run = createRun(
      draw()
        .node("broker", "b")
        .producer("p", { rate: 10 })
        .node("queue", "q", {}, "b")
        .consumer("c", { service: 1 })
        .publish("p", "q")
        .consume("q", "c")
        .at(2000, "broker.diskFull", "b", 6000)
        .at(3000, "broker.alarm", "b", 8000)
        .scenario(),
    );
    run.advance(seconds(2.5));
    expect(run.badges()).toMatchObject({ b: ["disk-full"], p: ["blocked"] });
    run.advance(seconds(4));
    expect(run.badges().b).toEqual(["alarm", "disk-full"]);
    const before = figures(run, "p").publish as number;
    run.advance(seconds(7));
    expect(run.badges()).toMatchObject({ b: ["alarm"], p: ["blocked"] });
    expect(figures(run, "p").publish).toBe(before);
    run.advance(seconds(9));
    expect(run.badges().b).toBeUndefined();
    expect(figures(run, "p").publish).toBeGreaterThan(before);
    run.act("broker.diskFull", "b");
    run.act("broker.clear", "b");
    expect(run.badges().b).toBeUndefined();
    balanced(run);
  });

  it("a full disk is full after a restart too", () => {
    const run = createRun(
      draw()
        .node("broker", "b", { restart: 1000 })
        .producer("p", { rate: 10 })
        .node("queue", "q", {}, "b")
        .publish("p", "q")
        .scenario(),
    );
    run.advance(seconds(2));
    expect(run.act("broker.diskFull", "b")).toBe(true);
    expect(run.act("broker.diskFull", "b")).toBe(false);
    run.act("broker.crash", "b");
    expect(run.badges().b).toEqual(["down", "disk-full"]);
    run.advance(seconds(8));
    expect(run.badges()).toMatchObject({ b: ["disk-full"], p: ["blocked"] });
    // Room is made while it is down: then nobody is blocked when it is back.
    run.act("broker.crash", "b");
    expect(run.act("broker.clear", "b")).toBe(true);
    const before = figures(run, "q").publish as number;
    run.advance(seconds(15));
    expect(run.badges()).toEqual({});
    expect(figures(run, "q").publish).toBeGreaterThan(before + 40);
    balanced(run);
  });

  it("disk limit counts what is persistent only", () => {
    const run = (persistent: boolean) => {
      const made = createRun(
        draw()
          .node("broker", "b", { diskLimit: 20_000 })
          .producer("p", { rate: 10, persistent })
          .node("queue", "q", {}, "b")
          .publish("p", "q")
          .scenario(),
      );
      made.advance(seconds(10));
      return made.badges().b ?? [];
    };
    expect(run(true)).toContain("alarm");
    expect(run(false)).not.toContain("alarm");
  });
});
