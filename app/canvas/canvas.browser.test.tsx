import "@xyflow/react/dist/base.css";
import "../styles/tokens.css";
import "../styles/base.css";

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import { addNode, emptyScenario, KINDS, type NodeKind, setFolded, setSetting } from "../../engine/scenario/index.ts";
import { bindKeys } from "../commands/index.ts";
import { useDocument } from "../store/document.ts";
import { useView } from "../store/view.ts";
import { restOfTexts } from "../text/index.ts";
import { dropNode } from "./actions.ts";
import { Canvas } from "./Canvas.tsx";
import { canvas } from "./control.ts";
import { drawnNow } from "./drawing.ts";
import { flowNodes } from "./flow-model.ts";
import { useCanvas } from "./state.ts";

const doc = () => useDocument.getState().scenario;
const kinds = () => doc().nodes.map((node) => node.kind);
const links = () => {
  const name = (id: string) => doc().nodes.find((node) => node.id === id)?.name;
  return doc().edges.map((edge) => `${name(edge.from)} → ${name(edge.to)}`);
};
const surface = () => document.querySelector<HTMLElement>("[data-canvas]") as HTMLElement;

function place(...pieces: [NodeKind, number, number][]) {
  let scenario = emptyScenario();
  for (const [kind, x, y] of pieces) scenario = addNode(scenario, kind, { x, y }).scenario;
  useDocument.getState().open(scenario, { origin: "own" });
}

/** Drawn, and brought into view as a whole: until then things move away from under the hand. */
async function shown(count: number) {
  await expect.poll(() => document.querySelectorAll(".react-flow__node").length).toBe(count);
  await expect
    .poll(() => document.querySelector<HTMLElement>(".react-flow__viewport")?.style.transform)
    .not.toBe("translate(0px, 0px) scale(1)");
}

let letGo: () => void;
beforeEach(async () => {
  await restOfTexts();
  place();
  useView.getState().select({});
  useCanvas.setState(useCanvas.getInitialState());
  letGo = bindKeys();
  await render(
    <div style={{ position: "relative", width: 1100, height: 640 }} data-region="canvas" data-canvas tabIndex={-1}>
      <Canvas />
    </div>,
  );
  // Keys that are pressed before are for nobody.
  await expect.poll(canvas).not.toBeNull();
});
afterEach(() => letGo());

describe("the canvas without a pointer", () => {
  it("gives the focus to what is still to be drawn, once it is", async () => {
    surface().focus();
    canvas()?.focus("q1");
    for (let frame = 0; frame < 20; frame++) await new Promise((done) => requestAnimationFrame(done));
    place(["queue", 0, 0]);
    await expect.poll(() => document.activeElement?.getAttribute("data-id")).toBe("q1");
  });

  it("builds producer, queue and consumer, connected", async () => {
    surface().focus();
    await userEvent.keyboard("n");
    await userEvent.keyboard("prod{Enter}");
    await expect.poll(kinds).toEqual(["producer"]);
    await expect.poll(() => document.activeElement?.getAttribute("data-id")).toBe("p1");
    await userEvent.keyboard("{Control>}{ArrowRight}{/Control}");
    await expect.poll(() => document.activeElement?.getAttribute("data-id")).toBe("q1");
    await userEvent.keyboard("{Control>}{ArrowRight}{/Control}");
    await expect.poll(links).toEqual(["producer-1 → queue-1", "queue-1 → consumer-1"]);
    await userEvent.keyboard("{Control>}z{/Control}");
    await expect.poll(kinds).toEqual(["producer", "queue"]);
  });

  it("finds kinds by their names, then by their system, then by what is said about them", async () => {
    const add = async (typed: string) => {
      surface().focus();
      await userEvent.keyboard("n");
      await userEvent.keyboard(`${typed}{Enter}`);
      await expect.poll(() => document.querySelector("[role=listbox]")).toBeNull();
      // What is new takes the focus; only then may the next one be asked for.
      await expect.poll(() => document.activeElement?.getAttribute("data-id")).toBeTruthy();
    };
    await add("queue");
    await add("redis");
    await add("pub/sub");
    await expect.poll(() => kinds().sort()).toEqual(["channel", "list", "queue"]);
  });

  it("connects by choosing from a list that says why others cannot be chosen", async () => {
    place(["producer", 0, 0], ["consumer", 40, 0], ["queue", 20, 12]);
    await shown(3);
    surface().focus();
    await userEvent.keyboard("{Tab}");
    await expect.poll(() => document.activeElement?.getAttribute("data-id")).toBe("p1");
    await userEvent.keyboard("c");
    await expect
      .poll(() => document.querySelector("[role=option][aria-disabled=true]")?.textContent)
      .toContain("With a broker they never talk directly");
    await userEvent.keyboard("queue{Enter}");
    await expect.poll(links).toEqual(["producer-1 → queue-1"]);
  });

  it("walks through nodes in flow order and lets go at the end", async () => {
    place(["producer", 0, 0], ["queue", 20, 0]);
    await shown(2);
    surface().focus();
    await userEvent.keyboard("{Tab}{Tab}");
    await expect.poll(() => document.activeElement?.getAttribute("data-id")).toBe("q1");
    await expect.poll(() => useView.getState().selection.nodes).toEqual(["q1"]);
    await userEvent.keyboard("{Tab}");
    await expect.poll(() => document.activeElement?.closest(".react-flow__node")).toBeNull();
  });

  it("moves by grid steps, five with Shift, in one undo step", async () => {
    place(["queue", 10, 10]);
    await shown(1);
    surface().focus();
    await userEvent.keyboard("{Tab}{ArrowRight}{ArrowRight}{Shift>}{ArrowDown}{/Shift}");
    await expect.poll(() => doc().nodes[0]).toMatchObject({ x: 12, y: 15 });
    await userEvent.keyboard("{Control>}z{/Control}");
    await expect.poll(() => doc().nodes[0]).toMatchObject({ x: 10, y: 10 });
  });

  it("names nodes for those who do not see them", async () => {
    place(["producer", 0, 0], ["queue", 20, 0]);
    await expect
      .poll(() => document.querySelector(".react-flow__node[data-id=q1]")?.getAttribute("aria-label"))
      .toBe("Queue queue-1");
  });
});

describe("the canvas of a phone", () => {
  const before = { width: window.innerWidth, height: window.innerHeight };
  afterEach(() => page.viewport(before.width, before.height));

  it("shows all of the drawing above the zoom bar", async () => {
    await page.viewport(390, 844);
    place(...[0, 1, 2, 3, 4, 5, 6, 7].map((i): [NodeKind, number, number] => ["queue", 0, 8 * i]));
    await shown(8);
    surface().focus();
    await userEvent.keyboard("1");
    const top = () => document.querySelector("[aria-label=Zoom]")?.getBoundingClientRect().top;
    const lowest = () =>
      Math.max(
        ...[...document.querySelectorAll(".react-flow__node")].map((node) => node.getBoundingClientRect().bottom),
      );
    await expect.poll(() => lowest() - (top() ?? 0)).toBeLessThan(0);
    expect(lowest()).toBeGreaterThan(500);
  });
});

describe("a note that is too small to be read", () => {
  const card = () => document.querySelector("section[aria-label='Text of the note']")?.textContent;
  beforeEach(async () => {
    let scenario = addNode(emptyScenario(), "note", { x: 0, y: 0 }).scenario;
    scenario = addNode(scenario, "queue", { x: 200, y: 60 }).scenario;
    const [note] = scenario.nodes;
    scenario = setSetting(scenario, note?.id ?? "", "text", { en: "Look here.", zh: "看这里。" }).scenario;
    useDocument.getState().open(scenario, { origin: "own" });
    await shown(2);
  });

  it("is read beside it when it is chosen, where there is no inspector; near enough, it is read itself", async () => {
    expect(card()).toBeUndefined();
    useView.getState().select({
      nodes: doc()
        .nodes.slice(0, 1)
        .map(({ id }) => id),
    });
    await expect.poll(card).toBe("Look here.");
    surface().focus();
    await userEvent.keyboard("0");
    await expect.poll(card).toBeUndefined();
  });

  it("is left to the inspector on a large screen", async () => {
    const header = document.createElement("header");
    header.dataset.region = "header";
    document.body.append(header);
    useView.getState().select({ nodes: doc().nodes.map(({ id }) => id) });
    useView.getState().select({
      nodes: doc()
        .nodes.slice(0, 1)
        .map(({ id }) => id),
    });
    await expect.poll(() => document.querySelector(".react-flow__node.selected")).not.toBeNull();
    expect(card()).toBeUndefined();
    header.remove();
  });
});

describe("the canvas with a pointer", () => {
  const said = () => document.querySelector("[role=alertdialog]")?.textContent;
  const remedy = () => document.querySelector("[role=alertdialog] [data-first]") as HTMLElement;

  it("refuses what a broker would not do, says why, and mends it on demand", async () => {
    place(["producer", 0, 0], ["consumer", 40, 0]);
    await shown(2);
    const handle = document.querySelector<HTMLElement>(".react-flow__node[data-id=p1] [data-handleid=out]");
    const target = document.querySelector<HTMLElement>(".react-flow__node[data-id=c1]");
    await userEvent.click(handle as HTMLElement);
    await expect.poll(() => useView.getState().tool.name).toBe("connect");
    await userEvent.click(target as HTMLElement);
    await expect.poll(said).toContain("With a broker they never talk directly");
    await userEvent.click(remedy());
    await expect.poll(links).toEqual(["producer-1 → queue-1", "queue-1 → consumer-1"]);
  });

  it("renames in place and refuses a name that is taken", async () => {
    place(["queue", 0, 0], ["queue", 20, 0]);
    await shown(2);
    await userEvent.dblClick(document.querySelector(".react-flow__node[data-id=q1]") as HTMLElement);
    // The field comes with the first name that is changed.
    await expect.poll(() => document.activeElement?.closest(".react-flow__node[data-id=q1] input")).toBeTruthy();
    await userEvent.keyboard("queue-2{Enter}");
    await expect
      .poll(() => document.querySelector(".react-flow__node[data-id=q1] [role=alert]")?.textContent)
      .toMatch(/queue-2/);
    await userEvent.keyboard("{Control>}a{/Control}订单{Enter}");
    await expect.poll(() => doc().nodes[0]?.name).toBe("订单");
  });

  it("leaves the focus on a binding whose key is accepted the moment its field has been fetched", async () => {
    place(["exchange", 0, 0], ["queue", 20, 0]);
    await shown(2);
    const accept = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLInputElement)) return;
      document.removeEventListener("focusin", accept);
      queueMicrotask(() => target.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true })));
    };
    document.addEventListener("focusin", accept);
    await userEvent.click(document.querySelector(".react-flow__node[data-id=x1] [data-handleid=out]") as HTMLElement);
    await userEvent.click(document.querySelector(".react-flow__node[data-id=q1]") as HTMLElement);
    await expect.poll(() => document.querySelector("input")).toBeNull();
    await expect.poll(() => document.activeElement?.classList.contains("react-flow__edge")).toBe(true);
  });

  it("asks for the key of a binding that is drawn", async () => {
    place(["exchange", 0, 0], ["queue", 20, 0]);
    await shown(2);
    await userEvent.click(document.querySelector(".react-flow__node[data-id=x1] [data-handleid=out]") as HTMLElement);
    await userEvent.click(document.querySelector(".react-flow__node[data-id=q1]") as HTMLElement);
    await expect.poll(() => document.activeElement?.getAttribute("aria-label")).toBe("Binding key");
    await userEvent.keyboard("order.paid{Enter}");
    await expect.poll(() => doc().edges[0]).toMatchObject({ kind: "binding", settings: { key: "order.paid" } });
  });

  it("asks a stream's reader which group it joins", async () => {
    place(["stream", 0, 0], ["consumer", 30, 0], ["consumer", 30, 12]);
    await shown(3);
    const read = async (consumer: string) => {
      await userEvent.click(document.querySelector(".react-flow__node[data-id=t1] [data-handleid=out]") as HTMLElement);
      await userEvent.click(document.querySelector(`.react-flow__node[data-id=${consumer}]`) as HTMLElement);
      await expect.poll(() => document.querySelector("[role=dialog]")?.textContent).toContain("Read alone");
    };
    await read("c1");
    await userEvent.keyboard("workers{Enter}");
    await expect.poll(() => doc().edges[0]).toMatchObject({ kind: "consume", settings: { group: "workers" } });
    await read("c2");
    await expect.poll(() => document.querySelector("[role=option]")?.textContent).toContain("Join group workers");
    await userEvent.keyboard("{Enter}");
    await expect.poll(() => doc().edges[1]).toMatchObject({ settings: { group: "workers" } });
    await expect.poll(() => document.querySelector(".react-flow__node[data-id=t1]")?.textContent).toContain("workers");
  });

  it("offers a bridge between two systems", async () => {
    place(["list", 0, 0], ["queue", 40, 0]);
    await shown(2);
    await userEvent.click(document.querySelector(".react-flow__node[data-id=l1] [data-handleid=out]") as HTMLElement);
    await userEvent.click(document.querySelector(".react-flow__node[data-id=q1]") as HTMLElement);
    await expect.poll(said).toContain("nothing carries messages between them");
    await userEvent.click(remedy());
    await expect.poll(links).toEqual(["list-1 → service-1", "service-1 → queue-1"]);
  });

  it("keeps what belongs to one system out of another's frame, and says why", async () => {
    place(["redis", 0, 0], ["queue", 44, 0]);
    await shown(2);
    dropNode("queue", { x: 200, y: 200 });
    await expect.poll(said).toContain("cannot stand in redis-1");
    expect(doc().nodes.at(-1)).toMatchObject({ kind: "queue", y: 26 });
    expect(doc().nodes.at(-1)?.parent).toBeUndefined();
    dropNode("list", { x: 200, y: 200 });
    await expect.poll(() => doc().nodes.at(-1)).toMatchObject({ kind: "list", parent: "r1" });
  });
});

describe("lines", () => {
  it("end where every kind of node has its ends on the page, folded frames too", async () => {
    place(...KINDS.map(({ kind }, i): [NodeKind, number, number] => [kind, (i % 6) * 44, Math.floor(i / 6) * 40]));
    useDocument.getState().apply((scenario) => setFolded(scenario, ["b1"], true));
    await expect.poll(() => document.querySelectorAll(".react-flow__node-folded .react-flow__handle").length).toBe(5);
    const drawn = flowNodes(drawnNow(), new Map());
    await shown(drawn.length);
    for (const { id, width = 0, height = 0, handles = [] } of drawn) {
      const node = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"]`) as HTMLElement;
      expect([id, node.offsetWidth, node.offsetHeight]).toEqual([id, width, height]);
      const box = node.getBoundingClientRect();
      const zoom = box.width / width;
      const seen = [...node.querySelectorAll<HTMLElement>(".react-flow__handle")].map((end) => {
        const { x, y } = end.getBoundingClientRect();
        const at = [(x - box.x) / zoom, (y - box.y) / zoom].map((px) => Math.round(px * 4) / 4);
        const { handleid, handlepos } = end.dataset;
        const type = end.classList.contains("source") ? "source" : "target";
        return [id, handleid, type, handlepos, ...at, end.offsetWidth, end.offsetHeight];
      });
      const known = handles.map((end) => [id, end.id, end.type, end.position, end.x, end.y, end.width, end.height]);
      expect(seen).toEqual(known);
    }
  });
});
