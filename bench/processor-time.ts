import { openSync, readSync } from "node:fs";

/** Real ms for which this thread has had a processor; on systems that do not tell, simply the clock. */
export const worked: () => number = workingTime();

function workingTime(): () => number {
  const text = Buffer.alloc(64);
  const nap = new Int32Array(new SharedArrayBuffer(4));
  let file: number;
  try {
    file = openSync("/proc/thread-self/schedstat", "r");
  } catch {
    return () => performance.now();
  }
  return () => {
    // The kernel brings its account up to date when a thread leaves the processor; a shorter nap is over before it does, and the time counts as the next stretch's.
    Atomics.wait(nap, 0, 0, 0.05);
    return Number(text.toString("latin1", 0, readSync(file, text, 0, text.length, 0)).split(" ")[0]) / 1e6;
  };
}
