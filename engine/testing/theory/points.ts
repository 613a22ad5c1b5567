import { quantileOf } from "../../metrics/predictions.ts";
import { mg1, mm1, mmc, mmck, priorities, type WithTails } from "../../metrics/theory.ts";
import { md1, mek1, mh21 } from "../../metrics/theory-mg1.ts";
import { jackson, stayTailOfStages, tandem } from "../../metrics/theory-networks.ts";
import type { Scenario, Settings } from "../../scenario/types.ts";
import { draw } from "../build.ts";
import { type Figure, figure, type Point, share } from "./point.ts";

/**
 * The systems of the theory suite, each with its numbers and what the closed form says about what the report shows. Services last 1 ms in the mean, so that rates are
 * loads times 1000; links take no time unless the point is about them.
 */

const EXP = { d: "exponential", mean: 1 };

/** Virtual ms of an observation: many times as long as a station at this load remembers (1/(1 − √ρ)² services, times what varied service adds). */
function batchFor(rho: number, cv = 1): number {
  const rest = 1 - Math.sqrt(rho);
  return Math.max(2500, Math.ceil((60 / (rest * rest)) * Math.max(1, (1 + cv * cv) / 2)));
}

const point = (
  family: string,
  name: string,
  scenario: Scenario,
  figures: Figure[],
  batch: number,
  warmup = batch,
): Point => ({ family, name, scenario, batch, warmup, figures });

/** A producer, a queue, its consumer. */
const station = (producer: Settings, queue: Settings, consumer: Settings): Scenario =>
  draw()
    .producer("p", { arrival: "exponential", ...producer })
    .queue("q", queue)
    .consumer("c", { service: EXP, prefetch: 1, ...consumer })
    .publish("p", "q")
    .consume("q", "c")
    .scenario();

/** What a report says of a station, and what theory: rates per ms, times in ms. */
const ofStation = ({ wq, w, l, rho, throughput, waitTail, stayTail }: WithTails): Figure[] => [
  figure("q", "wait.mean", wq),
  figure("c", "e2e.mean", w),
  figure("q", "depth.mean", l),
  figure("c", "utilisation", rho),
  figure("q", "ack.rate", throughput * 1000),
  figure("q", "wait.p95", quantileOf(waitTail, 0.95)),
  figure("c", "e2e.p95", quantileOf(stayTail, 0.95)),
];

const percent = (rho: number): string => `load ${Math.round(rho * 100)} %`;

function singleServers(): Point[] {
  const one = (family: string, rho: number, more: string, service: Settings[string], theory: WithTails, cv: number) =>
    point(
      family,
      `${percent(rho)}${more}`,
      station({ rate: rho * 1000 }, {}, { service }),
      ofStation(theory),
      batchFor(rho, cv),
    );
  return [
    ...[0.3, 0.5, 0.7, 0.8, 0.9].map((rho) => one("M/M/1", rho, "", EXP, mm1(rho, 1), 1)),
    ...[0.4, 0.6, 0.8, 0.85].map((rho) => one("M/D/1", rho, "", 1, md1(rho, 1), 0)),
    ...(
      [
        [0.5, 2],
        [0.7, 4],
        [0.85, 3],
      ] as const
    ).map(([rho, k]) =>
      one("M/Ek/1", rho, `, k = ${k}`, { d: "erlang", mean: 1, k }, mek1(rho, 1, k), 1 / Math.sqrt(k)),
    ),
    ...(
      [
        [0.5, 1.5],
        [0.5, 3],
        [0.7, 2],
        [0.8, 1.5],
      ] as const
    ).map(([rho, cv]) =>
      one("M/H2/1", rho, `, cv = ${cv}`, { d: "hyperexponential", mean: 1, cv }, mh21(rho, 1, cv), cv),
    ),
  ];
}

function manyServers(): Point[] {
  return (
    [
      [2, 0.6, { instances: 2 }],
      [3, 0.8, { instances: 3 }],
      [5, 0.85, { instances: 5 }],
      [8, 0.75, { concurrency: 8, prefetch: 8 }],
    ] as const
  ).map(([c, rho, servers]) =>
    point(
      "M/M/c",
      `c = ${c}, ${percent(rho)}`,
      station({ rate: c * rho * 1000 }, {}, servers),
      ofStation(mmc(c * rho, 1, c)),
      Math.max(1200, Math.ceil(batchFor(rho) / c)),
    ),
  );
}

/** A queue that refuses what does not fit, and a client that gives up what is refused. */
function limited(): Point[] {
  return (
    [
      [1, 5, 0.9],
      [1, 10, 0.8],
      [1, 3, 1.5],
      [2, 6, 0.9],
    ] as const
  ).map(([c, k, rho]) => {
    const theory = mmck(c * rho, 1, c, k);
    return point(
      c === 1 ? "M/M/1/K" : "M/M/c/K",
      `${c === 1 ? "" : `c = ${c}, `}K = ${k}, ${percent(rho)} offered`,
      station(
        { rate: c * rho * 1000, waitFor: "confirm", window: 100_000, retries: 0 },
        { maxLength: k - c, overflow: "reject-publish" },
        { instances: c },
      ),
      [...ofStation(theory), share("p", "rejected", "publish", theory.blocked)],
      2000,
    );
  });
}

/**
 * A client that may have only so many requests open. Requests that would be too many wait in it and it makes no other meanwhile, so that it is blocked when one more than
 * the window is there: the last state of M/M/1/(window + 1).
 */
function windows(): Point[] {
  return (
    [
      [4, 0.8],
      [2, 0.6],
    ] as const
  ).map(([window, rho]) => {
    const { probabilities } = mmck(rho, 1, 1, window + 1);
    const blocked = probabilities[window + 1] as number;
    const open = probabilities.reduce((sum, p, n) => sum + p * Math.min(n, window), 0);
    const throughput = rho * (1 - blocked);
    return point(
      "M/M/1, window",
      `window ${window}, ${percent(rho)} offered`,
      draw()
        .producer("p", { rate: rho * 1000, arrival: "exponential", waitFor: "reply", window })
        .queue("q")
        .service("s", { service: EXP, prefetch: 1, then: "reply" })
        .publish("p", "q")
        .consume("q", "s")
        .scenario(),
      [
        figure("p", "blockedShare", blocked),
        figure("p", "response.mean", open / throughput),
        figure("q", "depth.mean", open),
        figure("s", "utilisation", throughput),
        figure("p", "publish.rate", throughput * 1000),
      ],
      2000,
    );
  });
}

function tandems(): Point[] {
  const line = (rate: number, services: readonly number[]): Scenario => {
    const drawing = draw().producer("p", { rate, arrival: "exponential" });
    services.forEach((mean, i) => {
      const isLast = i === services.length - 1;
      const settings = { service: { d: "exponential", mean }, prefetch: 1 };
      drawing.queue(`q${i + 1}`);
      if (isLast) drawing.consumer("c", settings);
      else drawing.service(`s${i + 1}`, settings);
    });
    drawing.publish("p", "q1");
    services.forEach((_, i) => {
      const isLast = i === services.length - 1;
      drawing.consume(`q${i + 1}`, isLast ? "c" : `s${i + 1}`);
      if (!isLast) drawing.publish(`s${i + 1}`, `q${i + 2}`);
    });
    return drawing.scenario();
  };
  return (
    [
      [0.5, [1, 1]],
      [0.7, [1, 0.8]],
      [0.6, [1, 0.5, 1.2]],
    ] as const
  ).map(([lambda, services]) => {
    const network = tandem(
      lambda,
      services.map((mean) => ({ mu: 1 / mean, c: 1 })),
    );
    const stay = stayTailOfStages(services.map((mean) => 1 / mean - lambda));
    return point(
      "tandem",
      `${services.length} stations, ${services.map((mean) => Math.round(lambda * mean * 100)).join(", ")} %`,
      line(lambda * 1000, services),
      [
        ...network.stations.map(({ l }, i) => figure(`q${i + 1}`, "depth.mean", l)),
        ...network.stations.map(({ wq }, i) => figure(`q${i + 1}`, "wait.mean", wq)),
        figure("c", "utilisation", network.stations.at(-1)?.rho ?? Number.NaN),
        figure("c", "e2e.mean", network.w),
        figure("c", "e2e.p95", quantileOf(stay, 0.95)),
      ],
      batchFor(network.rho),
    );
  });
}

/** Networks with chance on the way: an exchange that picks one of its queues at random sends a part of what was served back. */
function feedback(): Point[] {
  const station = (mean: number) => ({ service: { d: "exponential", mean }, prefetch: 1 });
  const ofNetwork = (network: ReturnType<typeof jackson>, queues: readonly string[], clients: readonly string[]) => [
    ...network.stations.flatMap(({ l, wq, rho }, i) => [
      figure(queues[i] as string, "depth.mean", l),
      figure(queues[i] as string, "wait.mean", wq),
      figure(clients[i] as string, "utilisation", rho),
    ]),
    figure(clients.at(-1) as string, "e2e.mean", network.w),
  ];
  const half = jackson([
    { mu: 1, c: 1, external: 0.35, next: [0.5, 0.5] },
    { mu: 1, c: 1, external: 0, next: [0, 0] },
  ]);
  const third = jackson([
    { mu: 1, c: 2, external: 0.8, next: [1 / 3, 2 / 3] },
    { mu: 2, c: 1, external: 0.2, next: [0, 0] },
  ]);
  const around = jackson([
    { mu: 1, c: 1, external: 0.35, next: [0, 1, 0] },
    { mu: 1.25, c: 1, external: 0, next: [0.5, 0, 0.5] },
    { mu: 1, c: 1, external: 0.2, next: [0, 0, 0] },
  ]);
  return [
    point(
      "Jackson, feedback",
      "half of what was served comes again",
      draw()
        .producer("p", { rate: 350, arrival: "exponential" })
        .queue("q1")
        .service("s", station(1))
        .exchange("x", { type: "x-random" })
        .queue("q2")
        .consumer("c", station(1))
        .publish("p", "q1")
        .consume("q1", "s")
        .publish("s", "x")
        .bind("x", "q1")
        .bind("x", "q2")
        .consume("q2", "c")
        .scenario(),
      ofNetwork(half, ["q1", "q2"], ["s", "c"]),
      batchFor(0.7),
    ),
    point(
      "Jackson, feedback",
      "two servers, a third comes again, more from outside",
      draw()
        .producer("p1", { rate: 800, arrival: "exponential" })
        .producer("p2", { rate: 200, arrival: "exponential" })
        .queue("q1")
        .service("s", { ...station(1), instances: 2 })
        .exchange("x", { type: "x-random" })
        .exchange("on", { type: "fanout" })
        .exchange("too", { type: "fanout" })
        .queue("q2")
        .consumer("c", station(0.5))
        .publish("p1", "q1")
        .publish("p2", "q2")
        .consume("q1", "s")
        .publish("s", "x")
        .bind("x", "q1")
        .bind("x", "on")
        .bind("x", "too")
        .bind("on", "q2")
        .bind("too", "q2")
        .consume("q2", "c")
        .scenario(),
      ofNetwork(third, ["q1", "q2"], ["s", "c"]),
      batchFor(0.6),
    ),
    point(
      "Jackson, feedback",
      "three stations, a way back over two",
      draw()
        .producer("p1", { rate: 350, arrival: "exponential" })
        .producer("p3", { rate: 200, arrival: "exponential" })
        .queue("q1")
        .service("s1", station(1))
        .queue("q2")
        .service("s2", station(0.8))
        .exchange("x", { type: "x-random" })
        .queue("q3")
        .consumer("c", station(1))
        .publish("p1", "q1")
        .consume("q1", "s1")
        .publish("s1", "q2")
        .consume("q2", "s2")
        .publish("s2", "x")
        .bind("x", "q1")
        .bind("x", "q3")
        .publish("p3", "q3")
        .consume("q3", "c")
        .scenario(),
      ofNetwork(around, ["q1", "q2", "q3"], ["s1", "s2", "c"]),
      batchFor(0.7),
    ),
  ];
}

/** What fails is tried again at once: a message's tries together are one exponential service, longer by 1/(1 − share). */
function retried(): Point[] {
  return (
    [
      [0.5, 0.25],
      [0.6, 0.2],
    ] as const
  ).map(([lambda, failing]) => {
    const theory = mm1(lambda, 1 - failing);
    return point(
      "M/M/1, retried",
      `${Math.round(failing * 100)} % fail, ${percent(theory.rho)}`,
      station({ rate: lambda * 1000 }, {}, { failRate: failing, onFail: "requeue" }),
      [
        figure("c", "e2e.mean", theory.w),
        figure("q", "depth.mean", theory.l),
        figure("c", "utilisation", theory.rho),
        figure("c", "e2e.p95", quantileOf(theory.stayTail, 0.95)),
        share("c", "errors", "processed", failing / (1 - failing)),
      ],
      batchFor(theory.rho),
    );
  });
}

/** Two classes of messages, told apart after the service by their key: each class ends at a consumer of its own that takes no time. */
function twoClasses(): Point[] {
  return (
    [
      [0.3, 0.4, EXP, 1, "exponential"],
      [0.2, 0.5, EXP, 1, "exponential"],
      [0.4, 0.35, 1, 0, "constant"],
    ] as const
  ).map(([high, low, service, cv, law]) => {
    const [first, second] = priorities([
      { lambda: high, meanService: 1, cv },
      { lambda: low, meanService: 1, cv },
    ]) as [ReturnType<typeof mg1>, ReturnType<typeof mg1>];
    const whole = mg1(high + low, 1, cv);
    const scenario = draw()
      .producer("high", { rate: high * 1000, arrival: "exponential", priority: 1, routingKey: "high" })
      .producer("low", { rate: low * 1000, arrival: "exponential", priority: 0, routingKey: "low" })
      .exchange("in", { type: "fanout" })
      .queue("q", { maxPriority: 1 })
      .service("s", { service, prefetch: 1 })
      .exchange("out", { type: "direct" })
      .queue("q-high")
      .queue("q-low")
      .consumer("c-high", { service: 0, prefetch: 0 })
      .consumer("c-low", { service: 0, prefetch: 0 })
      .publish("high", "in")
      .publish("low", "in")
      .bind("in", "q")
      .consume("q", "s")
      .publish("s", "out")
      .bind("out", "q-high", { key: "high" })
      .bind("out", "q-low", { key: "low" })
      .consume("q-high", "c-high")
      .consume("q-low", "c-low")
      .scenario();
    return point(
      "two priorities",
      `${Math.round(high * 100)} % urgent, ${Math.round(low * 100)} % not, ${law} service`,
      scenario,
      [
        figure("c-high", "e2e.mean", first.w),
        figure("c-low", "e2e.mean", second.w),
        figure("q", "wait.mean", whole.wq),
        figure("q", "depth.mean", whole.l),
        figure("s", "utilisation", whole.rho),
      ],
      batchFor(high + low),
    );
  });
}

/** Every parameter point of the suite. */
export const POINTS: readonly Point[] = [
  ...singleServers(),
  ...manyServers(),
  ...limited(),
  ...windows(),
  ...tandems(),
  ...feedback(),
  ...retried(),
  ...twoClasses(),
];
