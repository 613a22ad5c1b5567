import {
  type AllocationStrategy,
  averagely,
  byCircle,
  byConfig,
  byMachineRoom,
  compareQueues,
  compareTexts,
  consistentHash,
  hashOfNumber,
  hashOfTag,
  hashOfText,
  jumpHash,
  type MessageQueue,
  nearby,
  parseSql,
  passesBroker,
  placeOfHash,
  SqlEvaluationError,
  type SqlPart,
  SqlSyntaxError,
  tagSubscription,
} from "../../engine/index.ts";
import { CaseError, type CaseEvent, type Step, StepReader } from "../format.ts";

/** Operations that need no broker (rocketmq/OPS.md). */
const PURE: Record<string, (step: Step) => CaseEvent[]> = {
  "hash.select": hashSelect,
  "hash.jump": hashJump,
  allocate,
  "filter.sql": filterSql,
  "filter.tags": filterTags,
};

/** @returns null for a step that needs a broker */
export const performPure = (step: Step): CaseEvent[] | null => PURE[step.op]?.(step) ?? null;

function list<T>(step: Step, field: string): readonly T[] {
  const value = step[field];
  if (!Array.isArray(value)) throw new CaseError(`${step.op}: ${field} must be a list`);
  return value as readonly T[];
}

function hashSelect(step: Step): CaseEvent[] {
  return list<string | number>(step, "values").map((value) => {
    const hash = typeof value === "string" ? hashOfText(value) : hashOfNumber(value);
    return {
      event: "hash",
      value,
      hash,
      queues: list<number>(step, "queues").map((count) => placeOfHash(hash, count)),
    };
  });
}

function hashJump(step: Step): CaseEvent[] {
  return list<string>(step, "values").map((value) => {
    const hash = hashOfText(value);
    return { event: "hash", value, hash, queues: list<number>(step, "queues").map((count) => jumpHash(hash, count)) };
  });
}

/** @param name topic-number, or broker/topic-number */
function queue(name: string): MessageQueue {
  const slash = name.indexOf("/");
  const dash = name.lastIndexOf("-");
  return {
    topic: name.slice(slash + 1, dash),
    broker: slash < 0 ? "a" : name.slice(0, slash),
    id: Number(name.slice(dash + 1)),
  };
}

/** The strategy that a step names, with its fields. */
export function strategyOf(step: Step, name = new StepReader(step).text("strategy", "AVG")): AllocationStrategy {
  const reader = new StepReader(step);
  switch (name) {
    case "AVG":
      return averagely;
    case "AVG_BY_CIRCLE":
      return byCircle;
    case "CONSISTENT_HASH":
      return consistentHash(reader.number("points", 10));
    case "CONFIG":
      return byConfig(list<string>(step, "list").map(queue));
    case "MACHINE_ROOM":
      return byMachineRoom(list<string>(step, "rooms"));
    case "MACHINE_ROOM_NEARBY": {
      const rooms = {
        ofBroker: (broker: string) => before(broker, "@"),
        ofClient: (client: string) => before(client, "-"),
      };
      return nearby(rooms, strategyOf(step, reader.text("within", "AVG")));
    }
    default:
      throw new CaseError(`there is no strategy ${name}`);
  }
}

const before = (text: string, mark: string): string => text.split(mark)[0] as string;

function allocate(step: Step): CaseEvent[] {
  const reader = new StepReader(step);
  const topic = reader.text("topic", "t");
  const queues = Object.entries(reader.table("brokers"))
    .flatMap(([broker, count]) => Array.from({ length: count as number }, (_, id) => ({ topic, broker, id })))
    .sort(compareQueues);
  const clients = [...list<string>(step, "clients")].sort(compareTexts);
  const strategy = strategyOf(step);
  return clients.map((consumer, index) => ({
    event: "allocation",
    consumer,
    queues: strategy(queues, clients, index).map((own) => `${own.broker}/${own.topic}-${own.id}`),
  }));
}

function filterSql(step: Step): CaseEvent[] {
  let part: SqlPart;
  try {
    part = parseSql(new StepReader(step).text("sql"));
  } catch (error) {
    if (error instanceof SqlSyntaxError) return [{ event: "refused" }];
    throw error;
  }
  return list<Record<string, string>>(step, "messages").map((properties) => {
    try {
      const value = part.value((name) => properties[name]);
      return { event: "evaluated", value: value === null || typeof value === "boolean" ? value : "no boolean" };
    } catch (error) {
      if (error instanceof SqlEvaluationError) return { event: "evaluated", value: "error" };
      throw error;
    }
  });
}

function filterTags(step: Step): CaseEvent[] {
  const subscription = tagSubscription(new StepReader(step).text("tags"));
  if (subscription === null) return [{ event: "refused" }];
  const hashes = [...subscription.hashes].sort((a, b) => a - b);
  const told: CaseEvent = { event: "subscription", tags: [...subscription.tags].sort(compareTexts), hashes };
  const messages = list<string | null>(step, "messages").map((tag) => {
    const hash = hashOfTag(tag);
    return { event: "tag", tag, hash, passes: passesBroker(subscription, hash) };
  });
  return [told, ...messages];
}
