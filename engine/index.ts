/** The engine's public face, for whoever runs a scenario: command line, bench, tests. */
import "./run/all-systems.ts";

export * from "./definitions/index.ts";

export { addStream, RandomStreams } from "./kernel/random.ts";
export { snapshotBytes } from "./kernel/snapshot.ts";
export { fromMs, type Micros, SECOND, seconds, toMs } from "./kernel/time.ts";
export {
  type Condition,
  type Course,
  type DoStep,
  type Evidence,
  hasPassed,
  judgeAll,
  LESSON_CODES,
  type Lesson,
  latestOf,
  measure,
  outcomeOption,
  readLesson,
  stateAt,
  withChange as withLessonChange,
} from "./lesson/index.ts";
export type { Estimate } from "./metrics/batch-means.ts";
export {
  type Budget,
  budgetOf,
  type Knob,
  type Measure,
  predicted,
  SEEDS_MAX,
  SWEEP_POINTS_MAX,
  SWEEP_SEEDS_MAX,
  type SweepPoint,
  seedsFrom,
  summarise,
  turned,
} from "./metrics/plan.ts";
export {
  METERED_KINDS,
  type MeteredKind,
  type MetricSpec,
  type MetricUnit,
  metricOf,
  metricsFor,
  partsAt,
} from "./metrics/vocabulary.ts";
export { HandleLedger } from "./models/handle-ledger.ts";
export * from "./models/kafka/index.ts";
export {
  DEAD_LETTER,
  type MessageKind,
  MessageStore,
  PLAIN_KIND,
  REDELIVERED,
  type Table,
  type TableValue,
} from "./models/messages.ts";
export { DISCARD_REASONS, LOSS_REASONS, type Meta } from "./models/model.ts";
export {
  ABOUT_AREAS,
  extrasOf,
  FEATURES,
  type Feature,
  GUEST,
  type Proof,
  plainTable,
  type RabbitConfig,
  RabbitModel,
  type RabbitSink,
  returnsOf,
  SIMPLIFICATIONS,
  visibleHeaders,
} from "./models/rabbitmq/index.ts";
export {
  type ErrorReply,
  idText,
  isError,
  messagesOf,
  REDIS_AREAS,
  REDIS_FEATURES,
  REDIS_SIMPLIFICATIONS,
  type RedisConfig,
  type RedisEntry,
  type RedisFeature,
  RedisModel,
  type RedisSink,
  type Reply,
  type ServerConfig,
  scoreText,
  settingOf,
} from "./models/redis/index.ts";
export {
  type AllocationStrategy,
  ASYNC,
  averagely,
  BROKER_DEFAULTS as ROCKET_BROKER_DEFAULTS,
  type BrokerAction as RocketBrokerAction,
  type BrokerSettings as RocketBrokerSettings,
  blankMessage,
  brokerSettings as rocketBrokerSettings,
  byCircle,
  byConfig,
  byMachineRoom,
  type ClusterSink as RocketSink,
  type ConsumersCluster,
  compareQueues,
  compareTexts,
  consistentHash,
  EVERYTHING,
  hashOfNumber,
  hashOfTag,
  hashOfText,
  isTrue,
  jumpHash,
  type MachineRooms,
  type MessageQueue,
  nearby,
  ONEWAY,
  type OutgoingMessage as RocketMessage,
  PUSH_DEFAULTS,
  type PushConfig,
  parseSql,
  passesBroker,
  passesClient,
  placeOfHash,
  producerConfig as rocketProducerConfig,
  QueueBuffer,
  READ_FORBIDDEN,
  READ_NO_QUEUE,
  ROCKET_AREAS,
  ROCKET_FEATURES,
  ROCKET_SIMPLIFICATIONS,
  RocketCluster,
  type RocketConsumerSink,
  RocketConsumers,
  type RocketFeature,
  SEND_OK,
  SEND_STATUSES,
  SqlEvaluationError,
  type SqlPart,
  SqlSyntaxError,
  type StrategyPlan,
  SYNC,
  TIMERS_OF_CONSUMERS as TIMERS_OF_ROCKET_CONSUMERS,
  tagSubscription,
  type Wanted,
} from "./models/rocketmq/index.ts";
export {
  CODES as ZMQ_CODES,
  legalPeers as legalZmqPeers,
  SOCKET_TYPES as ZMQ_SOCKET_TYPES,
  type SocketType as ZmqSocketType,
  ZMQ_AREAS,
  ZMQ_FEATURES,
  ZMQ_SIMPLIFICATIONS,
  type ZmqConfig,
  type ZmqError,
  type ZmqFeature,
  ZmqModel,
  type ZmqSink,
} from "./models/zeromq/index.ts";
export { RUN_AREAS, RUN_FEATURES, RUN_SIMPLIFICATIONS } from "./run/about.ts";
export { evidenceOf } from "./run/evidence.ts";
export { replicate, sweep } from "./run/experiment.ts";
export { createRun, type LedgerReport, type Report, Run } from "./run/run.ts";

export * from "./scenario/index.ts";
export { checkScenario, drawSwarm, type Finding, type Found, shrink, swarm } from "./swarm/index.ts";
