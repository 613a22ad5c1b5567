export {
  KAFKA_AREAS,
  KAFKA_FEATURES,
  KAFKA_SIMPLIFICATIONS,
  type KafkaFeature,
} from "./about.ts";
export { type BrokerAction, KafkaCluster } from "./cluster.ts";
export { BROKER_DEFAULTS, type BrokerSettings } from "./cluster-state.ts";
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
export { murmur2, partitionOfHash, utf8 } from "./murmur2.ts";
export { PRODUCER_DEFAULTS, type ProducerConfig, producerConfig } from "./producer-config.ts";
export type { OutgoingRecord } from "./producer-state.ts";
export { ReadBuffer, TOMBSTONE } from "./read-buffer.ts";
export type { ClusterView } from "./seam.ts";
export {
  type ClusterWatcher,
  type GroupMember,
  type GroupOffsets,
  type Isolation,
  READ_COMMITTED,
  READ_OK,
  READ_OUT_OF_RANGE,
  READ_UNAVAILABLE,
  READ_UNCOMMITTED,
  TIMERS_OF_CONSUMERS,
  TIMERS_OF_GROUPS,
} from "./seam.ts";
export type { ClusterSink } from "./sink.ts";
export { NO_HEADERS_BYTES } from "./sizes.ts";
export { TOPIC_DEFAULTS, type TopicSettings, topicSettings } from "./topic-settings.ts";
export type { TopicPlan } from "./topics.ts";
