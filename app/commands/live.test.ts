import { expect, it } from "vitest";
import { OPERATIONS } from "../../engine/scenario/index.ts";
import { sketch } from "../../engine/testing/sketch.ts";
import { useDocument } from "../store/document.ts";
import { useRun } from "../store/run.ts";
import { useView } from "../store/view.ts";
import en from "../text/en.ts";
import { flatten } from "../text/table.ts";
import zh from "../text/zh.ts";
import { liveCommands, quickTitle } from "./live.ts";
import { titleOf } from "./registry.ts";

const tables = { en: flatten(en), zh: flatten(zh) };

it.each(["en", "zh"] as const)("every operation, menu entry and argument has its words in %s", (language) => {
  const wanted = [
    ...OPERATIONS.flatMap((spec) => [
      `operations.do.${spec.id}`,
      ...spec.quick.map((quick) => quickTitle(spec, quick)),
      ...spec.args.map(({ name }) => `operations.args.${name}`),
    ]),
    ...liveCommands.map(titleOf),
  ];
  expect(wanted.filter((key) => !tables[language].has(key))).toEqual([]);
});

it("no menu entry stands there twice", () => {
  const ids = liveCommands.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

it("one instance fewer is offered while there is more than one", () => {
  const scenario = sketch([["queue q"], ["consumer c", { instances: 2 }], ["consumer d"]], []);
  useDocument.setState({ scenario });
  const offers = (id: string, badges: readonly string[]) => {
    useView.setState({ selection: { nodes: [id], edges: [] } });
    useRun.setState({ layout: { nodes: [], edges: [] } as never, badges: { [id]: badges } });
    return ["live.consumer.more", "live.consumer.fewer", "live.consumer.instancesAsDrawn"].filter((command) =>
      liveCommands.find((one) => one.id === command)?.when?.(),
    );
  };
  const [more, fewer, asDrawn] = ["live.consumer.more", "live.consumer.fewer", "live.consumer.instancesAsDrawn"];
  expect(offers("c", [])).toEqual([more, fewer]);
  expect(offers("d", [])).toEqual([more]);
  expect(offers("d", ["scaled"])).toEqual([more, fewer, asDrawn]);
  expect(offers("c", ["scaled-1"])).toEqual([more, asDrawn]);
  expect(offers("q", [])).toEqual([]);
});
