import type { PlainStep } from "./generate.ts";

/** A record or a marker as the reference keeps it. */
interface Entry {
  readonly offset: number;
  readonly id: string | null;
  readonly key: string | null;
  readonly isTombstone: boolean;
  readonly timeMs: number;
  /** Transactional id, null outside of transactions. */
  readonly by: string | null;
  fate: "plain" | "open" | "committed" | "aborted";
  /** Segment's number. */
  readonly segment: number;
}

interface Partition {
  entries: Entry[];
  start: number;
  end: number;
  /** Timestamp of the first record of the active segment. */
  firstMs: number;
  segment: number;
}

interface Reader {
  readonly isCommitted: boolean;
  /** Partition → next offset; null = not found yet. */
  readonly positions: Map<string, number | null>;
}

interface Writer {
  phase: "none" | "ready" | "open";
  /** Partitions written to in this transaction, and where first. */
  readonly touched: Map<string, number>;
}

interface SendStep {
  readonly producer: string;
  readonly topic: string;
  readonly id: string;
  readonly key?: string;
  readonly partition?: number;
  readonly tombstone?: boolean;
  readonly timestamp: number;
}

type Event = Record<string, unknown>;

const SEGMENT_MS = 1000;

/**
 * One broker, told slowly: every log is a list that is searched from its beginning, every rule a sentence of semantics/kafka.md. Time passes only where a step says so, so
 * that it needs no clock but the sum of the waits.
 */
export class PlainKafka {
  private readonly partitions = new Map<string, Partition>();
  private readonly readers = new Map<string, Reader>();
  private readonly writers = new Map<string, Writer>();
  private readonly counts: Readonly<Record<string, number>>;
  private readonly compacted: string;

  /** @param counts partitions of each topic @param compacted the topic that the cleaner works on */
  constructor(counts: Readonly<Record<string, number>>, compacted: string) {
    this.counts = counts;
    this.compacted = compacted;
    for (const [topic, count] of Object.entries(counts)) {
      for (let i = 0; i < count; i++) {
        this.partitions.set(`${topic}-${i}`, { entries: [], start: 0, end: 0, firstMs: -1, segment: 0 });
      }
    }
  }

  perform(step: PlainStep): Event[] {
    if (step.op === "send") return this.send(step);
    if (step.op === "txn.init") this.writer(step.producer as string).phase = "ready";
    else if (step.op === "txn.begin") this.writer(step.producer as string).phase = "open";
    else if (step.op === "txn.commit" || step.op === "txn.abort")
      this.end(step.producer as string, step.op === "txn.commit");
    else if (step.op === "records.delete") return this.delete(step);
    else if (step.op === "offsets.list") return this.list(step);
    else if (step.op === "assign") {
      const positions = new Map((step.partitions as string[]).map((name) => [name, null]));
      const isCommitted = this.readers.get(step.consumer as string)?.isCommitted ?? false;
      this.readers.set(step.consumer as string, { isCommitted, positions });
    } else if (step.op === "consumer.open") {
      const { config } = step as unknown as { config: Record<string, string> };
      const isCommitted = config["isolation.level"] === "read_committed";
      this.readers.set(step.consumer as string, { isCommitted, positions: new Map() });
    } else if (step.op === "seek") this.seek(step);
    else if (step.op === "consume") return this.consume(step.consumer as string);
    else if (step.op === "position") return this.position(step.consumer as string);
    else if (step.op === "wait") this.clean();
    return [];
  }

  /** What is left, as a case's final. */
  final(): Record<string, unknown> {
    return Object.fromEntries(
      [...this.partitions].map(([name, { entries, start, end }]) => [
        name,
        { start, end, records: entries.filter(({ id }) => id !== null).map(({ offset, id }) => [offset, id]) },
      ]),
    );
  }

  private partition(name: string): Partition {
    return this.partitions.get(name) as Partition;
  }

  private writer(name: string): Writer {
    let writer = this.writers.get(name);
    if (writer === undefined) {
      writer = { phase: "none", touched: new Map() };
      this.writers.set(name, writer);
    }
    return writer;
  }

  // ---- writing

  private send(step: PlainStep): Event[] {
    const { producer, topic, id, key, partition, tombstone, timestamp } = step as unknown as SendStep;
    const isTransactional = producer !== "p";
    const told = { producer, id };
    if (isTransactional && this.writer(producer).phase !== "open") {
      return [{ event: "failed", ...told, name: "IllegalStateException" }];
    }
    const count = this.counts[topic] as number;
    const index = partition ?? partitionOf(key ?? "", count);
    const name = `${topic}-${index}`;
    const log = this.partition(name);
    if (topic === this.compacted && key === undefined) return [{ event: "failed", ...told, name: "INVALID_RECORD" }];
    const timeMs = timestamp;
    if (log.firstMs >= 0 && timeMs - log.firstMs > SEGMENT_MS) {
      log.segment++;
      log.firstMs = -1;
    }
    if (log.firstMs < 0) log.firstMs = timeMs;
    log.entries.push({
      offset: log.end,
      id,
      key: key ?? null,
      isTombstone: tombstone === true,
      timeMs,
      by: isTransactional ? producer : null,
      fate: isTransactional ? "open" : "plain",
      segment: log.segment,
    });
    if (isTransactional && !this.writer(producer).touched.has(name)) this.writer(producer).touched.set(name, log.end);
    return [{ event: "acked", ...told, partition: name, offset: log.end++ }];
  }

  /** A marker wherever the transaction has written, also where deleting has taken its records away. */
  private end(producer: string, isCommit: boolean): void {
    const writer = this.writer(producer);
    writer.phase = "ready";
    for (const name of writer.touched.keys()) {
      const log = this.partition(name);
      for (const entry of log.entries) {
        if (entry.by === producer && entry.fate === "open") entry.fate = isCommit ? "committed" : "aborted";
      }
      log.entries.push({
        offset: log.end++,
        id: null,
        key: null,
        isTombstone: false,
        timeMs: -1,
        by: producer,
        fate: isCommit ? "committed" : "aborted",
        segment: log.segment,
      });
    }
    writer.touched.clear();
  }

  private delete(step: PlainStep): Event[] {
    const name = step.partition as string;
    const log = this.partition(name);
    const before = step.before as number;
    const offset = before === -1 ? log.end : before;
    if (offset > log.end) return [{ event: "error", name: "OFFSET_OUT_OF_RANGE" }];
    log.start = Math.max(log.start, offset);
    log.entries = log.entries.filter((entry) => entry.offset >= log.start);
    return [{ event: "start", partition: name, offset: log.start }];
  }

  /** Below the active segment of each key the last record stays; merging has no effect that is seen. */
  private clean(): void {
    for (const [name, log] of this.partitions) {
      if (!name.startsWith(`${this.compacted}-`)) continue;
      const old = log.entries.filter(({ segment }) => segment < log.segment);
      const last = new Map(old.map(({ key, offset }) => [key, offset]));
      log.entries = log.entries.filter(
        ({ segment, key, offset }) => segment === log.segment || last.get(key) === offset,
      );
    }
  }

  // ---- reading

  private lastStable(name: string): number {
    const log = this.partition(name);
    const open = [...this.writers.values()].flatMap(({ touched }) => touched.get(name) ?? []);
    return Math.max(log.start, Math.min(log.end, ...open));
  }

  private list(step: PlainStep): Event[] {
    const topic = step.topic as string;
    return Array.from({ length: this.counts[topic] as number }, (_, index) => {
      const name = `${topic}-${index}`;
      const log = this.partition(name);
      return { event: "offset", partition: name, offset: this.find(name, log, step) };
    });
  }

  private find(name: string, log: Partition, { at, isolation }: PlainStep): number | null {
    if (at === "earliest") return log.start;
    if (at === "latest") return isolation === "read_committed" ? this.lastStable(name) : log.end;
    const records = log.entries.filter(({ id }) => id !== null);
    if (at === "max_timestamp") {
      const largest = Math.max(...records.map(({ timeMs }) => timeMs));
      return records.find(({ timeMs }) => timeMs === largest)?.offset ?? null;
    }
    return records.find(({ timeMs }) => timeMs >= Number(at))?.offset ?? null;
  }

  private seek(step: PlainStep): void {
    const { positions } = this.readers.get(step.consumer as string) as Reader;
    const { partition, to } = step;
    // The beginning is looked up when it is needed.
    positions.set(partition as string, to === "beginning" ? null : (to as number));
  }

  /** Where the reader is: what is out of range begins at the beginning. */
  private found(name: string, position: number | null): number {
    const log = this.partition(name);
    return position === null || position < log.start || position > log.end ? log.start : position;
  }

  private consume(consumer: string): Event[] {
    const { positions, isCommitted } = this.readers.get(consumer) as Reader;
    const events: Event[] = [];
    for (const name of [...positions.keys()].sort()) {
      const log = this.partition(name);
      const from = this.found(name, positions.get(name) as number | null);
      const end = isCommitted ? this.lastStable(name) : log.end;
      for (const { offset, id, key, isTombstone, fate } of log.entries) {
        if (id === null || offset < from || offset >= end || (isCommitted && fate === "aborted")) continue;
        const told: Event = { event: "record", consumer, partition: name, offset };
        if (key !== null) told.key = key;
        told.id = id;
        if (isTombstone) told.tombstone = true;
        events.push(told);
      }
      positions.set(name, Math.max(from, end));
    }
    return events;
  }

  /** Asking finds a position where there is none, but does not look whether it is in range. */
  private position(consumer: string): Event[] {
    const { positions } = this.readers.get(consumer) as Reader;
    return [...positions.keys()].sort().map((name) => {
      const position = positions.get(name) ?? this.partition(name).start;
      positions.set(name, position);
      return { event: "position", consumer, partition: name, offset: position };
    });
  }
}

/** murmur2 as the paper has it, with large integers: another way to the same number. */
export function partitionOf(key: string, count: number): number {
  const bytes = new TextEncoder().encode(key);
  const mask = 0xffffffffn;
  const m = 0x5bd1e995n;
  let h = 0x9747b28cn ^ BigInt(bytes.length);
  let at = 0;
  for (; at + 4 <= bytes.length; at += 4) {
    let k = 0n;
    for (let i = 0; i < 4; i++) k |= BigInt(bytes[at + i] as number) << BigInt(8 * i);
    k = (k * m) & mask;
    k ^= k >> 24n;
    k = (k * m) & mask;
    h = ((h * m) & mask) ^ k;
  }
  if (at < bytes.length) {
    let tail = 0n;
    for (let i = 0; at + i < bytes.length; i++) tail |= BigInt(bytes[at + i] as number) << BigInt(8 * i);
    h = ((h ^ tail) * m) & mask;
  }
  h ^= h >> 13n;
  h = (h * m) & mask;
  h ^= h >> 15n;
  return Number(h & 0x7fffffffn) % count;
}
