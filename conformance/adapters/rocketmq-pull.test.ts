import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  hashOfTag,
  isTrue,
  parseSql,
  passesBroker,
  passesClient,
  pullQueue,
  SqlSyntaxError,
  type TagSubscription,
  tagSubscription,
} from "../../engine/index.ts";
import { type RecordedCase, readCaseFile, type Step, StepReader } from "../format.ts";

interface Stored {
  readonly id: string;
  readonly tag: string | null;
  readonly properties: Readonly<Record<string, string>>;
}

const casesOf = (group: string) =>
  readCaseFile(readFileSync(fileURLToPath(new URL(`../rocketmq/${group}.json`, import.meta.url)), "utf8")).cases;

function stored(step: Step): Stored {
  const tag = typeof step.tag === "string" ? step.tag : null;
  const properties: Record<string, string> = {
    ...(step.properties as Record<string, string> | undefined),
    KEYS: step.id as string,
  };
  if (tag !== null) properties.TAGS = tag;
  return { id: step.id as string, tag, properties };
}

/** A pull whose condition cannot be read is answered as if it had none (rocketmq/pull/sql-wrong). */
function readable(sql: string): (message: Stored) => boolean {
  try {
    const condition = parseSql(sql);
    return ({ properties }) => isTrue(condition, (name) => properties[name]);
  } catch (error) {
    if (error instanceof SqlSyntaxError) return () => true;
    throw error;
  }
}

/** What the consumer is told. */
function pull(log: readonly Stored[], step: StepReader): Record<string, unknown> {
  const sql = step.optionalText("sql");
  let passes: (message: Stored) => boolean;
  let isGiven = (_: Stored): boolean => true;
  if (sql !== undefined) {
    passes = readable(sql);
  } else {
    const subscription = tagSubscription(step.text("tags", "*")) as TagSubscription;
    passes = ({ tag }) => passesBroker(subscription, hashOfTag(tag));
    isGiven = ({ tag }) => passesClient(subscription, tag);
  }
  const at = (offset: number): Stored => log[offset] as Stored;
  const { status, next, offsets } = pullQueue(0, log.length, step.number("offset"), step.number("max", 32), (o) =>
    passes(at(o)),
  );
  const messages = offsets.filter((offset) => isGiven(at(offset))).map((offset) => [offset, at(offset).id]);
  return { status, next, min: 0, max: log.length, messages };
}

/** The answers to all pulls of a case that were answered, by the model and as they were recorded. */
function pulls({ steps, observed }: RecordedCase): { told: unknown[]; recorded: unknown[] } {
  const logs = new Map<unknown, Stored[]>();
  const told: unknown[] = [];
  const recorded: unknown[] = [];
  steps.forEach((step, index) => {
    for (const event of observed[index] ?? []) {
      if (event.event === "sent") logs.set(event.queue, [...(logs.get(event.queue) ?? []), stored(step)]);
      if (step.op !== "pull") continue;
      const { event: name, consumer: _, queue, ...rest } = event;
      if (name === "error") continue;
      recorded.push(rest);
      told.push(pull(logs.get(queue ?? step.queue) ?? [], new StepReader(step)));
    }
  });
  return { told, recorded };
}

describe("pulling", () => {
  it.each(["pull", "generated-filters"])("finds what a real broker found: %s", (group) => {
    let count = 0;
    for (const one of casesOf(group)) {
      const { told, recorded } = pulls(one);
      expect(told, one.id).toEqual(recorded);
      count += told.length;
    }
    expect(count).toBeGreaterThan(20);
  });
});
