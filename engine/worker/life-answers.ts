import { ledgerPicture } from "../run/ledger-picture.ts";
import { peek } from "../run/peek.ts";
import type { Run } from "../run/run.ts";
import { findMessages, messageOfToken, traceOf } from "../run/trace.ts";
import type { FromEngine, ToEngine } from "./protocol.ts";

type Asked = Extract<ToEngine, { type: "trace" | "messages" | "messageAt" | "ledger" | "peek" }>;

/** Messages found at once at most. */
const FOUND_MAX = 200;

/** Answers what is asked about single messages and the account of all. */
export function lifeAnswer(run: Run, runId: number, asked: Asked): FromEngine {
  const { request } = asked;
  switch (asked.type) {
    case "trace":
      return { type: "trace", runId, request, trace: traceOf(run, asked.message) };
    case "messages": {
      const messages = findMessages(run, asked.text, Math.min(asked.limit, FOUND_MAX));
      return { type: "messages", runId, request, messages };
    }
    case "messageAt": {
      const message = messageOfToken(run, asked.edge, asked.departure, asked.look);
      return { type: "messageAt", runId, request, message };
    }
    case "ledger":
      return { type: "ledger", runId, request, ledger: ledgerPicture(run) };
    case "peek":
      return { type: "peeked", runId, request, messages: peek(run, asked.target) };
  }
}
