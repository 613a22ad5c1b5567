import type { Table, TableValue } from "../messages.ts";
import { INTERNAL_ERROR, PRECONDITION_FAILED } from "./errors.ts";
import { TIME_MS_MAX } from "./kinds.ts";
import { CLASSIC, QUORUM, STREAM } from "./queue-state.ts";
import { isFloating, isInteger, plainValue, valueText } from "./values.ts";

/** Arguments of queues and consumers: which the broker knows, which type of queue takes which, which values pass. semantics/rabbitmq §3. */

type Check = (value: TableValue) => boolean;

const isCount: Check = (value) => isInteger(value) && value >= 0;
const isPositive: Check = (value) => isInteger(value) && value > 0;
const isText: Check = (value) => typeof value === "string";
const isBoolean: Check = (value) => typeof value === "boolean";
const isMs: Check = (value) => isInteger(value) && value >= 0 && value <= TIME_MS_MAX;
const oneOf =
  (...words: string[]): Check =>
  (value) =>
    typeof value === "string" && words.includes(value);

const CHECKS: Record<string, Check> = {
  "x-queue-type": oneOf("classic", "quorum", "stream"),
  "x-message-ttl": isMs,
  "x-expires": (value) => isMs(value) && value !== 0,
  "x-max-length": isCount,
  "x-max-length-bytes": isCount,
  "x-max-in-memory-length": isCount,
  "x-max-in-memory-bytes": isCount,
  "x-overflow": oneOf("drop-head", "reject-publish", "reject-publish-dlx"),
  "x-dead-letter-exchange": isText,
  "x-dead-letter-routing-key": isText,
  "x-dead-letter-strategy": oneOf("at-most-once", "at-least-once"),
  "x-max-priority": (value) => isCount(value) && (value as number) <= 255,
  "x-single-active-consumer": isBoolean,
  "x-delivery-limit": isCount,
  "x-queue-mode": oneOf("default", "lazy"),
  "x-queue-version": (value) => value === 1 || value === 2,
  "x-quorum-initial-group-size": isPositive,
  "x-initial-cluster-size": isPositive,
  "x-max-age": (value) => typeof value === "string" && (ageMicros(value) ?? 0) > 0,
  "x-stream-max-segment-size-bytes": isCount,
  "x-queue-leader-locator": oneOf("client-local", "balanced", "random", "least-leaders"),
  "x-queue-master-locator": () => true,
  "x-consumer-timeout": isPositive,
};

const EVERYWHERE = ["x-queue-type", "x-max-length-bytes", "x-consumer-timeout"];
const LIVING = [
  ...EVERYWHERE,
  "x-message-ttl",
  "x-expires",
  "x-max-length",
  "x-overflow",
  "x-dead-letter-exchange",
  "x-dead-letter-routing-key",
  "x-single-active-consumer",
];
const TAKEN: readonly (readonly string[])[] = [
  [...LIVING, "x-max-priority", "x-queue-mode", "x-queue-version", "x-queue-master-locator"],
  [
    ...LIVING,
    "x-dead-letter-strategy",
    "x-delivery-limit",
    "x-max-in-memory-length",
    "x-max-in-memory-bytes",
    "x-quorum-initial-group-size",
    "x-queue-leader-locator",
  ],
  [...EVERYWHERE, "x-max-age", "x-stream-max-segment-size-bytes", "x-initial-cluster-size", "x-queue-leader-locator"],
];

/** @returns CLASSIC, QUORUM, STREAM; −1 for a type that does not exist */
export function queueTypeOf(args: Table): number {
  const word = plainValue(args["x-queue-type"] ?? "classic");
  return word === "classic" ? CLASSIC : word === "quorum" ? QUORUM : word === "stream" ? STREAM : -1;
}

/**
 * Known arguments must have a value of their kind and belong to the type of queue; unknown ones are kept and ignored. @returns the reply code of a refusal, 0 = none
 * (rabbit_amqqueue: check_declare_arguments)
 */
export function refuseQueueArguments(type: number, args: Table, isVersion4: boolean): number {
  const names = Object.keys(CHECKS).filter((name) => args[name] !== undefined);
  const isTaken = (name: string): boolean =>
    TAKEN[type]?.includes(name) === true || (isVersion4 && name === "x-queue-leader-locator");
  // First the values of what the type takes, then what it does not take.
  for (const name of names.filter(isTaken)) {
    const given = args[name] as TableValue;
    const value = plainValue(given);
    // −1 turns the limit off from 4.0 on; before, nobody looks at the value.
    const isOff = name === "x-delivery-limit" && (!isVersion4 || value === -1);
    if (isOff || (!isFloating(given) && CHECKS[name]?.(value))) continue;
    return name === "x-max-age" && isNoNumber(value) ? INTERNAL_ERROR : PRECONDITION_FAILED;
  }
  if (!names.every(isTaken)) return PRECONDITION_FAILED;
  const hasExchange = args["x-dead-letter-exchange"] !== undefined;
  if (args["x-dead-letter-routing-key"] !== undefined && !hasExchange) return PRECONDITION_FAILED;
  // Where the queue is to live is not looked at before it is made: the maker fails over a word that it does not know.
  const locator = args["x-queue-master-locator"];
  const isLost = locator !== undefined && !isVersion4 && !MASTER_LOCATORS.includes(String(plainValue(locator)));
  return isLost ? INTERNAL_ERROR : 0;
}

const MASTER_LOCATORS = ["client-local", "min-masters", "random"];

/** An age is taken for a number and a unit; without the number its reader fails (rabbit_amqqueue: check_max_age). */
const isNoNumber = (value: TableValue): boolean => typeof value === "string" && !/^\d/.test(value);

/** Not an argument of 3.10; nobody compares it. */
const UNCOMPARED = ["x-consumer-timeout"];

/**
 * Equal as far as a second declaration of a queue is concerned: only arguments that its type knows count, a void one too (rabbit_amqqueue: assert_args_equivalence). A classic queue
 * need not say that it is one.
 */
export function sameQueueArguments(type: number, a: Table, b: Table): boolean {
  const names = TAKEN[type] ?? [];
  return areSame(
    a,
    b,
    names.filter((name) => !UNCOMPARED.includes(name)),
  );
}

/** Of an exchange nothing but the alternate counts (rabbit_exchange: assert_args_equivalence). */
export const sameExchangeArguments = (a: Table, b: Table): boolean => areSame(a, b, ["alternate-exchange"]);

function areSame(a: Table, b: Table, names: readonly string[]): boolean {
  return names.every((name) => {
    const fallback: TableValue | undefined = name === "x-queue-type" ? "classic" : undefined;
    const [x = fallback, y = fallback] = [a[name], b[name]];
    if (x === undefined || y === undefined) return x === y;
    return isFloating(x) === isFloating(y) && valueText(x) === valueText(y);
  });
}

/** @returns the reply code of a refusal, 0 = none */
export function refuseConsumeArguments(type: number, args: Table): number {
  const cancels = args["x-cancel-on-ha-failover"];
  if (cancels !== undefined && !isBoolean(plainValue(cancels))) return PRECONDITION_FAILED;
  const priority = args["x-priority"];
  const isFine = priority === undefined || (isInteger(plainValue(priority)) && !isFloating(priority));
  if (!isFine || (priority !== undefined && type === STREAM)) return PRECONDITION_FAILED;
  const offset = args["x-stream-offset"];
  if (offset === undefined) return 0;
  if (type !== STREAM) return PRECONDITION_FAILED;
  // What is no offset at all is not checked: the client's channel fails over it.
  return isStreamOffset(offset) ? 0 : INTERNAL_ERROR;
}

function isStreamOffset(value: TableValue): boolean {
  if (isFloating(value)) return false;
  if (value !== null && typeof value === "object" && "!" in value) return typeof value.value === "number";
  if (typeof value === "number") return isInteger(value);
  return typeof value === "string" && (["first", "last", "next"].includes(value) || ageMicros(value) !== null);
}

const UNIT_SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600, D: 86_400, M: 2_592_000, Y: 31_536_000 };

/** A length of time as streams write it: `7D`, `1h`. @returns µs, null when it is none */
export function ageMicros(text: string): number | null {
  const match = /^(\d+)([YMDhms])$/.exec(text);
  if (match === null) return null;
  return Number(match[1]) * (UNIT_SECONDS[match[2] as string] as number) * 1_000_000;
}
