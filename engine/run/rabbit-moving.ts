import { discardReason } from "../models/model.ts";
import { extrasOf } from "../models/rabbitmq/index.ts";
import { END_DISCARDED } from "./ledger.ts";
import type { RabbitHost } from "./rabbit-host.ts";

const SUPERSEDED = discardReason("superseded");

/**
 * Dead letters go back to the queue where each died first, as a shovel takes them there: got, published to that queue by its name, and only then acknowledged. What died elsewhere
 * than in a queue that is there stays. @param queue the broker's id @param otherwise name of the queue for those that do not say where they died @returns how many went
 */
export function moveBack(host: RabbitHost, queue: number, otherwise: string | null): number {
  const { core, model } = host;
  const { store } = core;
  const channel = host.adminChannel();
  let moved = 0;
  // Those that cannot go would come again: only as many are looked at as there are.
  for (let left = model.ready(queue); left > 0; left--) {
    host.got = null;
    model.get(channel, queue, false, host.tick(), host);
    const got = host.got as { tag: number; copy: number } | null;
    if (got === null) break;
    const { tag, copy } = got;
    const home = extrasOf(store, copy)?.firstDeath?.queue ?? otherwise;
    if (home === null || model.queueId(home) < 0 || model.queueId(home) === queue) {
      model.nack(channel, tag, false, true, host.tick(), host);
      break;
    }
    const again = store.clone(copy);
    core.ledger.copied(store, copy, again);
    const kind = store.kindOf(copy);
    store.setKind(again, store.intern({ ...kind, exchange: "", routingKey: home, mandatory: false }));
    model.publish(channel, 0, again, host.tick(), host);
    model.ack(channel, tag, false, host.tick(), host);
    core.end(copy, END_DISCARDED, SUPERSEDED);
    moved++;
  }
  host.got = null;
  return moved;
}
