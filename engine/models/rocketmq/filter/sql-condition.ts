import { compareValues, isNumeric, isWhole, readDouble, SqlEvaluationError, type SqlValue } from "./sql-values.ts";

/** A message's properties; its tag is TAGS, its keys KEYS. */
export type Properties = (name: string) => string | undefined;

/** What a part of a condition is, as far as the language asks. */
export type PartKind = "constant" | "truth constant" | "property" | "condition" | "number";

/** A part of a condition, ready to be asked for its value. */
export interface SqlPart {
  readonly kind: PartKind;
  /** Of a constant. */
  readonly constant?: SqlValue;
  /** @throws SqlEvaluationError */
  value(properties: Properties): SqlValue;
}

export const constantPart = (constant: SqlValue): SqlPart => ({
  kind: constant === null || typeof constant === "boolean" ? "truth constant" : "constant",
  constant,
  value: () => constant,
});

export const propertyPart = (name: string): SqlPart => ({
  kind: "property",
  value: (properties) => properties(name) ?? null,
});

export const negatedPart = (part: SqlPart): SqlPart => ({
  kind: "number",
  value: (properties) => {
    const value = part.value(properties);
    if (!isNumeric(value)) return null;
    return isWhole(value) ? { ...value, whole: -value.whole } : -value;
  },
});

const condition = (value: (properties: Properties) => SqlValue): SqlPart => ({ kind: "condition", value });

/** A property where a condition must stand: no text is a truth, so it is false, or unknown if it is not there. */
export const truthOf = (property: SqlPart): SqlPart =>
  condition((properties) => {
    const value = property.value(properties);
    return value === null ? null : value === true;
  });

export const notPart = (part: SqlPart): SqlPart =>
  condition((properties) => {
    const value = part.value(properties);
    return value === null ? null : !value;
  });

/** False decides, also beside an unknown; the right side is not asked then, so it cannot fail. */
export const andPart = (left: SqlPart, right: SqlPart): SqlPart =>
  condition((properties) => {
    const first = left.value(properties);
    if (first === false) return false;
    const second = right.value(properties);
    if (second === false) return false;
    return first === null || second === null ? null : true;
  });

export const orPart = (left: SqlPart, right: SqlPart): SqlPart =>
  condition((properties) => {
    const first = left.value(properties);
    if (first === true) return true;
    const second = right.value(properties);
    if (second === true) return true;
    return first === null || second === null ? null : false;
  });

/** Equality; unknown if the left side is missing, false if only the right side is, true if both are. */
export const equalPart = (left: SqlPart, right: SqlPart): SqlPart =>
  condition((properties) => {
    const first = left.value(properties);
    const second = right.value(properties);
    if (first === null) return second === null ? true : null;
    if (second === null) return false;
    return compareValues(first, second) === 0;
  });

/** An order; two texts are compared as numbers, or not at all. */
export const orderPart = (left: SqlPart, right: SqlPart, accepts: (order: number) => boolean): SqlPart =>
  condition((properties) => {
    const first = left.value(properties);
    if (first === null) return null;
    const second = right.value(properties);
    if (second === null) return null;
    if (typeof first === "string" && typeof second === "string") {
      return accepts(compareValues(readDouble(first), readDouble(second)));
    }
    return accepts(compareValues(first, second));
  });

export const inPart = (property: SqlPart, texts: readonly string[], isNegated: boolean): SqlPart =>
  condition((properties) => {
    const value = property.value(properties);
    return typeof value === "string" ? texts.includes(value) !== isNegated : null;
  });

/** CONTAINS, STARTSWITH, ENDSWITH and their contraries: all of them false, not unknown, where there is no text. */
export const textPart = (part: SqlPart, accepts: (text: string) => boolean): SqlPart =>
  condition((properties) => {
    const value = part.value(properties);
    return typeof value === "string" && accepts(value);
  });

/** Whether a message is delivered: only if its condition is true; one whose evaluation fails is not. */
export function isTrue(part: SqlPart, properties: Properties): boolean {
  try {
    return part.value(properties) === true;
  } catch (error) {
    if (error instanceof SqlEvaluationError) return false;
    throw error;
  }
}
