import { beforeEach, describe, expect, it } from "vitest";
import { addNode, connect, emptyScenario, helloQueue, type Scenario } from "../../../engine/scenario/index.ts";
import { useDocument } from "../../store/document.ts";
import { useRun } from "../../store/run.ts";
import { useView } from "../../store/view.ts";
import { beginFirstSteps, buildOwn, endFirstSteps, useFirstSteps } from "./first-steps.ts";

const doc = () => useDocument.getState();
const step = () => useFirstSteps.getState().step;
const add = (kind: "producer" | "queue" | "consumer") => (s: Scenario) => addNode(s, kind, { x: 0, y: 0 }).scenario;
const link = (from: string, to: string) => (s: Scenario) => {
  const made = connect(s, from, to);
  return made.ok ? made.scenario : s;
};

beforeEach(() => {
  useRun.setState({ status: "ready" });
  useView.setState({ welcomed: false });
  doc().open(helloQueue(), { origin: "example" });
});

describe("the first steps", () => {
  it("show one hint at a time, each gone when its thing is done", () => {
    useView.setState({ outline: true });
    buildOwn();
    expect(useView.getState().outline).toBe(false);
    expect(doc().scenario).toEqual(emptyScenario());
    expect(step()).toBe("place");
    doc().apply(add("producer"));
    expect(step()).toBe("connect");
    doc().apply(add("queue"));
    doc().apply(link("p1", "q1"));
    expect(step()).toBe("consume");
    doc().apply(add("consumer"));
    doc().apply(link("q1", "c1"));
    expect(step()).toBe("play");
    useRun.setState({ status: "running" });
    expect(step()).toBeNull();
  });

  it("leave with the document they are about", () => {
    buildOwn();
    doc().open(helloQueue(), { origin: "example" });
    expect(step()).toBeNull();
  });

  it("are over for good when dismissed, or when somebody begins without them, until asked for again", () => {
    beginFirstSteps();
    doc().apply(add("queue"));
    expect(useFirstSteps.getState().card).toBe(false);
    expect(useView.getState().welcomed).toBe(true);
    beginFirstSteps();
    expect(useFirstSteps.getState().card).toBe(true);
    endFirstSteps();
    expect(useFirstSteps.getState().card).toBe(false);
  });
});
