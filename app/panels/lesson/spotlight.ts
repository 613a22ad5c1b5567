import type { Step } from "../../../engine/lesson/index.ts";
import { canvas } from "../../canvas/control.ts";
import { standIn } from "../../canvas/drawing.ts";
import { useView } from "../../store/view.ts";
import { widthNow } from "../shell/use-width.ts";

/** One sheet for all: nodes come and go, and React knows nothing of it. */
let sheet: CSSStyleSheet | null = null;

function outline(ids: readonly string[]): void {
  if (sheet === null) {
    sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
  const each = (kind: string) => ids.map((id) => `.react-flow__${kind}[data-id="${CSS.escape(id)}"]`).join(",");
  sheet.replaceSync(
    ids.length === 0
      ? ""
      : `${each("node")}{border-radius:var(--radius-l);outline:2px dashed var(--accent);outline-offset:6px}` +
          `${each("edge")} path{stroke:var(--accent)}`,
  );
}

/** Once the panels have their places, and once more when what is loaded later has come. */
const SETTLED_MS = [120, 700];

/** The lesson has taken its place beside the drawing, or below it: what is left is filled with the drawing. */
export function fitBesideLesson(): void {
  for (const wait of SETTLED_MS) setTimeout(() => canvas()?.fit(), wait);
}

/** Outlines what a step speaks of, brings it into view, and opens the charts that it wants seen. @param step null takes everything back */
export function showStep(step: Step | null): void {
  outline(step?.highlight?.map(standIn) ?? []);
  if (step === null) return;
  const { camera } = step;
  if (camera !== undefined)
    for (const wait of SETTLED_MS) setTimeout(() => (camera === "fit" ? canvas()?.fit() : canvas()?.fit(camera)), wait);
  const [chart] = step.type === "observe" ? (step.reveal ?? []) : [];
  const target = chart?.slice("chart:".length).split(".")[0];
  if (target === undefined || target === "system" || widthNow() === "narrow") return;
  useView.getState().select({ nodes: [target] });
  useView.getState().panel("dock", { open: true, tab: "charts" });
}
