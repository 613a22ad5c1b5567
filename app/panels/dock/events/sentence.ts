import { OPERATIONS } from "../../../../engine/scenario/index.ts";
import type { RunEvent } from "../../../../engine/worker/protocol.ts";
import type { Words } from "../../../text/index.ts";

/** A piece of a sentence: plain words, or a name that leads to its node. */
export type Part = string | { node: string; name: string };

/** Around names while a sentence is made: signs for private use, taken out of the names themselves. */
const OPEN = "\ue000";
const CLOSE = "\ue001";

/** As the engine numbers them: an alert's event carries its rule's place in the document times four, plus its state. */
const ALERT_STATES = ["normal", "pending", "firing", "resolved"];

/** @returns the name of a node, or for `alert:3` of a rule, or for `kind:q1` the kind of a node; undefined when it is no longer in the document */
export type NameOf = (id: string) => string | undefined;

/** The text key's last part: the kind, with what changes the sentence behind it. */
function variantsOf(event: RunEvent): string[] {
  const { kind, reason, other, value } = event;
  const found: string[] = [];
  if (reason !== undefined) found.push(`${kind}-${reason}`);
  if (kind === "unroutable" && event.node === "") found.push("unroutable-nowhere");
  if (kind === "retry" && value === undefined) found.push("retry-next");
  if (kind === "deny" && other !== undefined) found.push("deny-binding");
  if (kind === "cancel" && other !== undefined) found.push("cancel-from");
  if (kind === "close" && value === undefined) found.push("close-gone");
  if (kind === "close" && value === 0) found.push("close-cut");
  // Reply code 0: the socket just ended. 320: the broker said that it stops.
  if (kind === "close" && (value === 0 || value === 320)) found.push("close-tcp");
  if (kind === "fault" && other !== undefined) found.push(`fault-link-${value ?? 0}`);
  if (kind === "act" && value !== undefined) found.push(value % 2 === 0 ? "act-do" : "act-undo");
  if (kind === "alert") found.push(`alert-${ALERT_STATES[(value ?? 0) % ALERT_STATES.length]}`);
  found.push(kind, "other");
  return found;
}

/** An event in words, cut where names are, so that they can be made links. */
export function sentenceParts(event: RunEvent, words: Words, nameOf: NameOf): Part[] {
  const mark = (id: string | undefined, which: "n" | "o") =>
    id === undefined || id === ""
      ? words.t("events.system")
      : `${OPEN}${which}${(nameOf(id) ?? id).replaceAll(OPEN, "").replaceAll(CLOSE, "")}${CLOSE}`;
  const done = event.kind === "act" ? OPERATIONS[Math.floor((event.value ?? -1) / 2)] : undefined;
  const facts = {
    operation: done === undefined ? "" : (words.find(`operations.do.${done.id}`) ?? done.id),
    node: mark(event.node, "n"),
    other: mark(event.other, "o"),
    message: event.message,
    value: event.value === undefined ? "" : words.format.number(event.value),
    // For the plural; for what is a time in ms; for what has letters on the faces, as RocketMQ's masters have.
    count: event.value,
    letter: String.fromCharCode(96 + (event.value ?? 0)),
    time: words.format.duration((event.value ?? Number.NaN) * 1000),
    kind: words.find(`events.kinds.${event.kind}`) ?? event.kind,
    alert:
      event.kind === "alert" ? (nameOf(`alert:${Math.floor((event.value ?? 0) / ALERT_STATES.length)}`) ?? "") : "",
    reason: event.reason === undefined ? "" : (words.find(`events.reasons.${event.reason}`) ?? event.reason),
  };
  const at = nameOf(`kind:${event.node}`) ?? "";
  let text = "";
  for (const variant of variantsOf(event)) {
    // What happens to a list, a stream or a topic has words of its own.
    const found =
      words.find(`redis.say.${at}.${variant}`, facts) ??
      words.find(`rocketmq.say.${at}.${variant}`, facts) ??
      words.find(`kafka.say.${at}.${variant}`, facts) ??
      words.find(`events.say.${variant}`, facts);
    if (found === undefined) continue;
    text = found;
    break;
  }
  return text
    .split(/(\ue000[no][^\ue001]*\ue001)/)
    .filter((part) => part !== "")
    .map((part): Part => {
      if (!part.startsWith(OPEN)) return part;
      return { node: (part[1] === "n" ? event.node : event.other) ?? "", name: part.slice(2, -1) };
    });
}

/** An event as one plain sentence: for copies, screen readers and the status line. */
export const sentence = (event: RunEvent, words: Words, nameOf: NameOf): string =>
  sentenceParts(event, words, nameOf)
    .map((part) => (typeof part === "string" ? part : part.name))
    .join("");

/** How loud an event is. `everyday` happens for every message; `bad` means that a message ended without being processed or something broke. */
export type Weight = "everyday" | "notable" | "bad";

const EVERYDAY = new Set([
  "half",
  "delay",
  "publish",
  "route",
  "enqueue",
  "deliver",
  "arrive",
  "ack",
  "confirm",
  "process",
]);
const BAD = new Set(["lost", "discard", "expire", "unroutable", "refuse", "fail", "error", "deny", "fault", "close"]);

export const weightOf = (kind: string): Weight => (EVERYDAY.has(kind) ? "everyday" : BAD.has(kind) ? "bad" : "notable");

/** Every kind, in the order of a filter menu: a message's life, then what can go wrong, then what people do. */
export const KINDS_SHOWN = [
  "publish",
  "route",
  "enqueue",
  "deliver",
  "arrive",
  "ack",
  "confirm",
  "process",
  "half",
  "check-back",
  "delay",
  "redeliver",
  "requeue",
  "retry",
  "duplicate",
  "dead-letter",
  "expire",
  "discard",
  "lost",
  "unroutable",
  "return",
  "refuse",
  "fail",
  "error",
  "block",
  "unblock",
  "deny",
  "cancel",
  "close",
  "commit",
  "rebalance",
  "elect",
  "suspend",
  "rollback",
  "fault",
  "edit",
  "act",
  "alert",
] as const;
