import type { CaseEvent, Final, RecordedCase, Step } from "../format.ts";
import { RabbitReplay } from "./rabbitmq-replay.ts";

/** What clients saw after each step, in short, and what is left. For tests of single rules. */
export interface Played {
  /** One text a step, events parted by `; `. */
  readonly seen: string[];
  /** The events themselves. */
  readonly events: readonly (readonly CaseEvent[])[];
  readonly final: Final;
}

/** Plays operations as a recorded case has them. @param nodes of the cluster */
export function played(steps: readonly Step[], nodes = 1): Played {
  const recorded: RecordedCase = { id: "rule", nodes, steps, observed: [], final: {} };
  const replay = new RabbitReplay(recorded);
  const events = steps.map((step) => replay.perform(step));
  return { seen: events.map((list) => list.map(inShort).join("; ")), events, final: replay.finish() };
}

/** The last `count` steps' texts. */
export const seenLast = (count: number, ...steps: Step[]): string[] => played(steps).seen.slice(-count);

/** `deliver k1 m1 #2 again`, `get-ok m1 #1 0 left`, `error ch1 406`, `declare-ok q 3 1` … */
function inShort(event: CaseEvent): string {
  const { event: what } = event;
  const tag = event.tag === undefined ? "" : ` #${event.tag}`;
  const again = event.redelivered === true ? " again" : "";
  if (what === "deliver") return `deliver ${event.consumer} ${event.id}${tag}${again}`;
  if (what === "get-ok") return `get-ok ${event.id}${tag}${again} ${event.message_count} left`;
  if (what === "get-empty") return what;
  if (what === "declare-ok") return `declare-ok ${event.queue} ${event.message_count} ${event.consumer_count}`;
  if (what === "delete-ok" || what === "purge-ok") return `${what} ${event.message_count}`;
  if (what === "error") return `error ${event.channel ?? event.connection} ${event.code}`;
  if (what === "return") return `return ${event.id} ${event.code}`;
  if (what === "cancel") return `cancel ${event.consumer}`;
  return `${what} ${event.id ?? event.connection}`;
}

// ---- operations in short

type Fields = Readonly<Record<string, unknown>>;

export const declare = (queue: string, args: Fields = {}, more: Fields = {}): Step => ({
  op: "queue.declare",
  queue,
  arguments: args,
  ...more,
});
export const count = (queue: string): Step => ({ op: "queue.declare", queue, passive: true });
export const open = (channel: string, connection = "c1"): Step => ({ op: "channel.open", channel, connection });
export const publish = (id: string, routing_key: string, more: Fields = {}): Step => ({
  op: "basic.publish",
  id,
  routing_key,
  ...more,
});
export const consume = (consumer: string, queue: string, channel: string, more: Fields = {}): Step => ({
  op: "basic.consume",
  consumer,
  queue,
  channel,
  ...more,
});
export const qos = (channel: string, prefetch: number, more: Fields = {}): Step => ({
  op: "basic.qos",
  channel,
  prefetch,
  ...more,
});
export const get = (queue: string, more: Fields = {}): Step => ({ op: "basic.get", queue, ...more });
export const op = (name: string, fields: Fields = {}): Step => ({ op: name, ...fields });
