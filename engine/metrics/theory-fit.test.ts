import { describe, expect, it } from "vitest";
import type { Scenario, Settings } from "../scenario/types.ts";
import { draw } from "../testing/build.ts";
import { type ConditionCode, theoryFor } from "./theory-fit.ts";

const EXPONENTIAL = { d: "exponential", mean: 100 };

interface Change {
  producer?: Settings;
  queue?: Settings;
  consumer?: Settings;
  publish?: Settings;
  consume?: Settings;
}

/** Eight a second at random, served in 100 ms at random: M/M/1 at 80 %. */
const station = ({ producer, queue, consumer, publish, consume }: Change = {}): Scenario =>
  draw()
    .producer("p", { rate: 8, arrival: "exponential", ...producer })
    .queue("q", { ...queue })
    .consumer("c", { service: EXPONENTIAL, prefetch: 1, ...consumer })
    .publish("p", "q", { ...publish })
    .consume("q", "c", { ...consume })
    .scenario();

const codes = (scenario: Scenario, queue = "q"): ConditionCode[] =>
  theoryFor(scenario, queue).failed.map(({ code }) => code);

describe("which model a drawn queue is", () => {
  it("M/M/1 with the user's numbers", () => {
    const { fit, failed, inputs, wait } = theoryFor(station(), "q");
    expect(failed).toEqual([]);
    expect(inputs).toMatchObject({ lambda: 8, servers: 1, meanService: 0.1, cv: 1, trip: 0 });
    expect(wait).toBe("measured");
    expect(fit?.model).toBe("mm1");
    expect(fit?.predicted.rho).toBeCloseTo(0.8, 12);
    expect(fit?.predicted.w).toBeCloseTo(0.5, 12);
    expect(fit?.predicted.l).toBeCloseTo(4, 12);
    expect(fit?.predicted.mustWait).toBeCloseTo(0.8, 12);
  });

  it("M/M/c for instances, for hands of one instance with as many credits, and for equal consumers", () => {
    const drawn = [
      station({ producer: { rate: 24 }, consumer: { instances: 3 } }),
      station({ producer: { rate: 24 }, consumer: { concurrency: 3, prefetch: 3 } }),
      draw()
        .producer("p", { rate: 24, arrival: "exponential" })
        .queue("q")
        .consumer("a", { service: EXPONENTIAL, prefetch: 1 })
        .consumer("b", { service: EXPONENTIAL, prefetch: 1, instances: 1 })
        .consumer("c", { service: EXPONENTIAL, prefetch: 1 })
        .publish("p", "q")
        .consume("q", "a")
        .consume("q", "b")
        .consume("q", "c")
        .scenario(),
    ];
    for (const scenario of drawn) {
      const { fit, inputs } = theoryFor(scenario, "q");
      expect(inputs.servers).toBe(3);
      expect(fit?.model).toBe("mmc");
      expect(fit?.predicted.rho).toBeCloseTo(0.8, 12);
      // Erlang C of 2.4 Erlang at three servers.
      expect(fit?.predicted.mustWait).toBeCloseTo(0.6472, 4);
    }
  });

  it("fewer credits than hands: the credits are the servers", () => {
    expect(theoryFor(station({ consumer: { concurrency: 4, prefetch: 2 } }), "q").inputs.servers).toBe(2);
  });

  it("tells the tails where the law of service is one whose waits are known whole", () => {
    const tails = (change: Change) => theoryFor(station(change), "q").fit?.predicted.tails;
    // Constant service at 80 %: within the first service time P(wait ≤ t) = (1 − ρ)·e^(λt).
    expect(tails({ consumer: { service: 100 } })?.waitTail(0)).toBeCloseTo(0.8, 12);
    expect(tails({ consumer: { service: 100 } })?.waitTail(0.05)).toBeCloseTo(1 - 0.2 * Math.exp(0.4), 12);
    expect(tails({ consumer: { service: { d: "erlang", mean: 100, k: 3 } } })?.stayTail(0)).toBe(1);
    expect(tails({ consumer: { service: { d: "hyperexponential", mean: 100, cv: 2 } } })?.waitTail(0)).toBeCloseTo(
      0.8,
      12,
    );
    // No law that is known whole; a way on a link beside it; a server that never rests.
    expect(tails({ consumer: { service: { d: "lognormal", mean: 100, cv: 1 } } })).toBeNull();
    expect(tails({ producer: { rate: 5 }, consumer: { service: 100 }, consume: { latency: 5 } })).toBeNull();
    expect(tails({ producer: { rate: 9.9999 }, consumer: { service: 100 } })).toBeNull();
  });

  it("M/G/1 for another law, and where the link holds the next delivery up", () => {
    const constant = theoryFor(station({ consumer: { service: 100 } }), "q");
    expect(constant.fit?.model).toBe("mg1");
    expect(constant.fit?.predicted.wq).toBeCloseTo(0.2, 12);
    const far = theoryFor(station({ producer: { rate: 5 }, consume: { latency: 10 } }), "q");
    expect(far.fit?.model).toBe("mg1");
    expect(far.inputs.trip).toBe(0.02);
    expect(far.inputs.meanService).toBeCloseTo(0.12, 12);
    expect(far.inputs.cv).toBeCloseTo(0.1 / 0.12, 12);
    expect(far.fit?.predicted.rho).toBeCloseTo(0.6, 12);
    // What works is busy less than what is occupied.
    expect(far.fit?.predicted.busy).toBeCloseTo(0.5, 12);
  });

  it("M/M/1/K: the limit counts what is ready, and the one in service has a place besides", () => {
    const reject = theoryFor(station({ queue: { maxLength: 4, overflow: "reject-publish" } }), "q");
    expect(reject.fit?.model).toBe("mmck");
    expect(reject.inputs.room).toBe(5);
    expect(reject.wait).toBe("measured");
    const drop = theoryFor(station({ producer: { rate: 20 }, queue: { maxLength: 4 } }), "q");
    expect(drop.fit?.model).toBe("mmck");
    expect(drop.wait).toBe("survivors");
    expect(drop.fit?.predicted.blocked).toBeGreaterThan(0.5);
  });

  it("a limit that the queue never comes near is none", () => {
    expect(theoryFor(station({ queue: { maxLength: 100_000 } }), "q").fit?.model).toBe("mm1");
    expect(codes(station({ queue: { maxLength: 100_000 }, producer: { rate: 12 } }))).toEqual(["queue-limit"]);
  });

  it("two priorities, each with its own wait", () => {
    const scenario = draw()
      .producer("urgent", { rate: 4, arrival: "exponential", priority: 5 })
      .producer("plain", { rate: 4, arrival: "exponential" })
      .queue("q", { maxPriority: 5 })
      .consumer("c", { service: EXPONENTIAL, prefetch: 1 })
      .publish("urgent", "q")
      .publish("plain", "q")
      .consume("q", "c")
      .scenario();
    const { fit } = theoryFor(scenario, "q");
    expect(fit?.model).toBe("priorities");
    const classes = fit?.predicted.classes ?? [];
    expect(classes.map(({ priority, lambda }) => [priority, lambda])).toEqual([
      [5, 4],
      [0, 4],
    ]);
    // Cobham: residual 0.08 s over (1 − 0.4), and over (1 − 0.4)(1 − 0.8).
    expect(classes[0]?.wq).toBeCloseTo(0.08 / 0.6, 12);
    expect(classes[1]?.wq).toBeCloseTo(0.08 / (0.6 * 0.2), 12);
    expect(fit?.predicted.wq).toBeCloseTo(0.4, 12);
    // A queue that knows no priorities serves all alike.
    const plain = { ...scenario, nodes: scenario.nodes.map((n) => (n.id === "q" ? { ...n, settings: {} } : n)) };
    expect(theoryFor(plain, "q").fit?.model).toBe("mm1");
  });

  it("after an M/M/c comes a Poisson stream, after anything else it does not", () => {
    const tandem = (service: Settings) =>
      draw()
        .producer("p", { rate: 8, arrival: "exponential" })
        .queue("first")
        .service("s", { service: EXPONENTIAL, prefetch: 1, ...service })
        .queue("q")
        .consumer("c", { service: { d: "exponential", mean: 50 }, prefetch: 1 })
        .publish("p", "first")
        .consume("first", "s")
        .publish("s", "q")
        .consume("q", "c")
        .scenario();
    const { fit, inputs } = theoryFor(tandem({}), "q");
    expect(fit?.model).toBe("mm1");
    expect(inputs).toMatchObject({ lambda: 8, meanService: 0.05 });
    expect(codes(tandem({ service: 100 }))).toEqual(["arrivals-service"]);
    expect(codes(tandem({ fanout: 2 }))).toContain("arrivals-service");
  });

  it("a part of a stream by chance stays Poisson, a part in turn does not", () => {
    const split = (key: Settings[string]) =>
      draw()
        .producer("p", { rate: 16, arrival: "exponential", routingKey: "{key}", key })
        .exchange("x", { type: "direct" })
        .queue("q")
        .consumer("c", { service: EXPONENTIAL, prefetch: 1 })
        .publish("p", "x")
        .bind("x", "q", { key: "A" })
        .consume("q", "c")
        .scenario();
    const random = theoryFor(split({ k: "uniform", n: 2 }), "q");
    expect(random.inputs.lambda).toBeCloseTo(8, 9);
    expect(random.fit?.model).toBe("mm1");
    expect(codes(split({ k: "roundRobin", n: 2 }))).toEqual(["arrivals-in-turn"]);
  });
});

describe("why no model applies", () => {
  it.each<[ConditionCode, Change]>([
    ["arrivals-constant", { producer: { arrival: "constant" } }],
    ["arrivals-pattern", { producer: { pattern: { p: "burst", rate: 10, on: 100, off: 100 } } }],
    ["arrivals-end", { producer: { limit: 100 } }],
    ["arrivals-wait", { producer: { waitFor: "confirm" } }],
    ["arrivals-batches", { producer: { transaction: 10 } }],
    ["arrivals-link", { publish: { bandwidth: 1000 } }],
    ["arrivals-link", { publish: { latency: { d: "exponential", mean: 10 } } }],
    ["message-ttl", { producer: { ttl: 500 } }],
    ["no-arrivals", { producer: { rate: 0 } }],
    ["queue-stream", { queue: { queueType: "stream" } }],
    ["queue-ttl", { queue: { messageTtl: 500 } }],
    ["queue-bytes", { queue: { maxBytes: 5000 } }],
    ["queue-limit", { queue: { maxLength: 4 }, consumer: { service: 100 } }],
    ["servers-general", { consumer: { service: 100, instances: 2 } }],
    ["consumer-polls", { consumer: { getEvery: 100 } }],
    ["consumer-ack", { consumer: { ack: "auto" } }],
    ["consumer-fails", { consumer: { failRate: 0.1 } }],
    ["consumer-single-active", { queue: { singleActiveConsumer: true }, consumer: { instances: 2 } }],
    ["prefetch", { consumer: { prefetch: 5, instances: 2 } }],
    ["latency-servers", { consume: { latency: 5 }, consumer: { instances: 2 } }],
    ["latency-prefetch", { consume: { latency: 5 }, consumer: { prefetch: 5 } }],
    ["consume-link", { consume: { loss: 0.1 } }],
    ["overload", { producer: { rate: 11 } }],
  ])("%s", (code, change) => {
    const theory = theoryFor(station(change), "q");
    expect(theory.failed.map((one) => one.code)).toEqual([code]);
    expect(theory.fit).toBeNull();
  });

  it("names each failed condition with its facts", () => {
    const { failed } = theoryFor(
      station({ producer: { arrival: "constant" }, consumer: { prefetch: 10, instances: 4 } }),
      "q",
    );
    expect(failed).toEqual([
      { code: "arrivals-constant", facts: { client: "p" } },
      { code: "prefetch", facts: { consumer: "c", prefetch: 10, servers: 4 } },
    ]);
  });

  it("says so without consumers, with different ones, with shared ones, with planned faults and with dead letters", () => {
    const two = (change: Settings) =>
      draw()
        .producer("p", { rate: 8, arrival: "exponential" })
        .queue("q")
        .queue("other")
        .consumer("a", { service: EXPONENTIAL, prefetch: 1 })
        .consumer("b", { service: EXPONENTIAL, prefetch: 1, ...change })
        .publish("p", "q")
        .consume("q", "a")
        .consume("q", "b");
    expect(codes(draw().producer("p", { arrival: "exponential" }).queue("q").publish("p", "q").scenario())).toEqual([
      "no-consumers",
    ]);
    expect(codes(two({ speed: 2 }).scenario())).toEqual(["servers-differ"]);
    expect(codes(two({}).consume("other", "b").scenario())).toEqual(["consumer-shared"]);
    expect(codes(two({}).at(1000, "crash", "a").scenario())).toEqual(["timeline"]);
    expect(codes(two({}).at(1000, "crash", "other").scenario())).toEqual([]);
    expect(codes(two({}).deadLetter("other", "q").scenario())).toEqual(["arrivals-dead-letters"]);
    expect(codes(two({}).publish("p", "q").scenario())).toContain("arrivals-batches");
  });

  it("heeds a policy as the broker does: the lower limit holds", () => {
    const scenario = station();
    const broker = {
      id: "b",
      kind: "broker",
      name: "b",
      x: 0,
      y: 0,
      settings: {
        policies: [
          { name: "short", pattern: ".*", "apply-to": "queues", priority: 0, definition: { "message-ttl": 60_000 } },
        ],
      },
    };
    const within = scenario.nodes.map((node) => (node.id === "q" ? { ...node, parent: "b" } : node));
    expect(codes({ ...scenario, nodes: [...within, broker] })).toEqual(["queue-ttl"]);
  });

  it("asks for a queue that is there", () => {
    expect(() => theoryFor(station(), "c")).toThrow('no queue "c"');
  });
});
