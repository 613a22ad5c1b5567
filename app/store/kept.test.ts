import { beforeEach, expect, it } from "vitest";
import { helloQueue } from "../../engine/scenario/index.ts";
import { KEPT_MAX, keepRun, keptOf, overlaid, type RunPicture, removeKept, renameKept, useKept } from "./kept.ts";

const picture = (time: number): RunPicture => ({
  scenario: helloQueue(),
  time,
  acts: 0,
  edits: 0,
  report: { nodes: {}, system: {} },
  observed: [],
  series: [],
});
const names = (document: string) => keptOf(useKept.getState().runs, document).map(({ name }) => name);

beforeEach(() => useKept.setState({ runs: [], chosen: null, overlays: true }));

it("keeps six runs a document, and each document its own", () => {
  for (let i = 1; i <= KEPT_MAX; i++) expect(keepRun(picture(i), "d1", `${i}`)).toBe(true);
  expect(keepRun(picture(7), "d1", "7")).toBe(false);
  expect(keepRun(picture(7), "d2", "other")).toBe(true);
  expect(names("d1")).toEqual(["1", "2", "3", "4", "5", "6"]);
  expect(names("d2")).toEqual(["other"]);
});

it("lays the chosen run of the document behind its charts, until that is switched off", () => {
  keepRun(picture(1), "d1", "one");
  keepRun(picture(2), "d2", "two");
  expect(overlaid(useKept.getState(), "d2")?.name).toBe("two");
  expect(overlaid(useKept.getState(), "d1")).toBeNull();
  useKept.setState({ overlays: false });
  expect(overlaid(useKept.getState(), "d2")).toBeNull();
});

it("chooses the run before, of the same document, when the chosen one is removed", () => {
  for (const name of ["one", "two"]) keepRun(picture(1), "d1", name);
  keepRun(picture(1), "d2", "else");
  const [one, two] = keptOf(useKept.getState().runs, "d1");
  useKept.setState({ chosen: two?.id ?? null });
  renameKept(one?.id ?? 0, "first");
  removeKept(two?.id ?? 0);
  expect(names("d1")).toEqual(["first"]);
  expect(useKept.getState().chosen).toBe(one?.id);
  removeKept(one?.id ?? 0);
  expect(useKept.getState().chosen).toBeNull();
});
