import { expect, it } from "vitest";
import { seconds } from "../kernel/time.ts";
import { draw } from "../testing/build.ts";
import { createRun } from "./run.ts";

const figures = (scenario: ReturnType<ReturnType<typeof draw>["scenario"]>) => {
  const run = createRun(scenario);
  run.advance(seconds(10));
  return run.report().nodes as Record<string, Record<string, number>>;
};

it("an exchange behind an exchange counts each message once, whether two queues or none lie behind it", () => {
  const { outer, two, none } = figures(
    draw()
      .producer("p", { rate: 10, limit: 20, routingKey: "a" })
      .exchange("outer", { type: "fanout" })
      .exchange("two", { type: "fanout" })
      .exchange("none", { type: "direct" })
      .queue("q1")
      .queue("q2")
      .queue("q3")
      .publish("p", "outer")
      .bind("outer", "two")
      .bind("outer", "none")
      .bind("two", "q1")
      .bind("two", "q2")
      .bind("none", "q3", { key: "b" })
      .scenario(),
  );
  expect(outer?.in).toBe(20);
  expect(two?.in).toBe(20);
  expect(none?.in).toBe(20);
  expect(none?.out).toBe(0);
});

it("a dead-letter exchange counts what comes to it, drawn link or not", () => {
  const drawing = (link: boolean) => {
    const made = draw()
      .producer("p", { rate: 10, limit: 20 })
      .queue("work", link ? { messageTtl: 100 } : { messageTtl: 100, deadLetterExchange: "dead" })
      .exchange("dead", { type: "fanout" })
      .queue("parked")
      .publish("p", "work")
      .bind("dead", "parked");
    return (link ? made.deadLetter("work", "dead") : made).scenario();
  };
  for (const link of [true, false]) expect(figures(drawing(link)).dead).toMatchObject({ in: 20, out: 20 });
});
