import { idText, type RedisEntry, scoreText } from "../../engine/index.ts";
import type { Final } from "../format.ts";
import type { RecordedRedis } from "./redis-broker.ts";

/** What is left at the end: every key of every server that is up (OPS.md, Final). */
export function finalOf(redis: RecordedRedis): Final {
  const { model } = redis;
  const final: Record<string, unknown> = {};
  model.servers.forEach((server) => {
    if (!server.isUp) return;
    for (const entry of model.keys(server.id, 0, redis.meta.now)) {
      const name = server.name === "main" ? entry.name : `${server.name}/${entry.name}`;
      final[name] = redis.named(contents(redis, entry));
    }
  });
  return final;
}

function contents({ model }: RecordedRedis, { value }: RedisEntry): unknown {
  if (value.type === "string") return value.text;
  if (value.type === "zset") return value.members.map(({ text, score }) => [text, scoreText(score)]);
  if (value.type === "list") {
    return Array.from({ length: value.elements.count }, (_, i) => model.text(value.elements.at(i)));
  }
  const groups: Record<string, unknown> = {};
  for (const { name, last, pending, consumers } of value.groups.values()) {
    groups[name] = {
      last: idText(last),
      pending: pending.map(({ id, consumer, deliveries }) => [idText(id), consumer, deliveries]),
      consumers: [...consumers.keys()].sort(),
    };
  }
  return {
    entries: value.entries.slice(0, value.entries.length).map(({ id, copy }) => [idText(id), model.text(copy)]),
    groups,
  };
}
