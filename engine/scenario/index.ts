/** The scenario document: its shape, its schema as data, validation, connection rules, edits, problems and its short form. */

export * from "./broker-arguments.ts";
export { clampToRange } from "./clamp.ts";
export * from "./clip.ts";
export { type Compact, compact, expand } from "./compact.ts";
export * from "./connection-rules.ts";
export { FIXES, type FixName, kindsBehind, REFUSALS, type Refusal, usualNext } from "./connection-table.ts";
export * from "./edit.ts";
export { type Edited, isSame, renameNode, resetSetting, setSetting } from "./edit-settings.ts";
export * from "./fields.ts";
export * from "./fixes.ts";
export type { Issue } from "./issue.ts";
export { type JsonFault, jsonFault } from "./json-place.ts";
export * from "./keys.ts";
export type { EdgeKindSpec, KindSpec } from "./kinds/kind.ts";
export { SCENARIO_VERSION } from "./migrations.ts";
export { FreshNames, idLetter } from "./names.ts";
export { PROBLEM_CODES, type Problem, type ProblemCode, problemsOf, QUICK_FIXES, quickFix } from "./problems.ts";
export { EDGES_MAX, NODES_MAX, PINS_MAX } from "./read.ts";
export { allows, compilePattern } from "./regular-expression.ts";
export { ISSUE_CODES, type IssueCode } from "./report.ts";
export { emptyScenario, helloQueue } from "./samples.ts";
export * from "./schema.ts";
export { hasWay, isMaker, SOCKET_PEERS, socketType, usualPeer } from "./sockets.ts";
export * from "./topology.ts";
export type * from "./types.ts";
export * from "./validate.ts";
export type * from "./values.ts";
