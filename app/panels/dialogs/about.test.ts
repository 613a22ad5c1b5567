import { describe, expect, it } from "vitest";
import {
  ABOUT_AREAS,
  FEATURES,
  KAFKA_AREAS,
  KAFKA_FEATURES,
  REDIS_AREAS,
  REDIS_FEATURES,
  ROCKET_AREAS,
  ROCKET_FEATURES,
  RUN_AREAS,
  RUN_FEATURES,
  RUN_SIMPLIFICATIONS,
  SIMPLIFICATIONS,
  ZMQ_AREAS,
  ZMQ_FEATURES,
} from "../../../engine/index.ts";
import { addNode, emptyScenario, KINDS, setSetting } from "../../../engine/scenario/index.ts";
import en from "../../text/en/about.ts";
import zh from "../../text/zh/about.ts";
import { areasOf, POINTS } from "./about-points.ts";
import { versionsFollowed } from "./about-versions.ts";

const PRODUCTS = [
  {
    product: "rabbitmq",
    areas: ABOUT_AREAS as readonly string[],
    features: FEATURES.map(({ id, area, modelled }) => ({ id, area: area as string, modelled: modelled as string })),
    simplifications: SIMPLIFICATIONS.map(({ id, area }) => ({ id: id as string, area: area as string })),
  },
  {
    product: "kafka",
    areas: KAFKA_AREAS as readonly string[],
    features: KAFKA_FEATURES.map(({ id, area, modelled }) => ({
      id,
      area: area as string,
      modelled: modelled as string,
    })),
    simplifications: KAFKA_AREAS.flatMap((area) => {
      const ids = KAFKA_FEATURES.filter((one) => one.area === area).flatMap(({ simplified = [] }) => simplified);
      return [...new Set(ids)].map((id) => ({ id: id as string, area: area as string }));
    }),
  },
  {
    product: "rocketmq",
    areas: ROCKET_AREAS as readonly string[],
    features: ROCKET_FEATURES.map(({ id, area, modelled }) => ({
      id,
      area: area as string,
      modelled: modelled as string,
    })),
    simplifications: ROCKET_AREAS.flatMap((area) => {
      const ids = ROCKET_FEATURES.filter((one) => one.area === area).flatMap(({ simplified = [] }) => simplified);
      return [...new Set(ids)].map((id) => ({ id: id as string, area: area as string }));
    }),
  },
  {
    product: "redis",
    areas: REDIS_AREAS as readonly string[],
    features: REDIS_FEATURES.map(({ id, area, modelled }) => ({
      id,
      area: area as string,
      modelled: modelled as string,
    })),
    simplifications: REDIS_AREAS.flatMap((area) => {
      const ids = REDIS_FEATURES.filter((one) => one.area === area).flatMap(({ simplified = [] }) => simplified);
      return [...new Set(ids)].map((id) => ({ id: id as string, area: area as string }));
    }),
  },
  {
    product: "zeromq",
    areas: ZMQ_AREAS as readonly string[],
    features: ZMQ_FEATURES.map(({ id, area, modelled }) => ({
      id,
      area: area as string,
      modelled: modelled as string,
    })),
    simplifications: ZMQ_AREAS.flatMap((area) => {
      const ids = ZMQ_FEATURES.filter((one) => one.area === area).flatMap(({ simplified = [] }) => simplified);
      return [...new Set(ids)].map((id) => ({ id: id as string, area: area as string }));
    }),
  },
  {
    product: "run",
    areas: RUN_AREAS as readonly string[],
    features: RUN_FEATURES.map(({ id, area }) => ({ id: id as string, area: area as string, modelled: "whole" })),
    simplifications: RUN_SIMPLIFICATIONS.map(({ id, area }) => ({ id: id as string, area: area as string })),
  },
] as const;

describe.each(PRODUCTS)("what is said about $product", ({ product, areas, features, simplifications }) => {
  it("is what the engine declares, part by part, in its order", () => {
    expect(Object.keys(POINTS[product])).toEqual(areas);
    for (const area of areas) {
      const mine = features.filter((feature) => feature.area === area);
      expect(Object.entries(POINTS[product][area]?.features ?? {}), area).toEqual(
        mine.map(({ id, modelled }) => [id, modelled]),
      );
      const left = simplifications.filter((one) => one.area === area).map(({ id }) => id);
      expect(POINTS[product][area]?.simplifications, area).toEqual(left);
    }
  });

  it.each([
    ["en", en],
    ["zh", zh],
  ])("has a sentence for each feature and simplification in %s, and none for anything else", (_, table) => {
    const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id).sort();
    expect(Object.keys(table[product].features).sort()).toEqual(ids(features));
    expect(Object.keys(table[product].simplifications).sort()).toEqual(ids(simplifications));
    for (const text of Object.values({ ...table[product].features, ...table[product].simplifications }))
      expect(text).toMatch(/.{5}[.。]$/);
    const names: Record<string, string> =
      product === "rocketmq"
        ? table.rocketmq.areas
        : product === "zeromq"
          ? table.zeromq.areas
          : product === "kafka"
            ? table.kafka.areas
            : table.areas;
    for (const area of areas) expect(names[area], area).toBeDefined();
  });
});

describe("the model's list of simplifications", () => {
  it("explains every feature that is not modelled as a whole, and holds nothing that no feature names", () => {
    const named = new Set<string>();
    for (const { id, modelled, simplified = [] } of FEATURES) {
      expect(simplified.length > 0, id).toBe(modelled !== "whole");
      for (const one of simplified) named.add(one);
    }
    expect(SIMPLIFICATIONS.map(({ id }) => id).filter((id) => !named.has(id))).toEqual([]);
  });
});

const versions = (...of: Parameters<typeof versionsFollowed>) => versionsFollowed(...of).map(({ version }) => version);

describe("a node's own part", () => {
  it("exists for every kind that does something, and names parts that exist", () => {
    for (const { kind, modelled, container } of KINDS as readonly {
      kind: string;
      modelled: boolean;
      container?: boolean;
    }[]) {
      if (modelled && (kind === "broker" || !container)) expect(areasOf(kind).length, kind).toBeGreaterThan(0);
      for (const place of areasOf(kind)) {
        const [product, area] = place.split(".") as ["rabbitmq" | "kafka" | "redis" | "zeromq" | "run", string];
        expect(POINTS[product][area], place).toBeDefined();
      }
    }
  });

  it("follows the version of the broker around it", () => {
    let scenario = addNode(emptyScenario(), "queue", { x: 0, y: 0, name: "q" }).scenario;
    const outside = scenario.nodes[0];
    expect(versions(scenario, undefined)).toEqual(["4"]);
    expect(versions(scenario, outside)).toEqual(["4"]);
    const drawn = addNode(scenario, "broker", { x: 20, y: 0, name: "old" });
    scenario = drawn.scenario;
    const broker = scenario.nodes.find(({ kind }) => kind === "broker");
    scenario = setSetting(scenario, broker?.id ?? "", "version", "3.10").scenario;
    const inside = { ...outside, id: "in", name: "r", parent: broker?.id } as NonNullable<typeof outside>;
    scenario = { ...scenario, nodes: [...scenario.nodes, inside] };
    expect(versions(scenario, inside)).toEqual(["3.10"]);
    expect(
      versions(
        scenario,
        scenario.nodes.find(({ id }) => id === broker?.id),
      ),
    ).toEqual(["3.10"]);
    expect(versions(scenario, outside)).toEqual(["4"]);
    expect(versions(scenario, undefined)).toEqual(["3.10"]);
    scenario = addNode(scenario, "list", { x: 0, y: 20, name: "jobs" }).scenario;
    expect(versions(scenario, undefined)).toEqual(["3.10", "redis"]);
    expect(versions(scenario, scenario.nodes.at(-1))).toEqual(["redis"]);
    expect(versions({ ...scenario, nodes: scenario.nodes.slice(-1) }, undefined)).toEqual(["redis"]);
    const topics = addNode(emptyScenario(), "topic", { x: 0, y: 0 }).scenario;
    expect(versions(topics, undefined)).toEqual(["kafka"]);
    expect(versions(topics, topics.nodes[0])).toEqual(["kafka"]);
    const sockets = addNode(emptyScenario(), "socket", { x: 0, y: 0 }).scenario;
    expect(versions(sockets, undefined)).toEqual(["zeromq"]);
    expect(versions(sockets, sockets.nodes[0])).toEqual(["zeromq"]);
  });
});
