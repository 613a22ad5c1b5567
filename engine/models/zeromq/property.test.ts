import { afterAll, describe, vi } from "vitest";
import { ZeromqReplay } from "../../../conformance/adapters/zeromq-replay.ts";
import { isEqual } from "../../../conformance/equal.ts";
import type { Step } from "../../../conformance/format.ts";
import { grouped, type Play, showing, testAgreement, testFaults } from "../../testing/both-sides.ts";
import { type Family, generate, planOf, type ZmqStep } from "../../testing/zeromq/generate.ts";
import { PlainZeromq } from "../../testing/zeromq/plain-zeromq.ts";
import { PipeList } from "./pipe-list.ts";
import { Ring } from "./ring.ts";

/** Steps of sockets that are not there are left out. */
const play: Play<ZmqStep, ZeromqReplay> = (script, spoil) => {
  const replay = new ZeromqReplay();
  const plain = new PlainZeromq();
  spoil?.(replay);
  const open = new Set<unknown>();
  const steps: ZmqStep[] = [];
  for (const step of script) {
    if (step.op === "socket") open.add(step.socket);
    else if (step.op !== "wait" && !(open.has(step.socket) && (step.to === undefined || open.has(step.to)))) continue;
    if (step.op === "close") open.delete(step.socket);
    steps.push(step);
    const reference = showing(() => plain.perform(step));
    const model = showing(() => replay.perform(step as Step));
    if (!isEqual(reference, model)) return { steps, difference: { reference, model } };
  }
  const [reference, model] = [showing(() => plain.final()), showing(() => replay.finish())];
  return { steps, difference: isEqual(reference, model) ? null : { reference, model } };
};

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
  const totals = testAgreement({ seeds: 4000, perTest: 500, scriptOf, play });
  afterAll(() => {
    process.stdout.write(
      `property suite, ZeroMQ: ${grouped(totals.seeds)} seeds, ${grouped(totals.steps)} calls, ${totals.differences} differences\n`,
    );
  });
});

describe("a fault in the model is found", () => {
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

  testFaults({ searched: 300, stepsMax: 14, scriptOf, play, faults });
});
