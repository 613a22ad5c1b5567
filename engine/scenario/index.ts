/** The scenario document: its shape, its schema as data, validation, connection rules, edits, problems and its short form. */
export * from "./fields.ts";
export type { Issue } from "./issue.ts";
export type { EdgeKindSpec, KindSpec } from "./kinds/kind.ts";
export { emptyScenario, helloQueue } from "./samples.ts";
export * from "./schema.ts";
export * from "./topology.ts";
export type * from "./types.ts";
export type * from "./values.ts";
