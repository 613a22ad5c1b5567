import { useEffect, useLayoutEffect, useState } from "react";
import { useDocument } from "../../store/document.ts";
import { useRun } from "../../store/run.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { useWidth } from "../shell/use-width.ts";
import { nextStep, STEPS, type Step, useFirstSteps } from "./first-steps.ts";
import styles from "./Welcome.module.css";

/** The part of the page that a hint points at. */
const POINTS_AT: Record<Step, string> = {
  add: '[data-region="palette"]',
  connect: '[data-region="canvas"]',
  play: '[data-region="transport"]',
};

interface Spot {
  side: "right" | "above" | "inside";
  left: number;
  top: number;
}

/** Where a hint stands, px of the window; it follows when the page is laid out anew. */
function useSpot(step: Step | null): Spot | null {
  const [spot, setSpot] = useState<Spot | null>(null);
  useLayoutEffect(() => {
    if (step === null) return;
    const measure = () => {
      const canvas = document.querySelector('[data-region="canvas"]')?.getBoundingClientRect();
      const target = document.querySelector(POINTS_AT[step])?.getBoundingClientRect() ?? canvas;
      if (target === undefined || canvas === undefined) return;
      if (step === "add" && target !== canvas)
        setSpot({ side: "right", left: target.right + 12, top: target.top + 56 });
      else if (step === "play") setSpot({ side: "above", left: target.left + 24, top: target.top - 12 });
      else setSpot({ side: "inside", left: canvas.left + canvas.width / 2, top: canvas.top + 16 });
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(document.body);
    for (const selector of Object.values(POINTS_AT)) {
      const element = document.querySelector(selector);
      if (element) watch.observe(element);
    }
    return () => watch.disconnect();
  }, [step]);
  return step === null ? null : spot;
}

/** Up to three hints, one at a time, each gone as soon as its thing is done. */
export function Hints() {
  const { t } = useText();
  const width = useWidth();
  const { active, done, set } = useFirstSteps();
  const nodes = useDocument((s) => s.scenario.nodes.length);
  const edges = useDocument((s) => s.scenario.edges.length);
  const isRunning = useRun((s) => s.status === "running");
  const [played, setPlayed] = useState(false);
  const step = active ? nextStep(done, { nodes, edges, played }) : null;
  const spot = useSpot(step);
  useEffect(() => {
    if (!active) setPlayed(false);
    else if (isRunning) setPlayed(true);
  }, [active, isRunning]);
  useEffect(() => {
    if (active && step === null) set({ active: false, done: STEPS });
  }, [active, step, set]);
  if (step === null || spot === null) return null;
  return (
    <section
      className={styles.hint}
      data-side={spot.side}
      style={width === "narrow" ? undefined : { left: spot.left, top: spot.top }}
      aria-label={t("welcome.steps.label")}
      aria-live="polite"
    >
      <p className={styles.hintPlace}>
        {t("welcome.steps.place", { n: STEPS.indexOf(step) + 1, count: STEPS.length })}
      </p>
      <h3 className={styles.hintTitle}>{t(`welcome.steps.${step}.title`)}</h3>
      <p>{t(`welcome.steps.${step}.${width === "narrow" ? "wordsNarrow" : "words"}`)}</p>
      <div className={styles.hintTools}>
        <button
          type="button"
          className={`${controls.button} ${controls.quiet}`}
          onClick={() => set({ active: false, done: STEPS })}
        >
          {t("welcome.steps.dismiss")}
        </button>
        <button type="button" className={controls.button} onClick={() => set({ done: [...done, step] })}>
          {t("welcome.steps.skip")}
        </button>
      </div>
    </section>
  );
}
