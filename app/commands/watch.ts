import { engine } from "../bridge/index.ts";
import { useAlertForm } from "../store/alert-form.ts";
import { useDocument } from "../store/document.ts";
import { useLife } from "../store/life.ts";
import { useRun } from "../store/run.ts";
import { useView } from "../store/view.ts";
import type { Command } from "./registry.ts";

/** What a node's menu offers to those who want to look more closely (product.md §3.3): its charts, its next message, an alert. */

/** The one node that runs and is selected. */
function single(): string | undefined {
  const { nodes } = useView.getState().selection;
  const [id] = nodes;
  const isRunning = useRun.getState().layout?.nodes.some((node) => node.id === id) ?? false;
  return nodes.length === 1 && isRunning ? id : undefined;
}

const open = (tab: string): void => useView.getState().panel("dock", { open: true, tab });

let stopWaiting = (): void => {};

/** Shows and follows the first message of which anything happens at a node after now; waits for it as long as the run lasts and nobody asks for another. */
function traceNext(node: string): void {
  stopWaiting();
  const { runId, lastEvent, passage } = useRun.getState();
  let isAsking = false;
  const look = async () => {
    isAsking = true;
    const events = await engine.events({ after: lastEvent, limit: Number.MAX_SAFE_INTEGER, node }).catch(() => []);
    isAsking = false;
    const found = events.find(({ message }) => message >= 0);
    if (found === undefined || stopWaiting !== stop) return;
    stop();
    useLife.setState({ message: found.message, follows: true });
    open("messages");
  };
  const stop = useRun.subscribe((now) => {
    // Another run, or another time of this one: there is no "next" any more.
    if (now.runId !== runId || now.passage !== passage || now.lastEvent < lastEvent) stop();
    else if (now.lastEvent > lastEvent && !isAsking) void look();
  });
  stopWaiting = stop;
  const name = useDocument.getState().scenario.nodes.find(({ id }) => id === node)?.name ?? node;
  useView.getState().notify({ tone: "info", key: "life.waitsForNext", facts: { name } });
}

export const watchCommands: readonly Command[] = [
  {
    id: "watch.chart",
    group: "view",
    title: "panels.watch.chart",
    places: ["node"],
    when: () => single() !== undefined,
    perform: () => open("charts"),
  },
  {
    id: "watch.trace",
    group: "view",
    title: "panels.watch.trace",
    places: ["node"],
    when: () => single() !== undefined,
    perform: () => {
      const node = single();
      if (node !== undefined) traceNext(node);
    },
  },
  {
    id: "watch.alert",
    group: "view",
    title: "panels.watch.alert",
    places: ["node"],
    when: () => single() !== undefined && !useDocument.getState().readOnly,
    perform: () => {
      useAlertForm.setState({ isAsked: true });
      open("alerts");
    },
  },
];
