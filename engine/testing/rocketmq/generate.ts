import { Draw } from "../property/draw.ts";

/** A step of a random script, as a case has it. */
export type PlainStep = { readonly op: string } & { readonly [field: string]: unknown };

const STEPS = 32;
const TAGS = ["A", "B", "Aa", "BB"];

/** Queues of the topics of every script. */
export const TOPICS: Readonly<Record<string, number>> = { t: 3, u: 1 };

/** The steps that every script begins with: a broker of its own, so that its age is known. */
export const OPENING: readonly PlainStep[] = [
  { op: "cluster.start", brokers: [{ name: "a" }] },
  { op: "topic.create", topic: "t", queues: 3 },
  { op: "topic.create", topic: "u", queues: 1 },
];

/** A script of sends of all kinds, pulls and offsets. Nobody fails in it, so what has to come of it can be reckoned plainly. */
export function generate(seed: number): PlainStep[] {
  const draw = new Draw(seed, "rocketmq-queues");
  let sent = 0;
  const id = (): string => `m${++sent}`;
  const topic = (): string => draw.pick(["t", "t", "u"]);
  const tag = (): Record<string, string> => draw.maybe("tag", TAGS);
  const place = (to: string): Record<string, unknown> =>
    draw.weighted<() => Record<string, unknown>>([
      [4, () => ({})],
      [1, () => ({ queue: `${to}-${draw.below(TOPICS[to] as number)}` })],
      [1, () => ({ hash: draw.pick<string | number>(["k", "order-17", "日本", 5, -3, 0]) })],
      [1, () => ({ select: draw.below(TOPICS[to] as number) })],
    ])();
  const delay = (): Record<string, number> =>
    draw.weighted<() => Record<string, number>>([
      [6, () => ({})],
      [3, () => ({ delayLevel: draw.pick([1, 2, 3, 4, 99]) })],
      [2, () => ({ delayMs: draw.pick([0, 700, 2300, 6100]) })],
      [1, () => ({ delaySec: draw.pick([2, 300_000]) })],
      [1, () => ({ deliverInMs: draw.pick([-5000, 3400]) })],
    ])();
  const send = (): PlainStep => {
    const to = topic();
    const producer = draw.pick(["p", "q"]);
    const mode = draw.maybe("mode", ["async", "oneway"]);
    return { op: "send", producer, topic: to, id: id(), ...mode, ...tag(), ...place(to), ...delay() };
  };
  const batch = (): PlainStep => ({
    op: "send.batch",
    topic: topic(),
    messages: Array.from({ length: 1 + draw.below(3) }, () => ({
      id: id(),
      ...tag(),
      ...(draw.oneIn(15) ? { delayLevel: 1 } : {}),
    })),
  });
  const transaction = (): PlainStep => ({
    op: "send.transaction",
    topic: topic(),
    id: id(),
    ...tag(),
    local: draw.pick(["COMMIT_MESSAGE", "ROLLBACK_MESSAGE", "UNKNOW", "UNKNOW", "throw"]),
    ...draw.often("onCheck", [
      ["COMMIT_MESSAGE"],
      ["ROLLBACK_MESSAGE"],
      ["UNKNOW", "COMMIT_MESSAGE"],
      ["UNKNOW", "UNKNOW", "UNKNOW", "UNKNOW", "COMMIT_MESSAGE"],
    ]),
  });
  const pull = (): PlainStep => {
    const to = topic();
    const queue = `${to}-${draw.below(TOPICS[to] as number)}`;
    const tags = draw.pick(["*", "A", "A || B", "Aa", "BB || C"]);
    return { op: "pull", queue, offset: draw.below(7), max: draw.pick([1, 2, 32]), tags };
  };
  return Array.from({ length: STEPS }, () =>
    draw.weighted<() => PlainStep>([
      [14, send],
      [3, batch],
      [6, transaction],
      [6, pull],
      [3, () => ({ op: "queue.stat", topic: topic() })],
      [7, () => ({ op: "wait", ms: draw.pick([50, 900, 2500, 7000]) })],
    ])(),
  );
}
