import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { describe, expect, it } from "vitest";
import { OWN_CASES, ownCaseFiles, ownExceptions, runConformance } from "./command.ts";
import { readCaseFile } from "./format.ts";
import { describeOutcome, replayCase, replayFile } from "./runner.ts";

const exceptions = new Map(ownExceptions().map(({ id, reason }) => [id, reason]));

describe.each(ownCaseFiles().map((path) => [relative(OWN_CASES, path), path]))("%s", (_name, path) => {
  const file = readCaseFile(readFileSync(path, "utf8"));
  it.each(file.cases.map((recorded) => [recorded.id, recorded] as const))("%s", (id, recorded) => {
    const outcome = replayCase(file.system, recorded);
    const reason = exceptions.get(id);
    if (reason === undefined) expect.soft(outcome.passed, describeOutcome(outcome)).toBe(true);
    else expect(outcome.passed, `passes, but is excepted: ${reason}`).toBe(false);
  });
});

const file = (cases: unknown): string => JSON.stringify({ system: "rabbitmq", recorded: {}, cases });
const one = (steps: unknown[], observed: unknown[], final: unknown = {}) =>
  file([{ id: "rabbitmq/x/y", about: "", source: "", steps, observed, final }]);
const problemOf = (text: string): string => {
  const [outcome] = replayFile(text);
  return outcome === undefined ? "" : describeOutcome(outcome);
};

describe("the runner", () => {
  it("names the step and the two lists where a replay differs", () => {
    const text = one([{ op: "queue.declare", queue: "q" }], [[]], { q: [] });
    expect(problemOf(text)).toMatch(/^rabbitmq\/x\/y: step 1: expected \[\] got \[\{"event":"declare-ok"/);
  });

  it("compares what is left at the end after the last step", () => {
    expect(problemOf(one([], [], { q: ["m1"] }))).toBe('rabbitmq/x/y: step 1: expected {"q":["m1"]} got {}');
  });

  it("does not mind the order of fields, but the order of events", () => {
    const declared = { consumer_count: 0, message_count: 0, queue: "q", channel: "ch1", event: "declare-ok" };
    expect(replayFile(one([{ op: "queue.declare", queue: "q" }], [[declared]], { q: [] }))[0]?.passed).toBe(true);
  });

  it("fails a case of a system without a model instead of passing it over", () => {
    const text = JSON.stringify({
      system: "carrier-pigeon",
      cases: [{ id: "p/a/b", steps: [], observed: [], final: {} }],
    });
    expect(problemOf(text)).toBe('p/a/b: there is no adapter for the system "carrier-pigeon"');
  });

  it.each([
    ["an unknown operation", [{ op: "queue.explode" }], "there is no operation queue.explode"],
    ["a channel that was never opened", [{ op: "basic.get", queue: "q", channel: "ch9" }], "there is no channel ch9"],
    ["a field of another type", [{ op: "queue.declare", queue: 7 }], "queue.declare: queue must be text; it is 7"],
    ["a field that is missing", [{ op: "basic.ack" }], "basic.ack: tag must be a number; it is missing"],
    ["a node that is none", [{ op: "node.stop", node: "west" }], "node.stop: there is no node west"],
    ["an inherited name", [{ op: "constructor" }], "there is no operation constructor"],
  ])("says what is wrong with %s", (_name, steps, problem) => {
    expect(problemOf(one(steps, [[]]))).toBe(`rabbitmq/x/y: step 1: ${problem}`);
  });

  it.each([
    ["{", "not JSON"],
    ["[]", "a case file is an object with system and cases"],
    ['{"cases":[]}', "system must be the name of a system"],
    ['{"system":"rabbitmq"}', "cases must be a list"],
    [file([{}]), "cases[0]: a case needs an id"],
    [file([{ id: "a", steps: [{}] }]), "a: steps must be a list of objects with an op"],
    [file([{ id: "a", steps: [{ op: "wait" }], observed: [] }]), "a: observed has 0 lists for 1 steps"],
    [file([{ id: "a", steps: [], observed: [], final: [] }]), "a: final must be an object"],
    [file([{ id: "a", steps: [], observed: [], final: {}, nodes: -1 }]), "a: nodes must be a whole number above 0"],
  ])("refuses the file %s with a sentence", (text, problem) => {
    expect(() => readCaseFile(text)).toThrow(problem);
  });
});

describe("the command", () => {
  const run = (...paths: string[]): { code: number; lines: string[] } => {
    const lines: string[] = [];
    return { code: runConformance(paths, (line) => lines.push(line)), lines };
  };

  it("ends with the counts and tells by its exit code whether all passed", () => {
    const { code, lines } = run(`${OWN_CASES}rabbitmq/ttl.json`);
    expect(code).toBe(0);
    expect(lines).toEqual(["rabbitmq/ttl: 11 passed, 0 failed", "11 passed, 0 failed"]);
  });

  it("fails on a path where nothing is, naming it", () => {
    const { code, lines } = run("nowhere.json");
    expect(code).toBe(1);
    expect(lines).toEqual(["there is no file or folder nowhere.json", "0 passed, 1 failed"]);
  });

  it("fails on a file that is no case file, naming it", () => {
    const { code, lines } = run(`${OWN_CASES}FORMAT.md`);
    expect(code).toBe(1);
    expect(lines[0]).toMatch(/FORMAT\.md: not JSON/);
    expect(lines.at(-1)).toBe("0 passed, 1 failed");
  });
});
