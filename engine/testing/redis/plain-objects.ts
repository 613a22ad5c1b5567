/** What the slow reference keeps: texts and plain lists, looked through from the start each time. */

export type Json = string | number | null | { readonly error: string } | readonly Json[];

export interface PlainPending {
  readonly id: number;
  consumer: string;
  at: number;
  count: number;
}

export interface PlainGroup {
  last: number;
  pending: PlainPending[];
  consumers: Set<string>;
}

/** Ids of the reference's streams are `n-0`: it knows only n. */
export interface PlainStream {
  readonly kind: "stream";
  entries: { readonly id: number; readonly message: string }[];
  last: number;
  groups: Map<string, PlainGroup>;
}

export interface PlainList {
  readonly kind: "list";
  items: string[];
}

export interface PlainSet {
  readonly kind: "zset";
  members: { readonly member: string; readonly score: number }[];
}

export type PlainValue = PlainList | PlainStream | PlainSet;

/** A client that waits: tried again whenever one of its keys has become ready. */
export interface PlainWait {
  readonly keys: readonly string[];
  readonly until: number;
  readonly kind: PlainValue["kind"];
  /** Of a group: it is told when its stream goes. */
  readonly isMember: boolean;
  /** @returns undefined when there is nothing for it here */
  readonly attempt: (key: string) => Json | undefined;
}

export interface PlainClient {
  readonly name: string;
  wait: PlainWait | null;
  queue: (readonly string[])[] | null;
  watched: Set<string>;
  isDirty: boolean;
  channels: string[];
  patterns: string[];
}

export class PlainError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

export const fail = (code = "ERR"): never => {
  throw new PlainError(code);
};
