/** A RESP2 reply. Status and bulk strings are texts, nil is null, a map is a flat list of names and values. */
export type Reply = string | number | null | ErrorReply | readonly Reply[];

/** An error reply by its first word. */
export interface ErrorReply {
  readonly error: ErrorCode;
}

/** First words of error replies that the model gives. */
export type ErrorCode =
  | "ERR"
  | "WRONGTYPE"
  | "BUSYGROUP"
  | "NOGROUP"
  | "UNBLOCKED"
  | "EXECABORT"
  | "NOPERM"
  | "NOAUTH"
  | "WRONGPASS"
  | "OOM"
  | "READONLY"
  | "NOREPLICAS"
  | "MISCONF"
  | "NOPROTO";

export const OK = "OK";
export const EMPTY: readonly Reply[] = [];

/** A command that cannot be done. Thrown before anything has changed; the dispatcher makes the error reply of it. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly code: ErrorCode;

  constructor(code: ErrorCode) {
    super(code);
    this.code = code;
  }
}

export const refuse = (code: ErrorCode = "ERR"): never => {
  throw new Refused(code);
};

export const isError = (reply: Reply): reply is ErrorReply =>
  typeof reply === "object" && reply !== null && !Array.isArray(reply);
