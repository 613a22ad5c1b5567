import type { FieldSpec } from "../fields.ts";
import type { EdgeKind, NodeKind, System } from "../types.ts";

/** One kind of node, as data. Words are in the text table: `kinds.<kind>`. */
export interface KindSpec {
  readonly kind: NodeKind;
  /** Group of the palette. */
  readonly group: "clients" | "rabbitmq" | "kafka" | "rocketmq" | "redis" | "zeromq" | "annotate";
  /** The message system it is part of; none for clients and annotations. */
  readonly system?: System;
  readonly shape: "pentagon" | "diamond" | "pipe" | "lanes" | "hexagon" | "square" | "box" | "frame" | "note";
  /** Name of the icon drawn inside the shape. */
  readonly glyph: string;
  /** Stem of default names in every language: `queue` → `queue-1`. */
  readonly defaultName: string;
  /** Size when dropped, in grid steps of 16 px. */
  readonly size: { readonly w: number; readonly h: number };
  /** Edge kinds that may end and start here. */
  readonly ports: { readonly in: readonly EdgeKind[]; readonly out: readonly EdgeKind[] };
  /** Other nodes can stand inside. */
  readonly container?: true;
  /** The run executes it; what only annotates the picture is not. */
  readonly modelled: boolean;
  readonly fields: readonly FieldSpec[];
}

/** One kind of edge, as data. Words are in the text table: `kinds.<kind>`. */
export interface EdgeKindSpec {
  readonly kind: EdgeKind;
  /** Line on the canvas. */
  readonly line: "solid" | "dashed" | "dotted";
  readonly fields: readonly FieldSpec[];
}
