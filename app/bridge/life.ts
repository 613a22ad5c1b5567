import type { FoundMessage, LedgerPicture, MessageTrace, PeekedMessage } from "../../engine/worker/protocol.ts";
import { engine } from "./engine-client.ts";

/** What the page asks about single messages and about the account of all. Every question may fail with StaleRun: another run has begun. */

/** The life of one message, by its number. */
export async function askTrace(message: number): Promise<MessageTrace | null> {
  const answer = await engine.ask({ type: "trace", message });
  return answer.type === "trace" ? answer.trace : null;
}

/** Messages by number, key or routing key (all when empty), newest first. */
export async function askMessages(text: string, limit: number): Promise<FoundMessage[]> {
  const answer = await engine.ask({ type: "messages", text, limit });
  return answer.type === "messages" ? answer.messages : [];
}

/** The message that a token stands for. @returns 0 when its events are no longer kept */
export async function askMessageAt(token: { edge: number; departure: number; look: number }): Promise<number> {
  const answer = await engine.ask({ type: "messageAt", ...token });
  return answer.type === "messageAt" ? answer.message : 0;
}

export async function askLedger(): Promise<LedgerPicture | null> {
  const answer = await engine.ask({ type: "ledger" });
  return answer.type === "ledger" ? answer.ledger : null;
}

/** What is in a store, the head first, or what a wiretap on an edge has seen, the newest first. */
export async function askPeek(target: string): Promise<PeekedMessage[]> {
  const answer = await engine.ask({ type: "peek", target });
  return answer.type === "peeked" ? answer.messages : [];
}
