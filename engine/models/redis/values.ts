import { HandleList } from "./handle-list.ts";
import type { StreamValue } from "./stream-value.ts";
import type { ZsetValue } from "./zset-value.ts";

export class ListValue {
  readonly type = "list";
  elements: HandleList = new HandleList();
}

export class StringValue {
  readonly type = "string";
  text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Value = ListValue | StringValue | ZsetValue | StreamValue;
export type ValueType = Value["type"];

/** A key that exists. Lists and sorted sets are never empty; a stream may be. */
export class Entry {
  /** Database and name: `0:q`. */
  readonly id: string;
  readonly db: number;
  readonly name: string;
  value: Value;
  /** Virtual µs, Infinity = never. */
  expiresAt = Number.POSITIVE_INFINITY;

  constructor(db: number, name: string, value: Value) {
    this.id = keyId(db, name);
    this.db = db;
    this.name = name;
    this.value = value;
  }
}

export const keyId = (db: number, name: string): string => `${db}:${name}`;
export const nameOf = (id: string): string => id.slice(id.indexOf(":") + 1);

/** The key of a blocked or watching client: database and name of an id. */
export const dbOf = (id: string): number => Number(id.slice(0, id.indexOf(":")));
