import type { Adapter } from "./adapter.ts";
import { kafkaAdapter } from "./adapters/kafka.ts";
import { rabbitmqAdapter } from "./adapters/rabbitmq.ts";
import { redisAdapter } from "./adapters/redis.ts";
import { rocketmqAdapter } from "./adapters/rocketmq.ts";
import { zeromqAdapter } from "./adapters/zeromq.ts";
import { isEqual } from "./equal.ts";
import { CaseError, type CaseFile, type RecordedCase, readCaseFile } from "./format.ts";

/** Systems whose models can replay cases. A new one is added here. */
const ADAPTERS: Record<string, Adapter> = {
  kafka: kafkaAdapter,
  rabbitmq: rabbitmqAdapter,
  redis: redisAdapter,
  rocketmq: rocketmqAdapter,
  zeromq: zeromqAdapter,
};

/** Whether a system's model can replay cases; recordings may come before it. */
export const hasModel = (system: string): boolean => Object.hasOwn(ADAPTERS, system);

/** Where a replay differs from its recording. */
export interface Mismatch {
  /** 1 … n; n + 1 = what is left at the end; 0 = it did not begin. */
  readonly step: number;
  readonly expected: unknown;
  readonly got: unknown;
  /** Set when there is nothing to compare: a step that is not understood, no adapter, a fault of ours. */
  readonly problem?: string;
}

export interface Outcome {
  readonly id: string;
  readonly passed: boolean;
  readonly mismatch?: Mismatch;
}

/** Replays one case and compares what clients saw after each step, and what is left at the end, exactly. */
export function replayCase(system: string, recorded: RecordedCase): Outcome {
  const { id, steps, observed, final } = recorded;
  const adapter = ADAPTERS[system];
  if (adapter === undefined) return troubled(id, 0, `there is no adapter for the system "${system}"`);
  let step = 0;
  try {
    const replay = adapter.start(recorded);
    for (; step < steps.length; step++) {
      const got = replay.perform(steps[step] as RecordedCase["steps"][number]);
      const expected = observed[step];
      if (!isEqual(got, expected)) return { id, passed: false, mismatch: { step: step + 1, expected, got } };
    }
    const left = replay.finish();
    if (!isEqual(left, final)) return { id, passed: false, mismatch: { step: step + 1, expected: final, got: left } };
  } catch (error) {
    return troubled(id, step + 1, error instanceof CaseError ? error.message : String((error as Error).stack ?? error));
  }
  return { id, passed: true };
}

const troubled = (id: string, step: number, problem: string): Outcome => ({
  id,
  passed: false,
  mismatch: { step, expected: undefined, got: undefined, problem },
});

/** @param text of a case file @throws CaseError when it is none */
export function replayFile(text: string): Outcome[] {
  const file: CaseFile = readCaseFile(text);
  return file.cases.map((recorded) => replayCase(file.system, recorded));
}

const TEXT_MAX = 600;

/** One line that says where and how a case differs. */
export function describeOutcome(outcome: Outcome): string {
  const { mismatch, id } = outcome;
  if (mismatch === undefined) return `${id}: passed`;
  if (mismatch.problem !== undefined) {
    const where = mismatch.step === 0 ? "" : `step ${mismatch.step}: `;
    return `${id}: ${where}${mismatch.problem.replaceAll("\n", " ")}`;
  }
  return `${id}: step ${mismatch.step}: expected ${brief(mismatch.expected)} got ${brief(mismatch.got)}`;
}

function brief(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text;
}
