/** The version that this code writes. */
export const SCENARIO_VERSION = 1;

type Document = { [name: string]: unknown };

/**
 * One step per past version: `MIGRATIONS[n]` turns a document of version n into version n + 1. A document of version 1 needs none; the first incompatible change adds
 * the first entry here, with a golden file of the version it leaves behind.
 */
const MIGRATIONS: { readonly [from: number]: (document: Document) => Document } = {};

export type Migrated =
  | { state: "current"; document: Document }
  /** Made with a newer version than this one; `document` is what it was. */
  | { state: "newer"; version: number; document: Document }
  | { state: "unknown"; version: unknown };

/** Brings a document of any past version to the present one, without touching what it was given. */
export function migrate(document: Document): Migrated {
  const { v } = document;
  if (typeof v !== "number" || !Number.isInteger(v) || v < 1) return { state: "unknown", version: v };
  if (v > SCENARIO_VERSION) return { state: "newer", version: v, document };
  let current = document;
  for (let version = v; version < SCENARIO_VERSION; version++) {
    const step = MIGRATIONS[version];
    if (step === undefined) return { state: "unknown", version };
    current = step(current);
  }
  return { state: "current", document: current };
}
