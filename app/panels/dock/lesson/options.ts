import type { Text } from "../../../../engine/scenario/index.ts";
import { EMPTY_TEXT } from "./edit-lesson.ts";

/** Of a prediction or a quiz there is something to choose only from two on. */
export const OPTIONS_MIN = 2;

/** The options, and as many without words behind them as are missing. */
export function enough<Option extends { text: Text }>(options: readonly Option[]): (Option | { text: Text })[] {
  const missing = Math.max(0, OPTIONS_MIN - options.length);
  return [...options, ...Array.from({ length: missing }, () => ({ text: EMPTY_TEXT }))];
}

/** Whether the form can show the options: what is written as data may be anything. */
export const hasReadableOptions = ({ options = [] }: { options?: readonly unknown[] }): boolean =>
  Array.isArray(options) &&
  options.every((one: unknown) => {
    const text = typeof one === "object" && one !== null && "text" in one ? one.text : null;
    return typeof text === "object" && text !== null && "en" in text && "zh" in text;
  });
