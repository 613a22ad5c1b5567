import { ReferenceBroker } from "../reference/broker.ts";
import type { Seen, Step } from "../reference/state.ts";
import { BeyondReference } from "../reference/world.ts";

/**
 * A step of a script, that makes sense whatever happened before: `nth` stands for a delivery tag, the nth that the channel can still answer (from 0, counted round), or the next channel that
 * has any; channels that have been closed are opened again; what could only be refused is left out, unless the move is `bold`.
 */
export type Move = Step & { readonly nth?: number; readonly bold?: boolean };

export interface Script {
  readonly version: "3.10" | "4";
  readonly moves: readonly Move[];
}

/** What a queue holds. */
export interface Holds {
  readonly ready: readonly string[];
  readonly unacked: number;
  readonly consumers: number;
}

/** A broker that the reference is compared with. */
export interface Side {
  perform(step: Step): readonly Seen[];
  contents(): Record<string, Holds>;
}
export type MakeSide = (version: Script["version"]) => Side;

/** Where the two differ. */
export interface Difference {
  /** What was done, the last step being the one that shows it. */
  readonly performed: readonly Step[];
  readonly what: string;
  readonly expected: string;
  readonly got: string;
}

export interface Outcome {
  readonly commands: number;
  readonly difference: Difference | null;
  /** It came to something that is beyond the reference, and ended there. */
  readonly isCut: boolean;
}

/** The connection each channel of a script belongs to. */
const CONNECTIONS: Record<string, string> = { ch1: "c1", ch2: "c1", ch3: "c2", ch4: "c3" };
const MOVES_OF_QUEUES = /^(queue\.(bind|unbind|purge)|basic\.(get|consume))$/;

/** Plays a script on both sides and compares what clients see and what the queues hold, after every step. */
export function play({ version, moves }: Script, makeSide: MakeSide): Outcome {
  const reference = new ReferenceBroker(version);
  const side = makeSide(version);
  const performed: Step[] = [];
  const outcome = (difference: Difference | null, isCut = false) => ({ commands: performed.length, difference, isCut });
  try {
    for (const move of moves) {
      for (const step of stepsOf(move, reference)) {
        performed.push(step);
        const difference = compare(step, reference, side, performed);
        if (difference !== null) return outcome(difference);
      }
    }
  } catch (error) {
    if (error instanceof BeyondReference) return outcome(null, true);
    throw error;
  }
  return outcome(null);
}

function stepsOf(move: Move, reference: ReferenceBroker): Step[] {
  const { nth, bold, ...asked } = move;
  const step = nth === undefined ? asked : { ...asked, ...answerable(String(move.channel), nth, reference) };
  const name = typeof step.channel === "string" ? step.channel : undefined;
  if (name === undefined) {
    const isOpen = typeof move.connection !== "string" || reference.isConnected(move.connection);
    return isOpen ? [step] : [];
  }
  const steps: Step[] = [];
  if (!reference.isOpen(name)) {
    const connection = CONNECTIONS[name] as string;
    if (!reference.isConnected(connection)) steps.push({ op: "connection.open", connection });
    steps.push({ op: "channel.open", channel: name, connection });
  }
  if (bold !== true && isRefused(step, name, reference)) return [];
  return nth !== undefined && step.tag === undefined ? [] : [...steps, step];
}

/** The nth tag of the channel, or of the first one after it that has any. */
function answerable(channel: string, nth: number, reference: ReferenceBroker): { channel: string; tag?: number } {
  const names = Object.keys(CONNECTIONS);
  const at = names.indexOf(channel);
  for (const name of [...names.slice(at), ...names.slice(0, at)]) {
    const tags = reference.openTags(name);
    if (tags.length > 0) return { channel: name, tag: tags[nth % tags.length] as number };
  }
  return { channel };
}

/** Whether the step would only close the channel. */
function isRefused(step: Step, channel: string, reference: ReferenceBroker): boolean {
  const state = reference.channelNamed(channel);
  const isTransactional = state?.isOpen === true && state.transaction !== null;
  if (step.op === "tx.commit" || step.op === "tx.rollback") return !isTransactional;
  if (step.op === "confirm.select") return isTransactional;
  if (step.op === "tx.select") return state?.isOpen === true && state.isConfirming;
  if (step.op === "basic.cancel") return !reference.isVersion4 && isActive(step, channel, reference);
  const has = (list: readonly { name: string }[], name: unknown) => list.some((one) => one.name === name);
  if (step.op === "basic.publish") return !has(reference.exchanges, step.exchange);
  if (step.op.startsWith("exchange.") && !step.op.startsWith("exchange.de")) {
    return !has(reference.exchanges, step.source) || !has(reference.exchanges, step.destination);
  }
  if (!MOVES_OF_QUEUES.test(step.op)) return false;
  return (
    !has(reference.queues, step.queue) || (step.exchange !== undefined && !has(reference.exchanges, step.exchange))
  );
}

/** In 3.x a classic queue fails when its active consumer is cancelled before the others, and then something is published: not in the reference. */
const isActive = (step: Step, channel: string, reference: ReferenceBroker): boolean =>
  reference.queues.some(
    ({ type, active, args }) =>
      args["x-single-active-consumer"] === true &&
      type === "classic" &&
      active?.tag === step.consumer &&
      active?.channel.name === channel,
  );

function compare(step: Step, reference: ReferenceBroker, side: Side, performed: readonly Step[]): Difference | null {
  const expected = reference.perform(step);
  const holds = reference.contents();
  try {
    const got = side.perform(step);
    return (
      differenceOf("what clients see", expected, got, performed) ??
      differenceOf("what queues hold", holds, side.contents(), performed)
    );
  } catch (error) {
    return { performed: [...performed], what: "a check", expected: "nothing", got: String((error as Error).stack) };
  }
}

function differenceOf(what: string, expected: unknown, got: unknown, performed: readonly Step[]): Difference | null {
  const [a, b] = [canonical(expected), canonical(got)];
  return a === b ? null : { performed: [...performed], what, expected: a, got: b };
}

/** JSON with the fields in order of their names. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
