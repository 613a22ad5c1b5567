import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { hashOfNumber, hashOfText, placeOfHash, QueueTurn, writableQueues } from "../../engine/index.ts";
import { type RecordedCase, readCaseFile, StepReader } from "../format.ts";
import { performPure } from "./rocketmq-pure.ts";

const file = (group: string): string => fileURLToPath(new URL(`../rocketmq/${group}.json`, import.meta.url));
const casesOf = (group: string) => readCaseFile(readFileSync(file(group), "utf8")).cases;

describe("RocketMQ's rules that need no broker", () => {
  it.each(["hash", "allocate", "filter-tags", "filter-sql", "generated-allocate", "generated-sql"])(
    "show what the official classes showed: %s",
    (group) => {
      const cases = casesOf(group);
      expect(cases.length).toBeGreaterThan(0);
      for (const { id, steps, observed } of cases) {
        expect(
          steps.map((step) => performPure(step)),
          id,
        ).toEqual(observed);
      }
    },
  );
});

/** A topic's write queues at broker a, by name, as a producer of the case sees them. */
class Producers {
  private readonly writable = new Map<string, number>();
  private readonly firsts = new Map<string, Record<string, number>>();
  private turns = new Map<string, QueueTurn>();

  create(step: StepReader): void {
    this.writable.set(step.text("topic"), step.number("write", step.number("queues", 1)));
    // The route has changed: every producer begins anew.
    this.turns = new Map();
  }

  start(step: StepReader): void {
    this.firsts.set(step.text("producer", "p"), step.table("first") as Record<string, number>);
  }

  turn(step: StepReader): QueueTurn {
    const [producer, topic] = [step.text("producer", "p"), step.text("topic")];
    const key = `${producer} ${topic}`;
    const known = this.turns.get(key);
    if (known !== undefined) return known;
    const writeQueues = this.writable.get(topic) ?? 0;
    const queues = writableQueues(topic, [{ broker: "a", readQueues: 0, writeQueues, perm: 6, hasMaster: true }]);
    const turn = new QueueTurn(queues, this.firsts.get(producer)?.[topic] ?? 0);
    this.turns.set(key, turn);
    return turn;
  }
}

/** The queue of every message that was stored, as the model chooses it. */
function queuesOf({ steps, observed }: RecordedCase): { chosen: string[]; recorded: unknown[] } {
  const producers = new Producers();
  const chosen: string[] = [];
  const recorded: unknown[] = [];
  steps.forEach((step, index) => {
    const reader = new StepReader(step);
    if (step.op === "topic.create") producers.create(reader);
    if (step.op === "producer.start") producers.start(reader);
    const sent = observed[index]?.find(({ event }) => event === "sent");
    if (sent === undefined) return;
    recorded.push(sent.queue);
    const { queues } = producers.turn(reader);
    const place = placeOf(reader, queues.length);
    const { topic, id } = queues[place ?? -1] ?? (step.queue === undefined ? producers.turn(reader).next() : NAMED);
    chosen.push(step.queue === undefined ? `${topic}-${id}` : reader.text("queue"));
  });
  return { chosen, recorded };
}

const NAMED = { topic: "", id: -1 };

function placeOf({ step }: StepReader, queues: number): number | undefined {
  if (typeof step.select === "number") return step.select;
  if (typeof step.hash === "string") return placeOfHash(hashOfText(step.hash), queues);
  return typeof step.hash === "number" ? placeOfHash(hashOfNumber(step.hash), queues) : undefined;
}

describe("the queue of a message", () => {
  it.each(casesOf("send").map((one) => [one.id, one] as const))("%s", (_, one) => {
    const { chosen, recorded } = queuesOf(one);
    expect(chosen).toEqual(recorded);
  });
});
