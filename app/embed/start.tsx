import { useEffect } from "react";
import { lockedIn, restrictionsOf } from "../../engine/lesson/restrictions.ts";
import { helloQueue } from "../../engine/scenario/index.ts";
import { engine } from "../bridge/index.ts";
import type { OpenLink } from "../share/opening.ts";
import { useDocument } from "../store/document.ts";
import { isPlayable, useRun } from "../store/run.ts";
import { useView } from "../store/view.ts";
import { firstPictureStands } from "../turns.ts";
import { EmbeddedFrame } from "./EmbeddedFrame.tsx";
import { type EmbedOptions, readEmbed } from "./options.ts";
import { talk } from "./talk.ts";
import { guardWheel } from "./wheel.ts";

/** Real ms that the end of a run stands before it begins again. */
const LOOP_PAUSE_MS = 1500;

const NOWHERE = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };

const optionsNow = (): EmbedOptions => readEmbed(location.search) as EmbedOptions;

/** How it is looked at is the embedding page's choice, and must not become this person's own preference. */
export function dress(): void {
  const { lang, theme, panels, ui } = optionsNow();
  useView.persist.setOptions({ storage: NOWHERE });
  const { panels: usual, panel, set } = useView.getState();
  set({ language: lang, theme, welcomed: true });
  panel("dock", { open: panels.length > 0 && ui === "full", tab: panels[0] ?? usual.dock.tab });
  panel("inspector", { open: false });
  panel("palette", { open: false });
}

/** Opens what the address holds. Nothing is kept on the device. @param open null when the address holds no link */
export async function openEmbedded(open: OpenLink | null): Promise<void> {
  const { edit, lesson, step, expose } = optionsNow();
  const isOpen = open?.(location.hash);
  if (!isOpen) useDocument.getState().open(helloQueue(), { origin: "example" });
  const { scenario, setSaved, setReadOnly, restrict } = useDocument.getState();
  setSaved("memory");
  if (lesson && scenario.lesson !== undefined) {
    const { considerDocument, enter } = await import("../panels/lesson/session.ts");
    considerDocument(true);
    if (step > 1) enter(step - 1);
    return;
  }
  if (edit) return;
  const exposed = expose ? (scenario.view?.expose ?? []) : [];
  // What is put into the reader's hand can be changed, and nothing else.
  if (exposed.length > 0)
    restrict(restrictionsOf({ lock: { default: "locked" }, expose: [...exposed] }, scenario), lockedIn);
  else setReadOnly(true);
}

/** Plays as asked once the document can run, begins anew at the end if that is asked, and talks with the page around. */
export function beginEmbedded(): void {
  const { play, speed, t, loop } = optionsNow();
  engine.setSpeed(speed);
  const stop = useRun.subscribe(({ status }) => {
    if (!isPlayable(status)) return;
    stop();
    if (t > 0) engine.seek(Math.round(t * 1000));
    if (play) engine.play();
  });
  if (loop)
    useRun.subscribe((now, before) => {
      const hasEnded = now.status === "paused" && (now.reason === "idle" || now.reason === "until");
      if (!hasEnded || before.status !== "running") return;
      setTimeout(() => {
        if (useRun.getState().status !== "paused") return;
        engine.restart();
        engine.play();
      }, LOOP_PAUSE_MS);
    });
  guardWheel();
  pauseOutOfSight();
  if (window.parent !== window) talk(window.parent);
}

/** A page may embed several: those that are scrolled away rest. */
function pauseOutOfSight(): void {
  let hasPaused = false;
  new IntersectionObserver(([entry]) => {
    if (entry === undefined) return;
    const { status } = useRun.getState();
    if (!entry.isIntersecting && status === "running") {
      hasPaused = true;
      engine.pause();
    } else if (entry.isIntersecting && hasPaused) {
      hasPaused = false;
      engine.play();
    }
  }).observe(document.documentElement);
}

/** As much of the page as is asked for. */
export function Embedded() {
  useEffect(firstPictureStands, []);
  const { ui, panels, expose } = optionsNow();
  return <EmbeddedFrame ui={ui} hasDock={panels.length > 0} hasExposed={expose} />;
}
