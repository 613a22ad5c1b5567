import type { Table } from "../messages.ts";
import { tableText } from "./values.ts";

/** What makes a binding: its two ends, its key and its arguments. Bound twice is bound once. */
export const bindingText = (source: number, kind: number, destination: number, key: string, args: Table): string =>
  `${source}>${kind}>${destination}>${JSON.stringify(key)}>${tableText(args)}`;
