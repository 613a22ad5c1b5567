/** The catalogue, in the order of product.md §10: one file per row, its numbers in the test beside it. */

import { ACCESS_DENIED } from "./access-denied.ts";
import { ACK_OR_LOSE } from "./ack-or-lose.ts";
import { ARTICLE_BUGS } from "./article-bugs.ts";
import { BOUNDED_BUFFER } from "./bounded-buffer.ts";
import { BROKER_OR_NOT } from "./broker-or-not.ts";
import { CAPACITY_PLAN } from "./capacity-plan.ts";
import { CONFIRM_DUPLICATES } from "./confirm-duplicates.ts";
import { DECLARE_MISMATCH } from "./declare-mismatch.ts";
import { DECOUPLE } from "./decouple.ts";
import { DELAY_PARTS } from "./delay-parts.ts";
import { ENCRYPTION_WIRETAP } from "./encryption-wiretap.ts";
import type { CatalogueEntry } from "./entry.ts";
import { EXCHANGE_TYPES } from "./exchange-types.ts";
import { FAIR_DISPATCH } from "./fair-dispatch.ts";
import { FIFO } from "./fifo.ts";
import { FLASH_SALE } from "./flash-sale.ts";
import { HELLO_QUEUE } from "./hello-queue.ts";
import { IDEMPOTENT_CONSUMER } from "./idempotent-consumer.ts";
import { KAFKA_ACKS_FAILOVER } from "./kafka-acks-failover.ts";
import { KAFKA_GROUP_SCALING } from "./kafka-group-scaling.ts";
import { KAFKA_HOT_PARTITION } from "./kafka-hot-partition.ts";
import { KAFKA_LAG_CATCHUP } from "./kafka-lag-catchup.ts";
import { KAFKA_PARTITIONS_KEYS } from "./kafka-partitions-keys.ts";
import { KAFKA_POLL_LOOP } from "./kafka-poll-loop.ts";
import { KAFKA_REBALANCE } from "./kafka-rebalance.ts";
import { KAFKA_REPLAY } from "./kafka-replay.ts";
import { KAFKA_RETENTION } from "./kafka-retention.ts";
import { LITTLES_LAW } from "./littles-law.ts";
import { MM1_HOCKEY_STICK } from "./mm1-hockey-stick.ts";
import { MONITOR_ALERT } from "./monitor-alert.ts";
import { NACK_ROLLBACK } from "./nack-rollback.ts";
import { NETWORK_PARTITION } from "./network-partition.ts";
import { ORDER_LOST } from "./order-lost.ts";
import { OVERFLOW_POLICIES } from "./overflow-policies.ts";
import { PEAK_SHAVING } from "./peak-shaving.ts";
import { PERSISTENCE } from "./persistence.ts";
import { POISON_MESSAGE } from "./poison-message.ts";
import { POOLING } from "./pooling.ts";
import { PREFETCH_DISTANCE } from "./prefetch-distance.ts";
import { PRIORITY } from "./priority.ts";
import { PUB_SUB } from "./pub-sub.ts";
import { QUORUM_FAILOVER } from "./quorum-failover.ts";
import { REDIS_LIST } from "./redis-list.ts";
import { REDIS_PUBSUB } from "./redis-pubsub.ts";
import { REDIS_STREAM } from "./redis-stream.ts";
import { RETRY_BACKOFF_DLQ } from "./retry-backoff-dlq.ts";
import { RETRY_STORM } from "./retry-storm.ts";
import { RMQ_BROADCAST } from "./rmq-broadcast.ts";
import { RMQ_DELAY } from "./rmq-delay.ts";
import { RMQ_ORDERLY } from "./rmq-orderly.ts";
import { RMQ_RETRY_DLQ } from "./rmq-retry-dlq.ts";
import { RMQ_TAGS } from "./rmq-tags.ts";
import { RMQ_TRANSACTION } from "./rmq-transaction.ts";
import { RPC_OVER_QUEUE } from "./rpc-over-queue.ts";
import { SAME_LOAD_FIVE_BROKERS } from "./same-load-five-brokers.ts";
import { SCALE_OUT_OR_UP } from "./scale-out-or-up.ts";
import { SCHEDULED_JOBS } from "./scheduled-jobs.ts";
import { SERIALIZATION } from "./serialization.ts";
import { SLOW_DISK } from "./slow-disk.ts";
import { SYNC_VS_ASYNC } from "./sync-vs-async.ts";
import { TOKEN_LOCK } from "./token-lock.ts";
import { TTL } from "./ttl.ts";
import { UNROUTABLE } from "./unroutable.ts";
import { VARIABILITY } from "./variability.ts";
import { WORK_QUEUE } from "./work-queue.ts";
import { ZMQ_PUB_SUB } from "./zmq-pub-sub.ts";
import { ZMQ_PUSH_PULL } from "./zmq-push-pull.ts";
import { ZMQ_REQ_REP } from "./zmq-req-rep.ts";

export { type CatalogueEntry, type Group, idOf, type Variant, withChange } from "./entry.ts";

export const CATALOGUE: readonly CatalogueEntry[] = [
  HELLO_QUEUE,
  DECOUPLE,
  SYNC_VS_ASYNC,
  PEAK_SHAVING,
  WORK_QUEUE,
  FAIR_DISPATCH,
  PREFETCH_DISTANCE,
  SCALE_OUT_OR_UP,
  FIFO,
  ORDER_LOST,
  PRIORITY,
  BOUNDED_BUFFER,
  SERIALIZATION,
  DELAY_PARTS,
  PERSISTENCE,
  ACK_OR_LOSE,
  NACK_ROLLBACK,
  POISON_MESSAGE,
  RETRY_BACKOFF_DLQ,
  RETRY_STORM,
  CONFIRM_DUPLICATES,
  IDEMPOTENT_CONSUMER,
  OVERFLOW_POLICIES,
  TTL,
  EXCHANGE_TYPES,
  PUB_SUB,
  UNROUTABLE,
  RPC_OVER_QUEUE,
  DECLARE_MISMATCH,
  MONITOR_ALERT,
  ACCESS_DENIED,
  ENCRYPTION_WIRETAP,
  QUORUM_FAILOVER,
  NETWORK_PARTITION,
  SLOW_DISK,
  TOKEN_LOCK,
  KAFKA_PARTITIONS_KEYS,
  KAFKA_GROUP_SCALING,
  KAFKA_REBALANCE,
  KAFKA_LAG_CATCHUP,
  KAFKA_REPLAY,
  KAFKA_RETENTION,
  KAFKA_HOT_PARTITION,
  KAFKA_ACKS_FAILOVER,
  KAFKA_POLL_LOOP,
  RMQ_TAGS,
  RMQ_DELAY,
  RMQ_TRANSACTION,
  RMQ_ORDERLY,
  RMQ_BROADCAST,
  RMQ_RETRY_DLQ,
  REDIS_LIST,
  REDIS_STREAM,
  REDIS_PUBSUB,
  ZMQ_PUSH_PULL,
  ZMQ_PUB_SUB,
  ZMQ_REQ_REP,
  BROKER_OR_NOT,
  LITTLES_LAW,
  MM1_HOCKEY_STICK,
  POOLING,
  VARIABILITY,
  CAPACITY_PLAN,
  SCHEDULED_JOBS,
  SAME_LOAD_FIVE_BROKERS,
  FLASH_SALE,
  ARTICLE_BUGS,
];
