import type { MessageStore } from "../../messages.ts";
import type { BrokerFilter } from "../seam.ts";
import { isTrue, type Properties, type SqlPart } from "./sql-condition.ts";
import { SqlSyntaxError } from "./sql-lexer.ts";
import { parseSql } from "./sql-parser.ts";
import { tagSubscription } from "./tag-filter.ts";

const NO_HASHES: ReadonlySet<number> = new Set();

/** The filter of a subscription. @returns null for tags that are no tags; a condition is not looked at here */
export function brokerFilter(expression: string, isSql: boolean): BrokerFilter | null {
  if (isSql) return { isAll: false, hashes: NO_HASHES, sql: expression };
  const subscription = tagSubscription(expression);
  return subscription === null ? null : { isAll: subscription.isAll, hashes: subscription.hashes, sql: "" };
}

/** Conditions that were read before. A memory of a pure function: it is no part of any state. */
const conditions = new Map<string, SqlPart | null>();
const CONDITIONS_MAX = 256;

/** @returns null for a condition that cannot be read */
export function conditionOf(sql: string): SqlPart | null {
  const known = conditions.get(sql);
  if (known !== undefined) return known;
  if (conditions.size === CONDITIONS_MAX) conditions.clear();
  const condition = readCondition(sql);
  conditions.set(sql, condition);
  return condition;
}

function readCondition(sql: string): SqlPart | null {
  try {
    return parseSql(sql);
  } catch (error) {
    if (error instanceof SqlSyntaxError) return null;
    throw error;
  }
}

/** A message's properties are the headers of its kind; its tag is TAGS. */
export function passesCondition(condition: SqlPart, store: MessageStore, handle: number, tag: string): boolean {
  const { headers } = store.kindOf(handle);
  const properties: Properties = (name) => {
    if (name === "TAGS") return tag === "" ? undefined : tag;
    const value = headers?.[name];
    return value === undefined || value === null ? undefined : String(value);
  };
  return isTrue(condition, properties);
}
