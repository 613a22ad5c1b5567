import {
  type DoStep,
  figuresOf,
  hasPassed,
  hiddenIn,
  judgeAll,
  type Lesson,
  latestOf,
  lockedIn,
  measure,
  measuredCurve,
  outcomeOption,
  type PredictStep,
  type RunStep,
  readLesson,
  restrictionsOf,
  resultOf,
  type Step,
  seedOfName,
  stateAt,
  type Verdict,
  withChange,
  withSettings,
  workOf,
  writeResult,
} from "../../../engine/lesson/index.ts";
import { emptyScenario } from "../../../engine/scenario/index.ts";
import { gather } from "../../bridge/evidence.ts";
import { engine, StaleRun } from "../../bridge/index.ts";
import { oneProgressFile } from "../../share/progress-file.ts";
import { useDocument } from "../../store/document.ts";
import {
  keepProgress,
  keptProgress,
  NEW_PROGRESS,
  type Progress,
  recordOf,
  type StepRecord,
  useLesson,
} from "../../store/lesson.ts";
import { useRun } from "../../store/run.ts";
import { useView } from "../../store/view.ts";
import { widthNow } from "../shell/use-width.ts";
import { maskByLesson } from "./masking.ts";
import { fitBesideLesson, showStep } from "./spotlight.ts";

/** Judged so often while it runs, real ms. */
const LOOK_EVERY_MS = 250;
const FALLBACK_UNTIL_MS = 60_000;

const now = () => useLesson.getState();

/** When the run of a step stops by itself, virtual ms. */
export const untilOf = (step: DoStep | RunStep): number =>
  step.type === "run" ? step.until.t : (step.until?.t ?? (latestOf(step.check) || FALLBACK_UNTIL_MS));

/**
 * The document that was opened carries a lesson: it is begun, or gone on with where this person was. Another document: the lesson rests.
 * @param begin also when the document is the person's own and no lesson was going on
 */
export function considerDocument(begin = false): void {
  const { id, origin, scenario } = useDocument.getState();
  const { lesson, progress } = now();
  if (lesson !== null && progress.document === id) return;
  if (lesson !== null) rest();
  if (scenario.lesson === undefined) return;
  const { lesson: found, issues } = readLesson(scenario.lesson, scenario);
  const kept = found === null ? undefined : keptProgress()[found.id];
  const isHere = kept?.document === id && kept.active;
  // What was handed out is worked on whenever it is open, or its locks would end with its link.
  const isWork = found?.assignment !== undefined;
  if (!begin && !isHere && !isWork && origin === "own") return;
  if (found === null) {
    useView.getState().notify({ tone: "warning", key: "lesson.unreadable", facts: { count: issues.length } });
    return;
  }
  if (isHere && kept !== undefined) take(found, kept);
  else if (!begin && kept?.active && !kept.finished && kept.step > 0) {
    // What came from another browser came without its drawing.
    const start = kept.start ?? stateAt(found, scenario, Math.min(kept.step, found.steps.length - 1));
    useDocument.getState().apply((before) => ({ ...start, lesson: before.lesson }), { byLesson: true });
    take(found, { ...kept, document: id });
  } else take(found, { ...NEW_PROGRESS, document: id });
}

/** Takes a lesson from where the progress says. */
function take(lesson: Lesson, progress: Progress): void {
  const { scenario, restrict } = useDocument.getState();
  const base = progress.base ?? scenario;
  useLesson.setState({ lesson, progress: { ...progress, base, active: true }, verdicts: [], target: null });
  restrict(restrictionsOf(lesson, base), lockedIn);
  // Whoever it was handed to says who they are first.
  const isAsked = lesson.assignment !== undefined && progress.name === undefined;
  // There is no room for charts and the lesson both.
  if (widthNow() === "narrow") useView.getState().panel("dock", { open: false });
  // An outline that was open would lie over the lesson; it can be opened on top of it again.
  useView.getState().set({ outline: false });
  watch();
  fitBesideLesson();
  if (isAsked) mask();
  else enter(Math.min(progress.step, lesson.steps.length - 1));
}

/** Begins work that was handed out. @param name whoever works on it; may give the runs a seed of their own */
export function beginAs(name: string): void {
  const { lesson, progress } = now();
  if (lesson === null) return;
  if (lesson.assignment?.seed === "name") {
    const seed = seedOfName(name, lesson.id);
    useDocument.getState().apply((before) => ({ ...before, seed }), { byLesson: true });
  }
  const base = useDocument.getState().scenario;
  useLesson.setState({ progress: { ...progress, base, name: name.trim(), began: Date.now(), spent: 0 } });
  enter(0);
}

/** The lesson stays as it is for its document; the screen is the person's own again. */
function rest(): void {
  stopWatching?.();
  stopWatching = null;
  useLesson.setState({ lesson: null, verdicts: [], masked: new Set(), target: null });
  useDocument.getState().restrict(null);
  maskByLesson(null);
  showStep(null);
  engine.runUntil(null);
}

/** The person has had enough: nothing is locked or hidden any more, what was reached is kept. */
export function endLesson(): void {
  const { lesson, progress } = now();
  if (lesson?.assignment !== undefined) {
    // The locks stay with the document; what was reached is there when it is opened again.
    useDocument.getState().open(emptyScenario(), { origin: "own" });
    return;
  }
  if (lesson !== null) keepProgress(lesson.id, { ...progress, active: false });
  rest();
}

/** Everything from the beginning: the drawing, the run, the answers. */
export function resetLesson(): void {
  const { lesson, progress } = now();
  const { base, document: id, name, began, spent } = progress;
  if (lesson === null) return;
  if (base !== null) useDocument.getState().apply((before) => ({ ...base, lesson: before.lesson }), { byLesson: true });
  engine.restart();
  useLesson.setState({
    progress: { ...NEW_PROGRESS, document: id, base, ...(name !== undefined && { name, began, spent }) },
    verdicts: [],
  });
  enter(0);
}

/** The person has gone through all of it. */
export const finishLesson = (): void => store({ finished: true });

/** Real ms that the page was looked at since the progress was written last. */
let unwritten = 0;

function store(change: Partial<Progress>): void {
  const { lesson, progress } = now();
  const next = { ...progress, ...change };
  // Time counts only for work that is handed in, and up to its end.
  if (progress.name !== undefined && !progress.finished) {
    next.spent = (progress.spent ?? 0) + unwritten;
    next.ended = Date.now();
  }
  unwritten = 0;
  useLesson.setState({ progress: next });
  if (lesson !== null) keepProgress(lesson.id, next);
}

/** Notes something about a step. */
export function record(step: number, change: Partial<StepRecord>): void {
  const { progress } = now();
  store({ records: { ...progress.records, [step]: { ...progress.records[step], ...change } } });
  mask();
}

/** To a step: what it puts in place is put there the first time. */
export function enter(step: number): void {
  const { lesson, progress } = now();
  const at = lesson?.steps[step];
  if (lesson === null || at === undefined) return;
  const isNew = step > progress.furthest;
  if (isNew && at.set !== undefined) {
    const { set } = at;
    useDocument.getState().apply((before) => withSettings(before, set).scenario, { byLesson: true });
    // A task that changes the drawing is not met by what ran before the change.
    if (at.type === "do") engine.restart();
  }
  store({
    step,
    ...(isNew && { furthest: step, start: useDocument.getState().scenario }),
    ...(step === lesson.steps.length - 1 && isPassive(at) && { finished: true }),
  });
  useLesson.setState({ verdicts: [] });
  aim(at);
  mask();
  showStep(at);
  if (at.type === "do") void look();
}

/** Nothing has to be done before the next step. */
const isPassive = (step: Step): boolean => step.type === "text" || step.type === "observe";

/** The run will stop where the step wants it, whichever button starts it. */
function aim(step: Step): void {
  const target = step.type === "run" || step.type === "do" ? untilOf(step) : null;
  useLesson.setState({ target });
  const time = useRun.getState().time / 1000;
  engine.runUntil(target === null || time >= target ? null : target * 1000);
}

/** The step's start once more: the drawing as it was, the run at 0, the answers of this step forgotten. */
export function resetStep(): void {
  const { lesson, progress } = now();
  const { step, start, furthest } = progress;
  if (lesson === null) return;
  if (start !== null && step === furthest)
    useDocument.getState().apply((before) => ({ ...start, lesson: before.lesson }), { byLesson: true });
  engine.restart();
  const { [step]: _, ...records } = progress.records;
  store({ records });
  enter(step);
}

/** Plays to where the step wants to look: from now when that lies ahead and the drawing is that of the run, else from the start. */
export function runStep(): void {
  const { lesson, progress } = now();
  const step = lesson?.steps[progress.step];
  if (step?.type !== "run" && step?.type !== "do") return;
  const target = untilOf(step);
  const { time } = useRun.getState();
  if (step.type === "do" || time / 1000 >= target) engine.restart();
  if (step.speed !== undefined) engine.setSpeed(step.speed);
  engine.runUntil(target * 1000);
  engine.play();
}

/** Puts the task's own solution in place. */
export function showSolution(): void {
  const { lesson, progress } = now();
  const step = lesson?.steps[progress.step];
  if (step?.type !== "do") return;
  useDocument.getState().apply((before) => withChange(before, step.solution), { byLesson: true });
  record(progress.step, { solved: true });
}

let stopWatching: (() => void) | null = null;

function watch(): void {
  stopWatching?.();
  const timer = window.setInterval(() => {
    if (document.visibilityState === "visible") unwritten += LOOK_EVERY_MS;
    if (useRun.getState().status === "running") void look();
  }, LOOK_EVERY_MS);
  const stops = [
    useRun.subscribe((run, before) => {
      if (run.status !== before.status || (run.status !== "running" && run.time !== before.time)) void look();
    }),
    useDocument.subscribe((doc, before) => {
      if (doc.id !== before.id) considerDocument();
      else if (doc.scenario !== before.scenario) void look();
    }),
  ];
  stopWatching = () => {
    window.clearInterval(timer);
    for (const stop of stops) stop();
  };
}

/** How a task stood when its run had come to its end, for what is handed in. */
function noteChecks(at: number, verdicts: readonly Verdict[]): void {
  const checks = verdicts.map(({ outcome, measured }) => ({ passed: outcome === "passed", measured }));
  if (JSON.stringify(checks) !== JSON.stringify(recordOf(now(), at).checks)) record(at, { checks });
}

let isLooking = false;
/** Something happened while one was looking. */
let looksAgain = false;

/** Whether the step has what it waits for. */
async function look(): Promise<void> {
  const { lesson, progress } = now();
  const at = progress.step;
  const step = lesson?.steps[at];
  if (lesson === null || (step?.type !== "run" && step?.type !== "do")) return;
  looksAgain = isLooking;
  if (isLooking) return;
  isLooking = true;
  try {
    const conditions = step.type === "do" ? step.check : step.orWhen === undefined ? [] : [step.orWhen];
    const { scenario } = useDocument.getState();
    const evidence = await gather(figuresOf(conditions), scenario);
    const verdicts = judgeAll(conditions, evidence);
    if (now().progress.step !== at || now().lesson !== lesson) return;
    const isThere = evidence.time >= untilOf(step) - 0.001;
    const isDone = step.type === "do" ? hasPassed(verdicts) && evidence.time > 0 : isThere || hasPassed(verdicts);
    if (step.type === "do") {
      useLesson.setState({ verdicts });
      if (lesson.assignment !== undefined && (isThere || isDone)) noteChecks(at, verdicts);
    } else if (isDone && !isThere) engine.pause();
    if (isDone && recordOf(now(), at).done !== true) await finish(lesson, at);
  } catch (error) {
    if (!(error instanceof StaleRun)) throw error;
  } finally {
    isLooking = false;
  }
  if (looksAgain) void look();
}

/** A run has come to its end: what was guessed before is measured, and what the next texts name. */
async function finish(lesson: Lesson, at: number): Promise<void> {
  const { steps } = lesson;
  const isRunStep = ({ type }: Step) => type === "run" || type === "do";
  const next = steps.findIndex((step, i) => i > at && isRunStep(step));
  const told = steps.map((step, i) => ({ step, i })).filter(({ i }) => i >= at && (next < 0 || i <= next));
  const guessed = steps
    .map((step, i) => ({ step, i }))
    .filter(
      (one): one is { step: PredictStep; i: number } =>
        one.i < at && one.step.type === "predict" && recordOf(now(), one.i).outcome === undefined,
    );
  const readings = [
    ...told.flatMap(({ step }) => Object.values(step.facts ?? {})),
    ...guessed.flatMap(({ step }) => step.answerFrom ?? []),
  ];
  const { scenario } = useDocument.getState();
  const evidence = await gather(figuresOf(readings), scenario);
  for (const { step, i } of guessed) {
    if (step.answerFrom === undefined) {
      record(i, { outcome: outcomeOption(step, Number.NaN) });
      continue;
    }
    if (latestOf([step.answerFrom]) > evidence.time + 0.001) continue;
    if (step.kind === "graph") {
      const curve = measuredCurve(step.answerFrom, evidence);
      if (curve !== null) record(i, { outcome: curve });
      continue;
    }
    const outcome = measure(step.answerFrom, evidence);
    if (!Number.isNaN(outcome)) record(i, { outcome });
  }
  for (const { step, i } of told) {
    if (step.facts === undefined) continue;
    const facts: Record<string, number> = {};
    for (const [name, reading] of Object.entries(step.facts)) {
      const value = measure(reading, evidence);
      if (!Number.isNaN(value)) facts[name] = value;
    }
    record(i, { facts });
  }
  record(at, { done: true });
  if (at === steps.length - 1) store({ finished: true });
}

/** What may not be seen now: what the lesson hides, and what a guess that is still open is about. */
function mask(): void {
  const { lesson, progress } = now();
  if (lesson === null) return;
  const masked = new Set(hiddenIn(lesson));
  const step = lesson.steps[progress.step];
  const isOpen = step?.type === "predict" && recordOf(now(), progress.step).guess === undefined;
  if (isOpen && step.answerFrom !== undefined) masked.add(step.answerFrom.metric);
  useLesson.setState({ masked });
  maskByLesson(masked);
}

/** The steps of the lesson with what was said and reached, to be kept as a file. */
export function lessonProgressFile(): string {
  const { lesson, progress } = now();
  return oneProgressFile(lesson?.id ?? "", lesson?.title, progress);
}

/** What is handed in, as it stands now: a file and its short code. null when nothing was handed out, or nobody has said who they are. */
export function workToHandIn(): { name: string; code: string; text: string } | null {
  const { lesson, progress } = now();
  const { name, base, began = 0, ended = began, spent = 0 } = progress;
  if (lesson === null || name === undefined || base === null) return null;
  const after = useDocument.getState().scenario;
  const facts = { name, work: workOf(base), began, ended, spent };
  const result = resultOf(lesson, progress.records, { before: base, after, facts });
  return { name, code: result.code, text: writeResult(result) };
}
