/** How a producer works, in Kafka's units. */
export interface ProducerConfig {
  /** −1 = all in-sync replicas. */
  readonly acks: -1 | 0 | 1;
  readonly isIdempotent: boolean;
  readonly retries: number;
  readonly retryBackoffMs: number;
  readonly retryBackoffMaxMs: number;
  readonly lingerMs: number;
  readonly batchSize: number;
  readonly bufferMemory: number;
  readonly maxBlockMs: number;
  readonly deliveryTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly maxInFlight: number;
  readonly maxRequestSize: number;
  readonly metadataMaxAgeMs: number;
  readonly transactionalId: string | null;
  readonly transactionTimeoutMs: number;
  /** `partitioner.ignore.keys` */
  readonly isKeyIgnored: boolean;
  /** `partitioner.adaptive.partitioning.enable`: queues of different length weigh the draw. */
  readonly isAdaptive: boolean;
}

/** Defaults of Kafka 4.x (semantics/kafka.md §3.3). */
export const PRODUCER_DEFAULTS: ProducerConfig = {
  acks: -1,
  isIdempotent: true,
  retries: 2_147_483_647,
  retryBackoffMs: 100,
  retryBackoffMaxMs: 1000,
  lingerMs: 5,
  batchSize: 16_384,
  bufferMemory: 33_554_432,
  maxBlockMs: 60_000,
  deliveryTimeoutMs: 120_000,
  requestTimeoutMs: 30_000,
  maxInFlight: 5,
  maxRequestSize: 1_048_576,
  metadataMaxAgeMs: 300_000,
  transactionalId: null,
  transactionTimeoutMs: 60_000,
  isKeyIgnored: false,
  isAdaptive: true,
};

const NUMBERS: Readonly<Record<string, keyof ProducerConfig>> = {
  retries: "retries",
  "retry.backoff.ms": "retryBackoffMs",
  "retry.backoff.max.ms": "retryBackoffMaxMs",
  "linger.ms": "lingerMs",
  "batch.size": "batchSize",
  "buffer.memory": "bufferMemory",
  "max.block.ms": "maxBlockMs",
  "delivery.timeout.ms": "deliveryTimeoutMs",
  "request.timeout.ms": "requestTimeoutMs",
  "max.in.flight.requests.per.connection": "maxInFlight",
  "max.request.size": "maxRequestSize",
  "metadata.max.age.ms": "metadataMaxAgeMs",
  "transaction.timeout.ms": "transactionTimeoutMs",
};

/** In flight with idempotence: a partition remembers no more batches of a producer. */
const IN_FLIGHT_MAX = 5;

/**
 * A producer's settings by Kafka's own names, as texts.
 * @returns null where the client throws a ConfigException
 */
export function producerConfig(given: Readonly<Record<string, string>>): ProducerConfig | null {
  const numbers: Record<string, number> = {};
  for (const [name, field] of Object.entries(NUMBERS)) {
    const text = given[name];
    if (text === undefined) continue;
    const value = Number(text);
    if (text.trim() === "" || !Number.isInteger(value) || value < 0) return null;
    numbers[field] = value;
  }
  const acks = given.acks ?? "all";
  if (!["all", "-1", "0", "1"].includes(acks)) return null;
  const raw: ProducerConfig = {
    ...PRODUCER_DEFAULTS,
    ...numbers,
    acks: acks === "0" ? 0 : acks === "1" ? 1 : -1,
    isIdempotent: given["enable.idempotence"] !== "false",
    transactionalId: given["transactional.id"] ?? null,
    isKeyIgnored: given["partitioner.ignore.keys"] === "true",
    isAdaptive: given["partitioner.adaptive.partitioning.enable"] !== "false",
  };
  if (raw.maxInFlight < 1) return null;
  return consistent(raw, given);
}

/** What goes together (kafka/produce/config-…). */
function consistent(raw: ProducerConfig, given: Readonly<Record<string, string>>): ProducerConfig | null {
  let config = raw;
  if (config.isIdempotent) {
    if (config.maxInFlight > IN_FLIGHT_MAX) return null;
    if (config.acks !== -1 || config.retries === 0) {
      if (given["enable.idempotence"] !== undefined) return null;
      config = { ...config, isIdempotent: false };
    }
  }
  if (!config.isIdempotent && config.transactionalId !== null) return null;
  const least = config.lingerMs + config.requestTimeoutMs;
  if (config.deliveryTimeoutMs >= least) return config;
  return given["delivery.timeout.ms"] !== undefined ? null : { ...config, deliveryTimeoutMs: least };
}
