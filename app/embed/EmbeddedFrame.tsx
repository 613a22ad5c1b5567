import { ExternalLink, Play, SkipBack } from "lucide-react";
import { lazy, Suspense } from "react";
import { engine } from "../bridge/index.ts";
import { Canvas } from "../canvas/Canvas.tsx";
import { togglePlay } from "../commands/run.ts";
import { ErrorBoundary } from "../panels/shell/ErrorBoundary.tsx";
import { HintLayer } from "../panels/shell/HintLayer.tsx";
import { IconButton } from "../panels/shell/IconButton.tsx";
import { Notices } from "../panels/shell/Notices.tsx";
import { Clock } from "../panels/transport/Clock.tsx";
import { PlayButton } from "../panels/transport/Transport.tsx";
import { useDocument } from "../store/document.ts";
import { isPlayable, useRun } from "../store/run.ts";
import { useView } from "../store/view.ts";
import { useText } from "../text/index.ts";
import styles from "./Embedded.module.css";

const Dialogs = lazy(() => import("../panels/dialogs/Dialogs.tsx"));

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

/** The drawing in somebody else's page: with a bar below it, or alone. */
export function EmbeddedFrame({ ui }: { ui: "min" | "none" }) {
  const { t } = useText();
  const dialog = useView((s) => s.dialog);
  return (
    <div className={styles.frame}>
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
      {ui === "min" && <Bar />}
      {dialog !== null && (
        <Suspense fallback={null}>
          <Dialogs />
        </Suspense>
      )}
      <Notices />
      <HintLayer />
    </div>
  );
}
