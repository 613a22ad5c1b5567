export { ROCKET_AREAS, ROCKET_FEATURES, ROCKET_SIMPLIFICATIONS, type RocketFeature } from "./about.ts";
export * from "./allocation.ts";
export { BROKER_DEFAULTS, type BrokerSettings, brokerSettings } from "./broker-settings.ts";
export type { BrokerAction } from "./brokers.ts";
export { RocketCluster } from "./cluster.ts";
export {
  type ClientSettings,
  type ConsumeFrom,
  PUSH_DEFAULTS,
  type PushConfig,
  type Wanted,
} from "./consumer/consumer-config.ts";
export type { RocketConsumerSink } from "./consumer/consumer-sink.ts";
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
export { PRODUCER_DEFAULTS, type ProducerConfig, producerConfig } from "./producer-config.ts";
export type { PullStatus } from "./pull.ts";
export { QueueBuffer } from "./queue-buffer.ts";
export { resend } from "./resend.ts";
export {
  type BrokerFilter,
  type ClusterView,
  type ClusterWatcher,
  EVERYTHING,
  type GroupsAtBroker,
  READ_FORBIDDEN,
  READ_NO_QUEUE,
  TIMERS_OF_CONSUMERS,
} from "./seam.ts";
export { ASYNC, ONEWAY, type SendMode, SYNC } from "./send-request.ts";
export { blankMessage, type OutgoingMessage } from "./sends.ts";
export { type ClusterSink, SEND_OK, SEND_STATUSES } from "./sink.ts";
export type { TopicPlan } from "./topics.ts";
