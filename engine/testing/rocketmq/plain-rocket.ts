import type { PlainStep } from "./generate.ts";
import { TOPICS } from "./generate.ts";

/** Delays of the levels of the recorded brokers, ms. */
const LEVELS = [1000, 5000, 3000, 2000, ...Array.from({ length: 13 }, () => 1000), 4000];
const MILLI = 1000;
const SCHEDULER = 100 * MILLI;
const SECOND = 1000 * MILLI;
const TIMEOUT = 6 * SECOND;
const CHECKS = 4;
/** Three days, ms. */
const FARTHEST = 259_200_000;
/** How old the brokers of a case are when it begins, µs (conformance/adapters/rocketmq-replay.ts), and how much later the scheduler began. */
const AGE = 3025 * MILLI;
const LAG = 50 * MILLI;

interface PlainMessage {
  readonly id: string;
  readonly tag: string | undefined;
  readonly queue: string;
}

interface PlainHalf {
  readonly message: PlainMessage;
  readonly born: number;
  checks: number;
  readonly answers: string[];
}

/** Something that will happen by itself. */
interface Planned {
  readonly at: number;
  /** Of several at one time: what kind of thing, then in the order of planning. */
  readonly rank: number;
  readonly act: () => void;
}

type Event = Record<string, unknown>;

/**
 * What a broker's queues have to hold, reckoned as plainly as possible: lists of names, everything sorted anew each time, hashes spelt out. It has nothing in common with
 * the model but what OPS.md says.
 */
export class PlainRocket {
  private readonly queues = new Map<string, PlainMessage[]>();
  private readonly turns = new Map<string, number>();
  private planned: Planned[] = [];
  private now = 0;
  private start = -1;
  private told: { readonly rank: string; readonly event: Event }[] = [];
  private isPulled = false;
  private halves: PlainHalf[] = [];
  private nextPass = 0;

  constructor() {
    for (const [topic, count] of Object.entries(TOPICS)) {
      for (let i = 0; i < count; i++) this.queues.set(`${topic}-${i}`, []);
    }
  }

  /** @param now µs, when the step begins @param end when it is over: what happens until then belongs to it */
  perform(step: PlainStep, now: number, end: number): Event[] {
    if (this.start < 0) {
      this.start = now - AGE;
      this.nextPass = this.start;
      this.now = now;
      while (this.nextPass <= now) this.nextPass += SECOND;
    }
    this.letPass(now);
    this.told = [];
    this.act(step);
    this.letPass(end);
    return this.told
      .map((one, order) => ({ ...one, order }))
      .sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.order - b.order))
      .map(({ event }) => event);
  }

  final(now: number): Event {
    this.letPass(now);
    const final: Event = {};
    for (const [name, messages] of this.queues) {
      final[name] = { min: 0, max: messages.length, messages: messages.map(({ id }, offset) => [offset, id]) };
    }
    return this.isPulled ? { ...final, "group g": {} } : final;
  }

  private letPass(end: number): void {
    for (;;) {
      const next = this.planned.sort((a, b) => a.at - b.at || a.rank - b.rank)[0];
      const at = Math.min(next?.at ?? Number.POSITIVE_INFINITY, this.nextPass);
      if (at > end) break;
      this.now = at;
      if (next !== undefined && next.at === at) {
        this.planned.splice(0, 1);
        next.act();
      } else {
        this.pass();
        this.nextPass += SECOND;
      }
    }
    this.now = end;
  }

  private act(step: PlainStep): void {
    if (step.op === "send") this.send(step);
    else if (step.op === "send.batch") this.sendBatch(step);
    else if (step.op === "send.transaction") this.sendTransaction(step);
    else if (step.op === "pull") this.pull(step);
    else if (step.op === "queue.stat") {
      for (const [queue, messages] of this.queues) {
        if (queue.startsWith(`${String(step.topic)}-`)) {
          this.tell("", { event: "queue", queue, min: 0, max: messages.length });
        }
      }
    }
  }

  private tell(rank: string, event: Event): void {
    this.told.push({ rank, event });
  }

  /** @returns its offset */
  private store(message: PlainMessage): number {
    const queue = this.queues.get(message.queue) as PlainMessage[];
    return queue.push(message) - 1;
  }

  private queueOf(step: PlainStep, producer: string): string {
    const topic = String(step.topic);
    const count = TOPICS[topic] as number;
    if (step.queue !== undefined) return String(step.queue);
    // The recorder gives numbers and selectors of its own only to synchronous sends.
    const isSync = step.mode === undefined;
    if (step.select !== undefined && isSync) return `${topic}-${Number(step.select)}`;
    if (step.hash !== undefined)
      return `${topic}-${Math.abs(javaHash(isSync ? step.hash : String(step.hash)) % count)}`;
    const key = `${producer} ${topic}`;
    const turn = this.turns.get(key) ?? 0;
    this.turns.set(key, turn + 1);
    return `${topic}-${turn % count}`;
  }

  private send(step: PlainStep): void {
    const producer = String(step.producer);
    const message: PlainMessage = {
      id: String(step.id),
      tag: step.tag as string | undefined,
      queue: this.queueOf(step, producer),
    };
    const answer = (event: Event): void => {
      if (step.mode !== "oneway") this.tell(producer, { producer, id: message.id, ...event });
    };
    const sent = { event: "sent", status: "SEND_OK", queue: message.queue };
    const level = Number(step.delayLevel ?? 0);
    if (level > 0) {
      const due = this.now + (LEVELS[Math.min(level, LEVELS.length) - 1] as number) * MILLI;
      const first = this.start + LAG;
      const look = first + (Math.floor((due - first) / SCHEDULER) + 1) * SCHEDULER;
      this.planned.push({ at: look, rank: Math.min(level, LEVELS.length), act: () => this.store(message) });
      answer(sent);
      return;
    }
    const wait = step.delayMs ?? (step.delaySec === undefined ? step.deliverInMs : Number(step.delaySec) * 1000);
    if (wait === undefined) {
      answer({ ...sent, offset: this.store(message) });
      return;
    }
    if (Number(wait) > FARTHEST) {
      answer({ event: "failed", name: "MESSAGE_ILLEGAL" });
      return;
    }
    const due = this.now + Number(wait) * MILLI;
    if (due <= this.now) this.store(message);
    else {
      const at = Math.ceil(due / SECOND) * SECOND;
      this.planned.push({ at, rank: 100, act: () => this.store(message) });
    }
    answer(sent);
  }

  private sendBatch(step: PlainStep): void {
    const messages = step.messages as readonly { id: string; tag?: string; delayLevel?: number }[];
    const id = messages.map((one) => one.id).join(",");
    if (messages.some(({ delayLevel }) => delayLevel !== undefined)) {
      this.tell("p", { event: "failed", producer: "p", id, name: "MQClientException" });
      return;
    }
    const queue = this.queueOf(step, "p");
    const offsets = messages.map((one) => this.store({ id: one.id, tag: one.tag, queue }));
    this.tell("p", { event: "sent", producer: "p", id, status: "SEND_OK", queue, offset: offsets[0] });
  }

  private sendTransaction(step: PlainStep): void {
    const id = String(step.id);
    const message: PlainMessage = { id, tag: step.tag as string | undefined, queue: this.queueOf(step, "p") };
    this.tell("p", { event: "local", producer: "p", id, state: step.local });
    this.tell("p", { event: "half", producer: "p", id, status: "SEND_OK" });
    if (step.local === "COMMIT_MESSAGE") this.store(message);
    if (step.local === "UNKNOW" || step.local === "throw") {
      const answers = [...((step.onCheck as string[] | undefined) ?? ["UNKNOW"])];
      this.halves.push({ message, born: this.now, checks: 0, answers });
    }
  }

  /**
   * The broker looks through its half messages in the order of storing, as far as the first one that is not 6 s old; what it asks for is stored again, behind all others
   * (TransactionalMessageServiceImpl.check). Four times, then it is set aside.
   */
  private pass(): void {
    const waiting = this.halves;
    this.halves = [];
    while (waiting.length > 0) {
      const half = waiting[0] as PlainHalf;
      if (half.checks < CHECKS && this.now - half.born < TIMEOUT) break;
      waiting.splice(0, 1);
      if (half.checks === CHECKS) continue;
      half.checks++;
      const state = half.answers.length > 1 ? half.answers.splice(0, 1)[0] : half.answers[0];
      const { id } = half.message;
      this.tell(`p 1 ${id}`, { event: "checked", producer: "p", id, time: half.checks, state });
      if (state === "UNKNOW") this.halves.push(half);
      if (state === "COMMIT_MESSAGE") this.planned.push({ at: this.now, rank: 0, act: () => this.store(half.message) });
    }
    this.halves = [...waiting, ...this.halves];
  }

  private pull(step: PlainStep): void {
    this.isPulled = true;
    const queue = String(step.queue);
    const all = this.queues.get(queue) as PlainMessage[];
    const offset = Number(step.offset);
    const answer = (status: string, next: number, messages: [number, string][]): void =>
      this.tell("c", { event: "pulled", consumer: "c", queue, status, next, min: 0, max: all.length, messages });
    if (offset > all.length) answer("OFFSET_ILLEGAL", all.length, []);
    else if (offset === all.length) answer("NO_NEW_MSG", offset, []);
    else {
      const tags = String(step.tags) === "*" ? null : String(step.tags).split(" || ");
      const hashes = tags?.map(javaHash);
      let next = offset;
      let found = 0;
      const messages: [number, string][] = [];
      while (next < all.length && found < Number(step.max)) {
        const { id, tag } = all[next] as PlainMessage;
        // The broker compares hashes, the client texts.
        if (hashes === undefined || hashes.includes(tag === undefined ? 0 : javaHash(tag))) {
          found++;
          if (tags === null || tags.includes(tag ?? "")) messages.push([next, id]);
        }
        next++;
      }
      answer(found > 0 ? "FOUND" : "NO_MATCHED_MSG", next, messages);
    }
  }
}

/** String.hashCode, or Integer.hashCode. */
function javaHash(value: unknown): number {
  if (typeof value === "number") return value | 0;
  let hash = 0;
  for (const unit of Array.from(String(value), (_, i) => String(value).charCodeAt(i))) hash = (31 * hash + unit) | 0;
  return hash;
}
