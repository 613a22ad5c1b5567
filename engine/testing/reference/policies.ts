import { overflowOf, settleDown } from "./queues.ts";
import type { Args, Policy, Queue } from "./state.ts";
import { numberOf, type World } from "./world.ts";

/** What a type of queue has no use for: a policy that says such a thing is none for it. */
const USELESS: Record<string, readonly string[]> = {
  classic: ["delivery-limit", "dead-letter-strategy", "max-age", "queue-leader-locator"],
  quorum: ["max-priority", "queue-mode", "single-active-consumer", "ha-mode", "queue-master-locator", "max-age"],
};

/** Of the policies that match only the one with the highest priority applies. */
function definitionFor(w: World, name: string, scopes: readonly string[], useless: readonly string[] = []): Args {
  const matching = w.policies
    .filter((p) => scopes.includes(p.applyTo) && new RegExp(p.pattern).test(name))
    .filter(({ definition }) => !useless.some((key) => key in definition));
  const highest = Math.max(...matching.map(({ priority }) => priority));
  return matching.find(({ priority }) => priority === highest)?.definition ?? {};
}

export const queuePolicy = (w: World, queue: Pick<Queue, "name" | "type">): Args =>
  definitionFor(w, queue.name, ["all", "queues", `${queue.type}_queues`], USELESS[queue.type]);

export const exchangePolicy = (w: World, name: string): Args => definitionFor(w, name, ["all", "exchanges"]);

/** Policies work on what exists, at once; messages that are there keep their time. Another time unused counts from now. */
export function changePolicies(w: World, policies: readonly Policy[]): void {
  w.policies = policies;
  for (const exchange of w.exchanges) exchange.policy = exchangePolicy(w, exchange.name);
  for (const queue of [...w.queues]) {
    const before = numberOf(queue, "expires");
    const dropped = overflowOf(queue) === "drop-head";
    queue.policy = queuePolicy(w, queue);
    if (queue.type === "classic" && dropped && overflowOf(queue) !== "drop-head") {
      // It takes the new limits over before it looks how they are to be held (rabbit_amqqueue_process: process_args_policy).
      const { policy } = queue;
      queue.policy = { ...policy, overflow: "drop-head" };
      settleDown(w, queue);
      queue.policy = policy;
    }
    if (numberOf(queue, "expires") !== before) queue.usedAt = w.now;
    settleDown(w, queue);
  }
}
