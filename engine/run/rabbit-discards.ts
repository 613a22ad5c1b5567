import { discardReason } from "../models/model.ts";
import { EVENT } from "./event-log.ts";

const UNROUTABLE = discardReason("unroutable");
const EXPIRED = discardReason("expired");
const REFUSED = discardReason("refused");

/** What the events list calls it when a message is put away by a rule. @param reason as the model tells it */
export function discardEvent(reason: number): number {
  if (reason === UNROUTABLE) return EVENT.unroutable;
  if (reason === EXPIRED) return EVENT.expire;
  return reason === REFUSED ? EVENT.refuse : EVENT.discard;
}
