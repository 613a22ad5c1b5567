import { TEXT_LENGTH_MAX } from "../fields.ts";
import type { KindSpec } from "./kind.ts";

export const NOTE = {
  kind: "note",
  group: "annotate",
  shape: "note",
  glyph: "sticky-note",
  defaultName: "note",
  size: { w: 12, h: 6 },
  ports: { in: [], out: [] },
  modelled: false,
  fields: [{ name: "text", type: "localText", max: TEXT_LENGTH_MAX, default: "", group: "basic" }],
} as const satisfies KindSpec;

/** A plain frame: a heading and a border around nodes that belong together. Its heading is its name unless a title is given. */
export const FRAME = {
  kind: "frame",
  group: "annotate",
  shape: "frame",
  glyph: "frame",
  defaultName: "frame",
  size: { w: 30, h: 18 },
  ports: { in: [], out: [] },
  container: true,
  modelled: false,
  fields: [{ name: "title", type: "localText", max: TEXT_LENGTH_MAX, default: "", group: "basic" }],
} as const satisfies KindSpec;
