import { startTransition, useEffect, useRef, useState } from "react";
import { fetched } from "../../../fetched.tsx";
import { Axes } from "./Axes.tsx";
import type { Picture } from "./plot-paths.ts";
import type { Sheet, Sheets } from "./sheets.ts";

const load = () => import("./Curves.tsx");
/** Recharts is the largest piece of the page, and evaluating it holds a slow machine: it comes with the first line. */
const Curves = fetched(load, (sheet) => <Axes {...sheet} />);

/** Where somebody is, a run is near: then it comes before. */
const SIGNS = ["pointermove", "pointerdown", "keydown"] as const;
const HEAR = { passive: true, capture: true };
function comeEarly(): void {
  for (const sign of SIGNS) removeEventListener(sign, comeEarly, HEAR);
  // Should it not come, the first line asks for it again.
  load().catch(() => undefined);
}
for (const sign of SIGNS) addEventListener(sign, comeEarly, HEAR);

/** Nothing has happened: a line needs two points. */
const isBlank = ({ lines, behind, bands, thresholds, theory }: Picture): boolean =>
  lines.every(({ series }) => series.times.length < 2) &&
  behind.length + bands.length + thresholds.length === 0 &&
  Number.isNaN(theory);

/** Axes, lines and areas of a chart. What comes while it draws waits for its turn, so that several charts do not hold the page together. */
export function Drawing({ sheets }: { sheets: Sheets }) {
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const hasBegun = useRef(false);
  useEffect(() => sheets.listen((next) => startTransition(() => setSheet(next))), [sheets]);
  if (sheet === null) return null;
  hasBegun.current ||= !isBlank(sheet.picture);
  return hasBegun.current ? <Curves {...sheet} /> : <Axes {...sheet} />;
}
