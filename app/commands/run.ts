import { SPEEDS } from "../../engine/worker/protocol.ts";
import { engine } from "../bridge/index.ts";
import { isPlayable, useRun } from "../store/run.ts";
import { useView } from "../store/view.ts";
import type { Command } from "./registry.ts";

/** A jump ahead or back, µs. */
const JUMP = 5_000_000;
/** The one node that is selected: steps stop at its events only. */
const chosenNode = (): string | undefined => {
  const { nodes } = useView.getState().selection;
  return nodes.length === 1 ? nodes[0] : undefined;
};
const status = () => useRun.getState().status;

const canGoBack = (): boolean => {
  const { status: now, time, lastEvent } = useRun.getState();
  return isPlayable(now) && (time > 0 || lastEvent > 0);
};

/** The next stop of the speed slider, up or down. Max (0) is the last. */
export function nextSpeed(speed: number, by: 1 | -1): number {
  const at = SPEEDS.indexOf(speed as (typeof SPEEDS)[number]);
  return SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at + by))] ?? speed;
}

export function togglePlay(): void {
  if (status() === "running") engine.pause();
  else engine.play();
}

export const runCommands: readonly Command[] = [
  {
    id: "run.play",
    group: "run",
    title: () => (status() === "running" ? "commands.run.pause" : "commands.run.play"),
    keys: ["Space", "K"],
    when: () => isPlayable(status()),
    perform: togglePlay,
  },
  {
    id: "run.step",
    group: "run",
    title: "commands.run.step",
    keys: ["."],
    when: () => isPlayable(status()),
    perform: () => engine.step(chosenNode()),
  },
  {
    id: "run.stepBack",
    group: "run",
    title: "commands.run.stepBack",
    keys: [","],
    when: canGoBack,
    perform: () => engine.stepBack(chosenNode()),
  },
  {
    id: "run.restart",
    group: "run",
    title: "commands.run.restart",
    keys: ["Home"],
    when: () => isPlayable(status()) || status() === "fault",
    perform: () => engine.restart(),
  },
  {
    id: "run.ahead",
    group: "run",
    title: "commands.run.ahead",
    keys: ["L"],
    when: () => isPlayable(status()),
    perform: () => engine.seekBy(JUMP),
  },
  {
    id: "run.back",
    group: "run",
    title: "commands.run.back",
    keys: ["J"],
    when: canGoBack,
    perform: () => engine.seekBy(-JUMP),
  },
  {
    id: "run.faster",
    group: "run",
    title: "commands.run.faster",
    keys: ["Shift+."],
    when: () => useRun.getState().speed !== SPEEDS.at(-1),
    perform: () => engine.setSpeed(nextSpeed(useRun.getState().speed, 1)),
  },
  {
    id: "run.slower",
    group: "run",
    title: "commands.run.slower",
    keys: ["Shift+,"],
    when: () => useRun.getState().speed !== SPEEDS[0],
    perform: () => engine.setSpeed(nextSpeed(useRun.getState().speed, -1)),
  },
  {
    id: "run.keep",
    group: "run",
    title: "commands.run.keep",
    when: () => isPlayable(status()) && useRun.getState().time > 0,
    perform: () => {
      useView.getState().panel("dock", { open: true, tab: "compare" });
      void import("../panels/dock/compare/keep.ts").then(({ keepPresent }) => keepPresent());
    },
  },
];
