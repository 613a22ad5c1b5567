import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { ZeromqReplay } from "../../../conformance/adapters/zeromq-replay.ts";
import { isEqual } from "../../../conformance/equal.ts";
import type { Step } from "../../../conformance/format.ts";
import { type Family, generate, planOf, type ZmqStep } from "../../testing/zeromq/generate.ts";
import { PlainZeromq } from "../../testing/zeromq/plain-zeromq.ts";
import { PipeList } from "./pipe-list.ts";
import { Ring } from "./ring.ts";

const SEEDS = 4000;
const PER_TEST = 500;

interface Outcome {
  calls: number;
  /** The steps performed up to the difference, and what the two sides showed; null when they agree. */
  difference: { steps: ZmqStep[]; reference: unknown; model: unknown } | null;
}

const showing = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return String(error);
  }
};

/** Plays a script on both sides. Steps of sockets that are not there are left out. @param spoil breaks the model, to see whether that is found */
function play(script: readonly ZmqStep[], spoil: (replay: ZeromqReplay) => void = () => {}): Outcome {
  const replay = new ZeromqReplay();
  const plain = new PlainZeromq();
  spoil(replay);
  const open = new Set<unknown>();
  const steps: ZmqStep[] = [];
  for (const step of script) {
    if (step.op === "socket") open.add(step.socket);
    else if (step.op !== "wait" && !(open.has(step.socket) && (step.to === undefined || open.has(step.to)))) continue;
    if (step.op === "close") open.delete(step.socket);
    steps.push(step);
    const reference = showing(() => plain.perform(step));
    const model = showing(() => replay.perform(step as Step));
    if (!isEqual(reference, model)) return { calls: steps.length, difference: { steps, reference, model } };
  }
  const [reference, model] = [showing(() => plain.final()), showing(() => replay.finish())];
  return { calls: steps.length, difference: isEqual(reference, model) ? null : { steps, reference, model } };
}

/** Leaves out steps one by one while the two sides still differ. */
function shrink(script: readonly ZmqStep[], spoil?: (replay: ZeromqReplay) => void): ZmqStep[] {
  let steps = [...script];
  for (let at = 0; at < steps.length; ) {
    const fewer = steps.toSpliced(at, 1);
    if (play(fewer, spoil).difference === null) at++;
    else {
      steps = fewer;
      at = 0;
    }
  }
  return steps;
}

function tell(name: string, script: readonly ZmqStep[]): string {
  const { difference } = play(shrink(script));
  const steps = difference?.steps.map((step) => `  ${JSON.stringify(step)}`).join("\n");
  const [reference, model] = [JSON.stringify(difference?.reference), JSON.stringify(difference?.model)];
  return `${name}: the last of these differs\n${steps}\nreference: ${reference}\nmodel:     ${model}`;
}

const TCP_FAMILIES: readonly Family[] = ["pipeline", "pubsub", "router", "forwarder", "streamer"];

/** Over TCP the reference has no buffers, no breaks and no protocol errors: there it plays without limits, and calmly. */
function scriptOf(seed: number): ZmqStep[] {
  const plan = planOf(seed);
  if (plan.transport === "inproc") return generate(seed, plan);
  const family = TCP_FAMILIES.find((one) => one === plan.family) ?? "pipeline";
  return generate(seed, { ...plan, family, isRough: false }).map((step) => {
    if (step.options === undefined) return step;
    const {
      SNDHWM: _out,
      RCVHWM: _in,
      CONFLATE: _one,
      ROUTER_HANDOVER: _over,
      ...options
    } = step.options as Record<string, unknown>;
    return { ...step, options };
  });
}

describe("the model and the slow reference", () => {
  let seeds = 0;
  let calls = 0;
  let differences = 0;

  it.each(Array.from({ length: SEEDS / PER_TEST }, (_, part) => part * PER_TEST + 1))(
    `agree over ${PER_TEST} random scripts, from seed %i on`,
    (first) => {
      for (let seed = first; seed < first + PER_TEST; seed++) {
        const script = scriptOf(seed);
        const outcome = play(script);
        seeds++;
        calls += outcome.calls;
        if (outcome.difference === null) continue;
        differences++;
        throw new Error(tell(`seed ${seed}`, script));
      }
    },
    60_000,
  );

  afterAll(() => {
    const count = (n: number) => n.toString().replace(/\B(?=(\d{3})+$)/g, ",");
    process.stdout.write(
      `property suite, ZeroMQ: ${count(seeds)} seeds, ${count(calls)} calls, ${differences} differences\n`,
    );
  });
});

const SEARCHED = 300;
/** So few steps have to be enough to show any of these faults. */
const STEPS_MAX = 14;

describe("a fault in the model is found", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const faults: [string, (replay: ZeromqReplay) => void][] = [
    [
      "a pipe found full leaves the others where they were",
      () => {
        vi.spyOn(PipeList.prototype, "passOver").mockImplementation(function (this: PipeList) {
          const [pipe] = this.pipes.splice(this.current, 1);
          if (pipe !== undefined) this.pipes.push(pipe);
          this.active--;
          if (this.current >= this.active) this.current = 0;
        });
      },
    ],
    [
      "turns are not taken",
      () => {
        vi.spyOn(PipeList.prototype, "advance").mockImplementation(() => {});
      },
    ],
    [
      "CONFLATE keeps the oldest",
      () => {
        const { push } = Ring.prototype;
        vi.spyOn(Ring.prototype, "push").mockImplementation(function (this: Ring, item: number) {
          return this.isConflating && this.count === 1 && item >= 0 ? item : push.call(this, item);
        });
      },
    ],
    [
      "a received message is forgotten by the account",
      ({ context }) => {
        context.ledger.ends = () => {};
      },
    ],
    [
      "a socket that closes keeps its name",
      ({ context }) => {
        const { close } = context.model;
        context.model.close = (...args) => {
          const names = [...context.model.names];
          close.apply(context.model, args);
          for (const [name, bound] of names) context.model.names.set(name, bound);
        };
      },
    ],
  ];

  it.each(faults)("%s", (_name, spoil) => {
    const found = Array.from({ length: SEARCHED }, (_, i) => scriptOf(i + 1)).find(
      (script) => play(script, spoil).difference !== null,
    );
    expect(found, `in ${SEARCHED} seeds`).toBeDefined();
    expect(shrink(found as ZmqStep[], spoil).length).toBeLessThanOrEqual(STEPS_MAX);
  });
});
