import { expect, it } from "vitest";
import { problemsOf } from "../engine/index.ts";
import { DECLARE_MISMATCH } from "./declare-mismatch.ts";
import { withChange } from "./entry.ts";
import { play } from "./play.ts";

const variant = (id: string) => DECLARE_MISMATCH.variants?.find((one) => one.id === id)?.change ?? {};
const codes = (id?: string) =>
  problemsOf(id === undefined ? DECLARE_MISMATCH.scenario : withChange(DECLARE_MISMATCH.scenario, variant(id))).map(
    ({ code }) => code,
  );

it("declare-mismatch: a sender that declares otherwise is refused, and nothing of it arrives", () => {
  const run = play(DECLARE_MISMATCH.scenario).until(20);
  expect(run.report().nodes.receiver?.processed).toBe(0);
  expect(run.report().nodes.hello?.publish).toBe(0);
  const closed = run.run.core.log.read(0, 1000, (index) => run.run.layout().nodes[index]?.id ?? "");
  expect(closed.filter(({ kind }) => kind === "close")[0]).toMatchObject({ node: "sender", value: 406 });
  expect(codes()).toContain("declare-mismatch");
});

it.each(["agree", "ask-only"])("declare-mismatch: with %s the problem is cleared and messages are processed", (id) => {
  const run = play(DECLARE_MISMATCH.scenario, variant(id)).until(20);
  expect(run.report().nodes.receiver?.processed).toBeGreaterThan(18);
  expect(codes(id)).not.toContain("declare-mismatch");
});

it("declare-mismatch: when the queue is not durable the receiver is refused and messages pile up", () => {
  const run = play(DECLARE_MISMATCH.scenario, variant("the-other-way-round")).until(20);
  expect(run.report().nodes.receiver?.processed).toBe(0);
  expect(run.report().nodes.hello?.ready).toBeGreaterThan(18);
});
