export {
  CONSUMER_DEFAULTS,
  type ConsumerConfig,
  GROUPS_DEFAULTS,
  type GroupsConfig,
  type OffsetReset,
} from "./consumer/consumer-config.ts";
export { consumerConfigOf, SettingError } from "./consumer/consumer-settings.ts";
export {
  type ConsumerSink,
  POSITION_REASONS,
  REBALANCE_REASONS,
} from "./consumer/consumer-sink.ts";
export type { Batch, ConsumersFacade, GroupDescription, MemberDescription } from "./consumer/facade.ts";
export { KafkaConsumers } from "./consumer/kafka-consumers.ts";
export type { AssignMember } from "./groups/assignor.ts";
export { type AssignorName, makeAssignor } from "./groups/assignors.ts";
export { compareByTopic as comparePartitions } from "./groups/partition-name.ts";
export { TOMBSTONE } from "./read-buffer.ts";
export type { ClusterView } from "./seam.ts";
