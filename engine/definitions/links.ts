import { policyOf, type Scenario, type ScenarioNode, settingsOf } from "../scenario/index.ts";
import type { Drawing } from "./drawing.ts";
import { give } from "./drawing.ts";
import type { ExchangeRow, QueueRow } from "./file.ts";
import type { Notices } from "./notices.ts";

/** Names on the broker → nodes of the drawing. */
export interface Objects {
  exchanges: Map<string, ScenarioNode>;
  queues: Map<string, ScenarioNode>;
}

/**
 * Where a policy sends a queue's dead letters or what an exchange cannot route, it is drawn as well; the export asks this too, and then leaves out what the policy says
 * anyway. An argument wins over the policy, key by key.
 */
export function policyLinks(scenario: Scenario, node: ScenarioNode) {
  const definition = policyOf(scenario, node)?.definition ?? {};
  const text = (key: string) => (typeof definition[key] === "string" ? definition[key] : null);
  return {
    deadLetterExchange: text("dead-letter-exchange"),
    deadLetterKey: text("dead-letter-routing-key"),
    alternate: text("alternate-exchange"),
  };
}

/** Draws a queue's dead-letter link where its target exists; otherwise the name stays a setting, as on the broker. */
export function linkDeadLetters(
  drawing: Drawing,
  row: QueueRow,
  queue: ScenarioNode,
  policy: ReturnType<typeof policyLinks>,
  objects: Objects,
  notices: Notices,
): void {
  // A stream has no dead letters: what the file says is kept word for word, and policies pass it by.
  if (settingsOf(queue).queueType === "stream") return;
  const ownExchange = textOf(row.arguments["x-dead-letter-exchange"]);
  const ownKey = textOf(row.arguments["x-dead-letter-routing-key"]);
  const exchange = ownExchange ?? policy.deadLetterExchange;
  const key = ownKey ?? policy.deadLetterKey;
  const path = `${row.place}.arguments.x-dead-letter-exchange`;
  if (exchange === null) {
    if (ownKey === null) return;
    give(queue, "deadLetterKey", ownKey);
    notices.warning("dead-letter-key-alone", path, { name: queue.name, key: ownKey }, queue.id);
    return;
  }
  if (exchange === "" && key !== null) {
    const target = objects.queues.get(key);
    if (target !== undefined) {
      drawing.connect("deadLetter", queue, target);
      return;
    }
  }
  const target = exchange === "" ? undefined : objects.exchanges.get(exchange);
  if (target !== undefined) {
    drawing.connect("deadLetter", queue, target);
    if (key !== null) give(queue, "deadLetterKey", key);
    return;
  }
  // What only the policy says stays with the policy.
  if (ownExchange !== null) give(queue, "deadLetterExchange", ownExchange);
  if (ownKey !== null) give(queue, "deadLetterKey", ownKey);
  // The default exchange without a key: the dead letter keeps the key it came with, which may well be a queue's name.
  if (exchange === "" && key === null) return;
  const facts = { name: queue.name, exchange: exchange === "" ? (key as string) : exchange };
  notices.warning("dead-letter-target-missing", path, facts, queue.id);
}

export function linkAlternate(
  drawing: Drawing,
  row: ExchangeRow,
  exchange: ScenarioNode,
  policy: ReturnType<typeof policyLinks>,
  objects: Objects,
  notices: Notices,
): void {
  const own = textOf(row.arguments["alternate-exchange"]);
  const name = own ?? policy.alternate;
  if (name === null) return;
  const target = objects.exchanges.get(name);
  if (target !== undefined && target !== exchange) {
    drawing.connect("alternate", exchange, target);
    return;
  }
  if (own !== null) give(exchange, "alternate", own);
  const path = `${row.place}.arguments.alternate-exchange`;
  // Its own alternate: the broker takes it, and it changes nothing.
  if (target === undefined)
    notices.warning("alternate-target-missing", path, { name: exchange.name, exchange: name }, exchange.id);
}

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** Whether the queue's dead letters have somewhere to go. */
export const hasDeadLetterLink = (scenario: Scenario, queue: ScenarioNode): boolean =>
  scenario.edges.some((edge) => edge.kind === "deadLetter" && edge.from === queue.id) ||
  settingsOf(queue).deadLetterExchange === "";
