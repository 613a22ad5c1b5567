/** An event of the browser's trace, as far as it matters here; times in µs. */
interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  dur?: number;
  /** The processor's time in it. */
  tdur?: number;
  args?: { name?: string };
}

/** What the worker's thread did, ms. */
export interface TracedTasks {
  /** What it did at a stretch, of a processor and by the clock, but for the first: loading, and learning what is hot. */
  tasks: { ms: number; wall: number }[];
  minor: number;
  major: number;
}

const WARM_UP_TASKS = 100;

/** Reads the tasks of the worker out of a trace; workers of pages that were left before may be named in it too. @throws Error when there is none */
export function readTrace(events: readonly TraceEvent[]): TracedTasks {
  const workers = events.filter(
    ({ ph, name, args }) => ph === "M" && name === "thread_name" && /DedicatedWorker/.test(args?.name ?? ""),
  );
  if (workers.length === 0) throw new Error("The trace has no worker.");
  const own = workers
    .map((worker) => events.filter(({ ph, pid, tid }) => ph === "X" && pid === worker.pid && tid === worker.tid))
    .reduce((most, one) => (one.length > most.length ? one : most));
  const tasks = own
    .filter(({ name }) => /RunTask$/.test(name))
    .map(({ dur = 0, tdur = dur }) => ({ ms: tdur / 1000, wall: dur / 1000 }))
    // Heard messages take next to nothing; slices are what matters.
    .filter(({ wall }) => wall > 0.5);
  const count = (pattern: RegExp) => own.filter(({ name }) => pattern.test(name)).length;
  return { tasks: tasks.slice(WARM_UP_TASKS), minor: count(/^MinorGC$/), major: count(/^MajorGC$/) };
}
