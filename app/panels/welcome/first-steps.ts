import { create } from "zustand";
import { emptyScenario, helloQueue, type Scenario } from "../../../engine/scenario/index.ts";
import { engine } from "../../bridge/index.ts";
import { canvas } from "../../canvas/control.ts";
import { saveNow } from "../../share/session.ts";
import { useDocument } from "../../store/document.ts";
import { isPlayable, useRun } from "../../store/run.ts";
import { useView } from "../../store/view.ts";
import { widthNow } from "../shell/use-width.ts";

/** What the next hint waits for. `consume` is the second half of connecting. */
export type Step = "place" | "connect" | "consume" | "play";

export interface FirstSteps {
  card: boolean;
  step: Step | null;
}

export const useFirstSteps = create<FirstSteps>()(() => ({ card: false, step: null }));

let stopWatching: (() => void) | null = null;

/** The card of the first visit. Whoever plays, edits or opens something else has begun without it: then it goes. */
export function beginFirstSteps(): void {
  useFirstSteps.setState({ card: true, step: null });
  stopWatching?.();
  const { scenario } = useDocument.getState();
  const stops = [
    useDocument.subscribe((now) => now.scenario !== scenario && endFirstSteps()),
    useRun.subscribe((now, before) => now.status === "running" && before.status !== "running" && endFirstSteps()),
  ];
  stopWatching = () => {
    stopWatching = null;
    for (const stop of stops) stop();
  };
}

/** Card and hints go, for ever unless somebody asks for them. */
export function endFirstSteps(): void {
  stopWatching?.();
  const hadCard = useFirstSteps.getState().card;
  useFirstSteps.setState({ card: false, step: null });
  useView.getState().set({ welcomed: true });
  // On a phone the drawing has stood below the card.
  if (hadCard && widthNow() === "narrow") canvas()?.fit();
}

/** The hint that a picture asks for: what is there already needs no hint. */
export function stepFor(scenario: Scenario): Step {
  const has = (kind: string) => scenario.edges.some((edge) => edge.kind === kind);
  if (!scenario.nodes.some((node) => node.kind === "producer")) return "place";
  if (!has("publish")) return "connect";
  return has("consume") ? "play" : "consume";
}

/** Plays the first example as soon as the engine can. */
export function watchItRun(): void {
  endFirstSteps();
  const { scenario, origin, open } = useDocument.getState();
  if (origin !== "example" || scenario.meta.id !== helloQueue().meta.id) {
    saveNow();
    useView.getState().select({});
    open(helloQueue(), { origin: "example" });
  }
  const { id } = useDocument.getState();
  const tryPlay = (): boolean => {
    const { status } = useRun.getState();
    if (useDocument.getState().id !== id || status === "running") return true;
    if (!isPlayable(status)) return false;
    engine.play();
    return true;
  };
  // The engine takes an opened document on its way in the next moment; only then is it the one that plays.
  setTimeout(() => {
    if (tryPlay()) return;
    const stop = useRun.subscribe(() => {
      if (tryPlay()) stop();
    });
  }, 80);
}

/** An empty canvas and up to three hints, each of which goes when what it asks for is done. */
export function buildOwn(): void {
  endFirstSteps();
  saveNow();
  useView.getState().select({});
  // The first hint points to the palette: the outline must not stand in its place.
  useView.getState().set({ outline: false });
  useDocument.getState().open(emptyScenario(), { origin: "own" });
  useFirstSteps.setState({ step: "place" });
  followSteps();
}

let stopFollowing: (() => void) | null = null;

function followSteps(): void {
  stopFollowing?.();
  const { id } = useDocument.getState();
  const stops = [
    useDocument.subscribe((now) => {
      if (now.id !== id) useFirstSteps.setState({ step: null });
      else if (useFirstSteps.getState().step !== null) useFirstSteps.setState({ step: stepFor(now.scenario) });
    }),
    useRun.subscribe((now) => {
      if (now.status === "running") useFirstSteps.setState({ step: null });
    }),
    useFirstSteps.subscribe((now) => {
      if (now.step === null) stopFollowing?.();
    }),
  ];
  stopFollowing = () => {
    stopFollowing = null;
    for (const stop of stops) stop();
  };
}
