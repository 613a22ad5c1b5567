import type { Table } from "../messages.ts";
import { wireText } from "./values.ts";

/** What makes a binding: its two ends, its key and its arguments, types included. Bound twice is bound once. */
export const bindingText = (source: number, kind: number, destination: number, key: string, args: Table): string =>
  `${source}>${kind}>${destination}>${JSON.stringify(key)}>${wireText(args)}`;
