import { keepProgress, keptProgress, NEW_PROGRESS, type Progress, type StepRecord } from "../store/lesson.ts";

/** What was reached in lessons, as a file: to go on in another browser. The drawings themselves stay behind; a lesson that is gone on with puts its own in place. */

const STEPS_MAX = 60;
const FILE_MAX = 2_000_000;

type Travelling = Omit<Progress, "document" | "base" | "start">;

function travelling({ document: _, base: __, start: ___, ...rest }: Progress): Travelling {
  return rest;
}

/** Everything that is known on this device. */
export function progressFile(): string {
  const lessons = Object.fromEntries(Object.entries(keptProgress()).map(([id, one]) => [id, travelling(one)]));
  return `${JSON.stringify({ weir: "progress", v: 1, lessons }, null, 1)}\n`;
}

/** One lesson, as the player saves it. @param title for people who look into the file */
export const oneProgressFile = (lesson: string, title: unknown, progress: Progress): string =>
  `${JSON.stringify({ weir: "progress", v: 1, lesson, title, ...travelling(progress) }, null, 2)}\n`;

const isRecord = (value: unknown): value is { [name: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isStep = (value: unknown): value is number => Number.isInteger(value) && Math.abs(value as number) <= STEPS_MAX;

/** @returns null when it is none */
function read(raw: unknown): Progress | null {
  if (!isRecord(raw) || !isStep(raw.step) || !isStep(raw.furthest) || !isRecord(raw.records)) return null;
  const records = Object.entries(raw.records).filter(([at, one]) => isStep(Number(at)) && isRecord(one));
  return {
    ...NEW_PROGRESS,
    step: Math.max(0, raw.step),
    furthest: raw.furthest,
    records: Object.fromEntries(records) as Record<number, StepRecord>,
    finished: raw.finished === true,
    active: raw.active !== false,
  };
}

/**
 * Takes a file of either form; where this device knows more of a lesson already, that stays.
 * @returns how many lessons were taken over; null when it is no such file
 */
export function takeProgress(text: string): number | null {
  if (text.length > FILE_MAX) return null;
  let raw: unknown;
  try {
    raw = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return null;
  }
  if (!isRecord(raw) || raw.weir !== "progress" || raw.v !== 1) return null;
  const found: [string, unknown][] = isRecord(raw.lessons)
    ? Object.entries(raw.lessons)
    : typeof raw.lesson === "string"
      ? [[raw.lesson, raw]]
      : [];
  const known = keptProgress();
  let count = 0;
  for (const [id, one] of found) {
    const progress = read(one);
    const mine = Object.hasOwn(known, id) ? known[id] : undefined;
    const isFurther =
      mine === undefined ||
      (progress?.finished === true && !mine.finished) ||
      (mine.finished === (progress?.finished ?? false) && (progress?.furthest ?? -1) > mine.furthest);
    if (progress === null || !isFurther) continue;
    keepProgress(id, progress);
    count++;
  }
  return count;
}
