import type { Text } from "../../../../engine/scenario/index.ts";

/** A word of the field: what it is called, and two sentences about it. */
export interface Term {
  name: Text;
  card: Text;
}

export const TERMS: { readonly [id: string]: Term } = {};
