import { ExternalLink, Play, SkipBack } from "lucide-react";
import type { ComponentType } from "react";
import { engine } from "../bridge/index.ts";
import { Canvas } from "../canvas/Canvas.tsx";
import { togglePlay } from "../commands/run.ts";
import { fetched } from "../fetched.tsx";
import { DockFrame } from "../panels/shell/DockFrame.tsx";
import { ErrorBoundary } from "../panels/shell/ErrorBoundary.tsx";
import { HintLayer } from "../panels/shell/HintLayer.tsx";
import { IconButton } from "../panels/shell/IconButton.tsx";
import { Notices } from "../panels/shell/Notices.tsx";
import { Clock } from "../panels/transport/Clock.tsx";
import { PlayButton, Transport } from "../panels/transport/Transport.tsx";
import { useDocument } from "../store/document.ts";
import { useLesson } from "../store/lesson.ts";
import { isPlayable, useRun } from "../store/run.ts";
import { useView } from "../store/view.ts";
import { restOfTexts, useText } from "../text/index.ts";
import styles from "./Embedded.module.css";

/** What is loaded when it is wanted; its words come with it. */
const later = (load: () => Promise<{ default: ComponentType }>) =>
  fetched<object>(() => Promise.all([load(), restOfTexts()]).then(([module]) => module));

const Dialogs = later(() => import("../panels/dialogs/Dialogs.tsx"));
const Dock = later(() => import("../panels/dock/Dock.tsx"));
const LessonPanel = later(() => import("../panels/lesson/LessonPanel.tsx"));
const ExposedControls = later(() => import("../panels/lesson/ExposedControls.tsx"));

/** The same document in a tab of its own, with everything. */
function Whole() {
  const { t, of } = useText();
  const title = useDocument((s) => s.scenario.meta.title);
  return (
    <a
      className={styles.whole}
      href={`${location.pathname}${location.hash}`}
      target="_blank"
      rel="noreferrer"
      aria-label={t("shell.whole")}
    >
      <span className={styles.title}>{of(title)}</span>
      <ExternalLink size={16} aria-hidden />
    </a>
  );
}

function Bar() {
  const { t } = useText();
  const status = useRun((s) => s.status);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a bar of controls is no fieldset
    <div className={styles.bar} role="group" aria-label={t("shell.regions.transport")}>
      <IconButton
        label={t("commands.run.restart")}
        disabled={!isPlayable(status) && status !== "fault"}
        onClick={() => engine.restart()}
      >
        <SkipBack size={18} />
      </IconButton>
      <PlayButton />
      <Clock />
      <Whole />
    </div>
  );
}

/** With nothing around the drawing there is still a way to begin. */
function Start() {
  const { t } = useText();
  const status = useRun((s) => s.status);
  if (status !== "ready") return null;
  return (
    <button type="button" className={styles.start} aria-label={t("commands.run.play")} onClick={togglePlay}>
      <Play size={28} fill="currentColor" aria-hidden />
    </button>
  );
}

/** The drawing in somebody else's page, with as much around it as that page wants. */
export function EmbeddedFrame({
  ui,
  hasDock,
  hasExposed,
}: {
  ui: "full" | "min" | "none";
  hasDock: boolean;
  hasExposed: boolean;
}) {
  const { t } = useText();
  const hasDialog = useView((s) => s.dialog !== null);
  const hasLesson = useLesson((s) => s.lesson !== null);
  const isExposed = useDocument((s) => (s.scenario.view?.expose?.length ?? 0) > 0) && hasExposed;
  return (
    <div className={styles.frame} data-lesson={hasLesson || undefined}>
      {hasLesson && (
        <nav className={styles.lesson} data-region="lesson" aria-label={t("shell.regions.lesson")} tabIndex={-1}>
          <ErrorBoundary>
            <LessonPanel />
          </ErrorBoundary>
        </nav>
      )}
      <div className={styles.side}>
        <main
          className={styles.canvas}
          data-region="canvas"
          data-canvas
          tabIndex={-1}
          aria-label={t("shell.regions.canvas")}
        >
          <ErrorBoundary>
            <Canvas />
          </ErrorBoundary>
          {ui === "none" && <Start />}
        </main>
        {(hasLesson || isExposed) && (
          <ErrorBoundary>
            <ExposedControls />
          </ErrorBoundary>
        )}
        {ui === "min" && <Bar />}
        {ui === "full" && (
          // biome-ignore lint/a11y/useSemanticElements: a bar of controls is no fieldset
          <div className={styles.full} role="group" aria-label={t("shell.regions.transport")}>
            <Transport />
            <Whole />
          </div>
        )}
        {ui === "full" && hasDock && (
          <DockFrame className={styles.dock}>
            <ErrorBoundary>
              <Dock />
            </ErrorBoundary>
          </DockFrame>
        )}
      </div>
      {hasDialog && (
        <ErrorBoundary>
          <Dialogs />
        </ErrorBoundary>
      )}
      <Notices />
      <HintLayer />
    </div>
  );
}
