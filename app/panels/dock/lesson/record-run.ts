import { create } from "zustand";
import type { Lesson, Step } from "../../../../engine/lesson/index.ts";
import {
  isSame,
  type Scenario,
  type ScenarioEdge,
  type ScenarioNode,
  type SettingValue,
} from "../../../../engine/scenario/index.ts";
import { useDocument } from "../../../store/document.ts";
import { useRecorder } from "../../../store/recorder.ts";
import { useRun } from "../../../store/run.ts";
import { EMPTY_TEXT } from "./edit-lesson.ts";

/** What a teacher shows in a run, as steps of a lesson: each stretch that is played is a run to its end, each change of a setting stands in the text before it. */

export type Shown = { is: "played"; until: number; speed: number } | { is: "set"; path: string; value: SettingValue };

const settingsOfAll = ({ nodes, edges }: Scenario): Map<string, ScenarioNode | ScenarioEdge> =>
  new Map([...nodes, ...edges].map((part) => [part.id, part]));

/** Settings in which `after` differs, of parts that both have; null = the default again. */
export function changedSettings(before: Scenario, after: Scenario): { path: string; value: SettingValue }[] {
  const then = settingsOfAll(before);
  const found: { path: string; value: SettingValue }[] = [];
  for (const [id, part] of settingsOfAll(after)) {
    const old = then.get(id);
    if (old === undefined || old.settings === part.settings) continue;
    const [a, b] = [old.settings ?? {}, part.settings ?? {}];
    for (const name of new Set([...Object.keys(a), ...Object.keys(b)]))
      if (!isSame(a[name] ?? null, b[name] ?? null)) found.push({ path: `${id}.${name}`, value: b[name] ?? null });
  }
  return found;
}

/** Steps for what was shown. A stretch that goes back in time begins anew; the player does so by itself. */
export function stepsOf(shown: readonly Shown[]): Step[] {
  const steps: Step[] = [];
  let set: { [path: string]: SettingValue } = {};
  for (const one of shown) {
    if (one.is === "set") {
      set = { ...set, [one.path]: one.value };
      continue;
    }
    const hasSet = Object.keys(set).length > 0;
    if (hasSet) steps.push({ type: "text", body: EMPTY_TEXT, set });
    set = {};
    steps.push({ type: "run", until: { t: one.until }, ...(one.speed > 0 && { speed: one.speed }) });
    steps.push({ type: "observe", body: EMPTY_TEXT });
  }
  return steps;
}

/** The document with the recorded steps behind the lesson's own, and with the settings that it had before: the steps put the changed ones in place. */
export function withRecorded(start: Scenario, now: Scenario, shown: readonly Shown[]): Scenario {
  const changed = new Set(changedSettings(start, now).map(({ path }) => path.slice(0, path.indexOf("."))));
  const then = settingsOfAll(start);
  const restored = <T extends ScenarioNode | ScenarioEdge>(part: T): T => {
    if (!changed.has(part.id)) return part;
    const { settings: _, ...rest } = part;
    const settings = then.get(part.id)?.settings;
    return { ...rest, ...(settings !== undefined && { settings }) } as T;
  };
  const lesson = now.lesson as Lesson;
  return {
    ...now,
    nodes: now.nodes.map(restored),
    edges: now.edges.map(restored),
    lesson: { ...lesson, steps: [...lesson.steps, ...stepsOf(shown)] },
  };
}

/** Whether a run is being recorded, and how many things were shown so far. */
export const useRunRecorder = create<{ on: boolean; count: number }>()(() => ({ on: false, count: 0 }));

let stop: (() => void) | null = null;
let shown: Shown[] = [];
let start: Scenario | null = null;

/** Begins to write down what is shown. What is done to running parts goes into the timeline. */
export function beginRecording(): void {
  const { scenario, id } = useDocument.getState();
  start = scenario;
  shown = [];
  const wasOn = useRecorder.getState().on;
  useRecorder.getState().setOn(true);
  const note = (one: Shown) => {
    shown.push(one);
    useRunRecorder.setState({ count: shown.length });
  };
  const stops = [
    useRun.subscribe((run, before) => {
      if (run.status !== "paused" || run.reason === "step") return;
      if (before.status === "paused" && run.time <= before.time) return;
      const last = shown.at(-1);
      // A short stretch at full speed is over before it was seen to run, and the clock may follow the pause: either goes on with what stands there.
      if (before.status === "paused" && last?.is === "played") shown.pop();
      if (run.time > 0) note({ is: "played", until: Math.round(run.time / 1000), speed: run.speed });
    }),
    useDocument.subscribe((doc, before) => {
      if (doc.id !== id) cancelRecording();
      else if (doc.scenario !== before.scenario)
        for (const one of changedSettings(before.scenario, doc.scenario)) note({ is: "set", ...one });
    }),
    () => useRecorder.getState().setOn(wasOn),
  ];
  stop = () => {
    for (const one of stops) one();
  };
  useRunRecorder.setState({ on: true, count: 0 });
}

function cancelRecording(): void {
  stop?.();
  stop = null;
  useRunRecorder.setState({ on: false, count: 0 });
}

/** Ends it: what was shown becomes steps, in one edit that can be undone. */
export function endRecording(): void {
  const [from, found] = [start, shown];
  cancelRecording();
  if (from !== null && found.some(({ is }) => is === "played"))
    useDocument.getState().apply((now) => withRecorded(from, now, found));
}
