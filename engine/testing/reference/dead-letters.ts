import { put } from "./queues.ts";
import { route } from "./routing.ts";
import type { Args, Death, Message, Queue, Stored } from "./state.ts";
import { BeyondReference, findExchange, textOf, type World } from "./world.ts";

/** More dead letters than any script can cause in one step, unless they go round. */
const LETTERS_MAX = 200;

/**
 * A message dies in a queue and goes on to the dead-letter exchange, if there is one. It has already been taken out. Its new queue gets it when everybody has done what they are at: after what
 * was published together with it.
 */
export function deadLetter(w: World, queue: Queue, stored: Stored, reason: string): void {
  const name = textOf(queue, "dead-letter-exchange");
  const exchange = name === undefined ? undefined : findExchange(w, name);
  if (name === undefined || exchange === undefined) return;
  const letter = letterOf(w, queue, stored.message, name, reason);
  for (const target of route(w, exchange, letter)) {
    if (!isCycle(target, letter.deaths)) w.letters.push({ queue: target, message: letter });
  }
}

/** The dead letters arrive, in the order of dying; on their way more may die. @throws BeyondReference where they go round for ever, as they do in the broker */
export function arriveLetters(w: World): void {
  for (let count = 0; count < w.letters.length; count++) {
    if (count > LETTERS_MAX) throw new BeyondReference("an endless cycle");
    const { queue, message } = w.letters[count] as World["letters"][number];
    put(w, queue, message, null);
  }
  w.letters = [];
}

function letterOf(w: World, queue: Queue, message: Message, exchange: string, reason: string): Message {
  const key = textOf(queue, "dead-letter-routing-key");
  return {
    ...message,
    exchange,
    routingKey: key ?? message.routingKey,
    cc: key === undefined ? message.cc : [],
    bcc: key === undefined ? message.bcc : [],
    headers: key === undefined ? message.headers : without(message.headers, "CC"),
    expiration: undefined,
    deaths: recordDeath(w, queue, message, reason),
    firstDeath: message.firstDeath ?? { queue: queue.name, reason, exchange: message.exchange },
  };
}

function without(headers: Args, name: string): Args {
  return Object.fromEntries(Object.entries(headers).filter(([other]) => other !== name));
}

/** The newest event's entry first. 3.10 turns the others round each time. */
function recordDeath(w: World, queue: Queue, message: Message, reason: string): Death[] {
  const isSame = (death: Death) => death.queue === queue.name && death.reason === reason;
  const known = message.deaths.find(isSame);
  const others = message.deaths.filter((death) => !isSame(death));
  const entry: Death =
    known === undefined
      ? {
          queue: queue.name,
          reason,
          count: 1,
          exchange: message.exchange,
          routing_keys: [message.routingKey, ...message.cc],
          ...(message.expiration === undefined ? {} : { original_expiration: message.expiration }),
        }
      : { ...known, count: known.count + 1 };
  return [entry, ...(w.isVersion4 ? others : others.reverse())];
}

/** It has been there before, and nobody has rejected it since. */
function isCycle(target: Queue, deaths: readonly Death[]): boolean {
  const first = deaths.findIndex(({ queue }) => queue === target.name);
  return first >= 0 && !deaths.slice(0, first + 1).some(({ reason }) => reason === "rejected");
}
