import type { Smoothness } from "./canvas.ts";
import type { Result } from "./measure.ts";
import type { WorkloadProfile } from "./profile.ts";
import type { Seeking } from "./seek.ts";
import { type BrowserSlicing, SLICE_MAX_MS, type Slicing, type Spread } from "./slices.ts";
import { PARTS } from "./slices-child.ts";
import type { Soak } from "./soak.ts";

const NONE = "–";

/** Columns of the table; ratios last. */
const COLUMNS: { title: string; width: number; of: (result: Result) => string; isBrowser?: true }[] = [
  { title: "messages/s", width: 11, of: ({ messagesPerSecond }) => large(messagesPerSecond) },
  { title: "hops/s", width: 9, of: ({ hopsPerSecond }) => large(hopsPerSecond) },
  { title: "× real time", width: 12, of: ({ timesRealTime }) => plain(timesRealTime) },
  { title: "bytes/message", width: 14, of: ({ bytesPerMessage }) => plain(bytesPerMessage) },
  { title: "(plain)", width: 8, of: ({ plainBytesPerMessage }) => plain(plainBytesPerMessage) },
  { title: "major GC", width: 9, of: ({ garbage }) => plain(garbage.major) },
  { title: "Chromium/Node", width: 14, of: ({ browserShare }) => fixed(browserShare), isBrowser: true },
  { title: "of plain", width: 9, of: ({ ratioToPlain }) => fixed(ratioToPlain) },
  { title: "of C++", width: 8, of: ({ ratioToC }) => fixed(ratioToC) },
];

export function printTitle(hasReference: boolean, isBrowser: boolean): void {
  if (!hasReference) console.log("There is no g++ here, so nothing is compared with C++.");
  console.log("workload  ".padEnd(10) + shown(isBrowser, ({ title, width }) => title.padStart(width)));
}

export function printLine(name: string, result: Result, isBrowser: boolean): void {
  console.log(name.padEnd(10) + shown(isBrowser, ({ of, width }) => of(result).padStart(width)));
}

function shown(isBrowser: boolean, text: (column: (typeof COLUMNS)[number]) => string): string {
  return COLUMNS.filter((column) => isBrowser || !column.isBrowser)
    .map(text)
    .join(" ");
}

const large = (value: number): string =>
  value >= 1e6 ? `${(value / 1e6).toFixed(2)} M` : `${(value / 1e3).toFixed(1)} k`;
const plain = (value: number | null): string => (value === null ? NONE : String(value));
const fixed = (value: number | null): string => (value === null ? NONE : value.toFixed(3));

/** Functions below this share of the time are left out. */
const SHARE_MIN = 0.005;
const ROWS_MAX = 40;

export function printProfile({ workload, events, ms, functions, allocations, file }: WorkloadProfile): void {
  console.log(`${workload}: ${events} events in ${Math.round(ms)} ms, ${Math.round((ms * 1e6) / events)} ns each\n`);
  console.log("self time   ns/event  function");
  for (const row of functions.slice(0, ROWS_MAX)) {
    if (row.share < SHARE_MIN) break;
    const share = `${(row.share * 100).toFixed(1)} %`.padStart(8);
    console.log(`${share} ${((row.ms * 1e6) / events).toFixed(0).padStart(11)}   ${row.place}`);
  }
  const total = allocations.reduce((sum, row) => sum + row.bytesPerEvent, 0);
  console.log(`\nbytes/event, garbage included; ${total.toFixed(1)} in all`);
  for (const row of allocations.slice(0, ROWS_MAX)) {
    if (row.bytesPerEvent < SHARE_MIN * total) break;
    console.log(`${row.bytesPerEvent.toFixed(1).padStart(8)}   ${row.place}`);
  }
  console.log(`\nThe whole profile, for the browser's developer tools: ${file}`);
}

/** One graph on the canvas. */
export function printSmoothness({ nodes, tokens, fps, p95, longest }: Smoothness): void {
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  console.log(
    `${nodes} nodes, ${tokens} tokens: ${fps.toFixed(1)} frames a second, 95 % within ${ms(p95)}, longest ${ms(longest)}`,
  );
}

const inMs = (value: number): string => value.toFixed(1).padStart(7);
const spread = ({ p50, p95, p99, max }: Spread): string => [p50, p95, p99, max].map(inMs).join("");

export function printSlicesTitle(): void {
  console.log("real ms    slices    p50    p95    p99    max  (max with other programs)  over 8  major GC  because of");
}

/** A workload cut into slices, and what its longest one did. */
export function printSlices({ workload, slices, wall, long, culprit, longest, major }: Slicing): void {
  const head = `${workload.padEnd(10)} ${String(slices.count).padStart(6)} ${spread(slices)}`;
  console.log(
    `${head}  ${inMs(wall.max).padStart(24)} ${String(long).padStart(7)}${String(major).padStart(10)}  ${culprit ?? NONE}`,
  );
  if (longest.ms <= SLICE_MAX_MS) return;
  const parts = PARTS.filter((part) => longest.parts[part] >= 0.1).map(
    (part) => `${part} ${longest.parts[part].toFixed(1)}`,
  );
  console.log(`           the longest: ${parts.join(", ")}; of it garbage ${longest.garbage.toFixed(1)}`);
}

/** Page and worker over real minutes; MiB. */
export function printSoak({ workload, weights, slope, virtualSeconds, minutes }: Soak): void {
  const mega = (bytes: number): string => (bytes / 2 ** 20).toFixed(2).padStart(9);
  console.log(`${workload} at Max speed, ${minutes} min; MiB of heap and typed arrays, * after a collection\n`);
  console.log("     s      page    worker");
  for (const { at, page, worker, isCollected } of weights) {
    console.log(`${at.toFixed(0).padStart(6)} ${mega(page)} ${mega(worker)}${isCollected ? " *" : ""}`);
  }
  console.log(
    `\nheld memory grows by MiB/min: page ${mega(slope.page).trim()}, worker ${mega(slope.worker).trim()}; reached ${virtualSeconds} virtual s`,
  );
}

export function printSeeking({ virtualSeconds, snapshots, bytes, seek, stepBack, snapshot }: Seeking): void {
  console.log(`a run of ${virtualSeconds} virtual s; ${snapshots} snapshots, ${(bytes / 2 ** 20).toFixed(1)} MiB\n`);
  console.log("real ms    times    p50    p95    p99    max  (max with other programs)  longest slice");
  for (const [name, { ms, wall, longestSlice }] of [
    ["seek", seek],
    ["step back", stepBack],
  ] as const) {
    const head = `${name.padEnd(10)} ${String(ms.count).padStart(5)} ${spread(ms)}`;
    console.log(`${head}  ${inMs(wall.max).padStart(24)}  ${inMs(longestSlice).padStart(13)}`);
  }
  console.log(
    `\na snapshot of ${snapshot.queued} queued messages into kept memory: ${spread(snapshot).trim()} (p50, p95, p99, max)`,
  );
}

export function printBrowserSlices({ workload, slices, wall, pause, major }: BrowserSlicing): void {
  console.log(`${workload} in Chromium's worker, real ms (p50, p95, p99, max), ${major} major collections`);
  console.log(`   ${String(slices.count).padStart(5)} slices ${spread(slices)}, by the clock ${spread(wall)}`);
  console.log(`   ${String(pause.count).padStart(5)} pauses ${spread(pause)}, by the clock of the page`);
}
