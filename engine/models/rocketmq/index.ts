export * from "./allocation.ts";
export {
  CLIENT_DEFAULTS,
  type ClientSettings,
  type ConsumeFrom,
  PUSH_DEFAULTS,
  type PushConfig,
  type Wanted,
} from "./consumer/consumer-config.ts";
export { DROP_REASONS as ROCKET_DROP_REASONS, type RocketConsumerSink } from "./consumer/consumer-sink.ts";
export type {
  Popped,
  PopRequest,
  PullAnswer,
  RocketConsumersFacade,
  RocketMember,
  Task as ListenerTask,
} from "./consumer/facade.ts";
export { RocketConsumers } from "./consumer/rocket-consumers.ts";
export type { ConsumersCluster } from "./consumer/site.ts";
export type { StrategyPlan } from "./consumer/strategies.ts";
export * from "./delay-levels.ts";
export { isTrue, type Properties, type SqlPart } from "./filter/sql-condition.ts";
export { SqlSyntaxError } from "./filter/sql-lexer.ts";
export { parseSql } from "./filter/sql-parser.ts";
export { SqlEvaluationError } from "./filter/sql-values.ts";
export * from "./filter/tag-filter.ts";
export * from "./java-hash.ts";
export * from "./pull.ts";
export { QueueBuffer } from "./queue-buffer.ts";
export * from "./queue-turn.ts";
export { EVERYTHING } from "./seam.ts";
