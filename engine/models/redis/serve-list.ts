import { lineOf, unblock } from "./blocking.ts";
import type { ClientState, WaitingForList } from "./client-state.ts";
import { dropIfEmpty, move, take } from "./list-moves.ts";
import { passOn } from "./replication.ts";
import { Refused, type Reply } from "./replies.ts";
import type { Site } from "./site.ts";
import { dbOf, type Entry, type ListValue, nameOf } from "./values.ts";

/** Gives elements to the clients that wait for this list, each from its own end, until there are none left. */
export function serveList(at: Site, entry: Entry, list: ListValue): void {
  for (const client of lineOf(at.m, at.server, entry.id)) {
    const { waiting } = client;
    if (waiting?.kind !== "list") continue;
    const reply = serveOne(at, entry, list, client, waiting);
    unblock(at.server, client);
    at.out.reply(client.id, reply);
    if (dropIfEmpty(at, entry.id, list)) return;
  }
}

function serveOne(at: Site, entry: Entry, list: ListValue, client: ClientState, waiting: WaitingForList): Reply {
  const { id: key, db, name } = entry;
  const { m } = at;
  if (waiting.target !== null) return serveMove(at, entry, list, client, waiting, waiting.target);
  const count = Math.min(Math.max(1, waiting.count), list.elements.count);
  const texts: string[] = [];
  for (let i = 0; i < count; i++) {
    const copy = take(list, waiting.from);
    texts.push(m.text(copy));
    at.popped(client.id, key, copy);
  }
  passOn(at, db, [waiting.from === "left" ? "LPOP" : "RPOP", name, String(count)], []);
  return waiting.count === 0 ? [name, texts[0] as string] : [name, texts];
}

/** A blocked BLMOVE whose target is no list gets the error; the element stays for others. */
function serveMove(
  at: Site,
  entry: Entry,
  list: ListValue,
  client: ClientState,
  waiting: WaitingForList,
  target: string,
): Reply {
  try {
    const from = { key: entry.id, list, end: waiting.from };
    const copy = move(at, client.id, from, { key: target, end: waiting.to });
    const ends = [waiting.from.toUpperCase(), waiting.to.toUpperCase()];
    passOn(at, dbOf(target), ["LMOVE", entry.name, nameOf(target), ...ends], []);
    return at.m.text(copy);
  } catch (error) {
    if (error instanceof Refused) return { error: error.code };
    throw error;
  }
}
