export * from "./allocation.ts";
export { isTrue, type Properties, type SqlPart } from "./filter/sql-condition.ts";
export { SqlSyntaxError } from "./filter/sql-lexer.ts";
export { parseSql } from "./filter/sql-parser.ts";
export { SqlEvaluationError } from "./filter/sql-values.ts";
export * from "./filter/tag-filter.ts";
export * from "./java-hash.ts";
export * from "./pull.ts";
export * from "./queue-turn.ts";
