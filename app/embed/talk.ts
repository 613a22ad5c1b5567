import { hasPassed } from "../../engine/lesson/index.ts";
import { type SettingValue, setSetting } from "../../engine/scenario/index.ts";
import { engine, metric } from "../bridge/index.ts";
import { TOTALS, type TotalName } from "../panels/status/totals.ts";
import { useDocument } from "../store/document.ts";
import { type LessonState, useLesson } from "../store/lesson.ts";
import { isPlayable, useRun } from "../store/run.ts";

/**
 * What an embedded playground and the page around it say to each other, by `postMessage`. Out: `ready`, `state`, `check`, `refused`. In: `play`, `pause`, `restart`, `seek`,
 * `speed`, `set`. Every message is an object with the word under `weir`; docs/embedding.md lists the rest of each.
 */
export type FromPage =
  | { weir: "play" | "pause" | "restart" }
  /** Virtual ms. */
  | { weir: "seek"; time: number }
  /** Virtual s per real s; 0 = Max. */
  | { weir: "speed"; speed: number }
  /** A setting of a node or edge, by its id. */
  | { weir: "set"; target: string; name: string; value: SettingValue };

export type ToPage =
  | { weir: "ready"; v: 1; title: string; nodes: { id: string; kind: string; name: string }[] }
  | {
      weir: "state";
      status: string;
      /** Virtual ms. */
      time: number;
      /** published = processed + inSystem + discarded + lost. */
      ledger: Record<TotalName, number>;
    }
  /** The task of a lesson's step was judged: `step` from 1 on. */
  | { weir: "check"; lesson: string; step: number; passed: boolean; isFinished: boolean }
  /** A message that was not understood or not possible, and why. */
  | { weir: "refused"; asked: unknown; why: string };

/** Real ms between two states while it runs. */
const STATE_EVERY_MS = 250;
const SPEED_MAX = 1000;

/** What a message asks for; text when it asks for nothing that there is. */
export function readMessage(data: unknown): FromPage | string | null {
  if (typeof data !== "object" || data === null || !("weir" in data)) return null;
  const said = data as Record<string, unknown>;
  switch (said.weir) {
    case "play":
    case "pause":
    case "restart":
      return { weir: said.weir };
    case "seek":
      return isNumber(said.time) && said.time >= 0 ? { weir: "seek", time: said.time } : "time: virtual ms, from 0 on";
    case "speed":
      return isNumber(said.speed) && said.speed >= 0 && said.speed <= SPEED_MAX
        ? { weir: "speed", speed: said.speed }
        : `speed: 0 (Max) to ${SPEED_MAX}`;
    case "set":
      return typeof said.target === "string" && typeof said.name === "string" && said.value !== undefined
        ? { weir: "set", target: said.target, name: said.name, value: said.value as SettingValue }
        : "set: target (an id), name (of a setting), value";
    default:
      return "weir: play, pause, restart, seek, speed or set";
  }
}

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);

/** Now, or as soon as the engine has the drawing: a page need not wait for `ready`. */
function whenPlayable(act: () => void): void {
  if (isPlayable(useRun.getState().status)) {
    act();
    return;
  }
  const stop = useRun.subscribe(({ status }) => {
    if (!isPlayable(status)) return;
    stop();
    act();
  });
}

/** Does it. @returns why not, or null */
function obey(asked: FromPage): string | null {
  switch (asked.weir) {
    case "play":
      whenPlayable(() => engine.play());
      return null;
    case "pause":
      engine.pause();
      return null;
    case "restart":
      engine.restart();
      return null;
    case "seek":
      engine.seek(Math.round(asked.time * 1000));
      return null;
    case "speed":
      engine.setSpeed(asked.speed);
      return null;
    case "set": {
      const { scenario, readOnly, apply, setReadOnly } = useDocument.getState();
      if (![...scenario.nodes, ...scenario.edges].some(({ id }) => id === asked.target)) return `no ${asked.target}`;
      const { issues } = setSetting(scenario, asked.target, asked.name, asked.value);
      const error = issues.find(({ severity }) => severity === "error");
      if (error) return `${error.path}: ${error.code} ${JSON.stringify(error.facts)}`;
      // The drawing is read-only for the reader, not for the page around it.
      setReadOnly(false);
      apply((now) => setSetting(now, asked.target, asked.name, asked.value).scenario);
      setReadOnly(readOnly);
      return null;
    }
  }
}

/** Begins to talk with the page around. @param parent `window.parent`; only it is listened to @returns stops */
export function talk(parent: Window): () => void {
  const say = (message: ToPage) => parent.postMessage(message, "*");
  let said = 0;
  let last = "";
  const tell = () => {
    const { status, time } = useRun.getState();
    const now = performance.now();
    if (status === last && now - said < STATE_EVERY_MS) return;
    if (last === "" || last === "loading") {
      if (status === "loading") return;
      const { meta, nodes } = useDocument.getState().scenario;
      const { title } = meta;
      say({
        weir: "ready",
        v: 1,
        title: typeof title === "string" ? title : title.en,
        nodes: nodes.map(({ id, kind, name }) => ({ id, kind, name })),
      });
    }
    last = status;
    said = now;
    const ledger = Object.fromEntries(
      TOTALS.map(({ name, metric: of }) => [name, metric("system", of) || 0]),
    ) as Extract<ToPage, { weir: "state" }>["ledger"];
    say({ weir: "state", status, time: time / 1000, ledger });
  };
  const hear = ({ source, data }: MessageEvent<unknown>) => {
    if (source !== parent) return;
    const asked = readMessage(data);
    if (asked === null) return;
    const why = typeof asked === "string" ? asked : obey(asked);
    if (why !== null) say({ weir: "refused", asked: data, why });
  };
  const judge = ({ lesson, progress, verdicts }: LessonState, before: LessonState) => {
    if (lesson === null || (verdicts === before.verdicts && progress.finished === before.progress.finished)) return;
    if (verdicts.length === 0 && !progress.finished) return;
    const passed = verdicts.length > 0 && hasPassed(verdicts);
    say({ weir: "check", lesson: lesson.id, step: progress.step + 1, passed, isFinished: progress.finished });
  };
  const unjudge = useLesson.subscribe(judge);
  addEventListener("message", hear);
  const unwatch = useRun.subscribe(tell);
  tell();
  return () => {
    removeEventListener("message", hear);
    unwatch();
    unjudge();
  };
}
