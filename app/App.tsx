// Before every component: their rules overrule these. They stand here and not in main.tsx, because they must be in the same file of the build.
import "@xyflow/react/dist/base.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/first-look.css";
import { type ComponentType, startTransition, useEffect, useState } from "react";
import styles from "./App.module.css";
import { Canvas } from "./canvas/Canvas.tsx";
import { fetched } from "./fetched.tsx";
import { Palette } from "./panels/palette/Palette.tsx";
import { DockFrame } from "./panels/shell/DockFrame.tsx";
import { ErrorBoundary } from "./panels/shell/ErrorBoundary.tsx";
import { Header } from "./panels/shell/Header.tsx";
import { HintLayer } from "./panels/shell/HintLayer.tsx";
import { InspectorFrame } from "./panels/shell/InspectorFrame.tsx";
import { Notices } from "./panels/shell/Notices.tsx";
import { focusRegion } from "./panels/shell/regions.ts";
import { useWidth } from "./panels/shell/use-width.ts";
import { Transport } from "./panels/transport/Transport.tsx";
import { useDocument } from "./store/document.ts";
import { useLesson } from "./store/lesson.ts";
import { useView } from "./store/view.ts";
import controls from "./styles/controls.module.css";
import { restOfTexts, useText } from "./text/index.ts";
import { firstPictureStands, inTurn } from "./turns.ts";

const WelcomeCard = fetched(
  () => import("./panels/welcome/WelcomeCard.tsx"),
  () => <FirstWords />,
  true,
);

type Part = () => Promise<{ default: ComponentType }>;
const withWords =
  (load: Part): Part =>
  () =>
    Promise.all([load(), restOfTexts()]).then(([module]) => module);

/** What is loaded when it is wanted; its words come with it. */
const later = (load: Part) => fetched(withWords(load));

/** What every page shows, but behind its first picture. */
const afterwards = (load: Part) => fetched(() => inTurn(withWords(load)), undefined, true);

const StatusLine = afterwards(() => import("./panels/status/StatusLine.tsx"));
const Inspector = afterwards(() => import("./panels/inspector/Inspector.tsx"));
const Dock = afterwards(() => import("./panels/dock/Dock.tsx"));
const Dialogs = later(() => import("./panels/dialogs/Dialogs.tsx"));
const ExposedControls = later(() => import("./panels/lesson/ExposedControls.tsx"));
const LessonPanel = later(() => import("./panels/lesson/LessonPanel.tsx"));
const Outline = later(() => import("./panels/outline/Outline.tsx"));
const CommandPalette = later(() => import("./panels/palette/CommandPalette.tsx"));

function useDocumentTitle() {
  const { of, t } = useText();
  const title = useDocument((s) => s.scenario.meta.title);
  useEffect(() => {
    const own = of(title);
    document.title = own === "" ? t("shell.name") : `${own} · ${t("shell.name")}`;
  }, [title, of, t]);
}

/** What index.html shows who comes for the first time stays where it is until the card takes its place. */
function FirstWords() {
  const { t } = useText();
  if (document.documentElement.dataset.visit !== "first") return null;
  return (
    <div className="first-words">
      <section>
        <h2>{t("welcome.title")}</h2>
        <p>{t("welcome.intro")}</p>
      </section>
    </div>
  );
}

/** The drawing comes a moment after the frame around it: together they would hold the page too long. */
function Picture() {
  const [isTurn, setTurn] = useState(false);
  useEffect(() => startTransition(() => setTurn(true)), []);
  return isTurn ? <Drawn /> : <FirstWords />;
}

function Drawn() {
  useEffect(firstPictureStands, []);
  return (
    <>
      <ErrorBoundary>
        <Canvas />
      </ErrorBoundary>
      <ErrorBoundary>
        <WelcomeCard />
      </ErrorBoundary>
    </>
  );
}

function OpenDialog() {
  const dialog = useView((s) => s.dialog);
  if (dialog === null) return null;
  return <ErrorBoundary>{dialog.name === "palette" ? <CommandPalette /> : <Dialogs />}</ErrorBoundary>;
}

export function App() {
  const { t } = useText();
  const width = useWidth();
  const isRail = useView((s) => !s.panels.palette.open);
  const isInspectorOpen = useView((s) => width === "wide" && s.panels.inspector.open);
  const hasOutline = useView((s) => s.outline);
  const isDockOpen = useView((s) => s.panels.dock.open);
  const hasLesson = useLesson((s) => s.lesson !== null);
  const hasExposed = useDocument((s) => (s.scenario.view?.expose?.length ?? 0) > 0);
  useDocumentTitle();
  return (
    <div
      className={styles.app}
      data-width={width}
      data-palette={
        hasLesson && width !== "narrow"
          ? "lesson"
          : width === "narrow"
            ? "none"
            : hasOutline
              ? "outline"
              : width === "medium" || isRail
                ? "rail"
                : "full"
      }
      data-inspector={isInspectorOpen ? "open" : "closed"}
      data-dock={isDockOpen ? "open" : "closed"}
    >
      <button type="button" className={styles.skip} onClick={() => focusRegion("transport")}>
        {t("shell.skip")}
      </button>
      <header className={styles.header} data-region="header">
        <Header />
      </header>
      {hasLesson ? (
        <nav className={styles.lesson} data-region="lesson" aria-label={t("shell.regions.lesson")} tabIndex={-1}>
          <ErrorBoundary>
            <LessonPanel />
          </ErrorBoundary>
        </nav>
      ) : (
        width !== "narrow" &&
        !hasOutline && (
          <nav className={styles.palette} data-region="palette" aria-label={t("shell.regions.palette")} tabIndex={-1}>
            <Palette />
          </nav>
        )
      )}
      {hasOutline && (
        <nav
          className={styles.outline}
          data-region="outline"
          data-over={width === "narrow" || hasLesson || undefined}
          aria-label={t("shell.regions.outline")}
          tabIndex={-1}
        >
          <ErrorBoundary>
            <Outline />
          </ErrorBoundary>
        </nav>
      )}
      <main className={styles.main} aria-label={t("shell.regions.canvas")}>
        <div className={styles.canvas} data-region="canvas" data-canvas tabIndex={-1}>
          <Picture />
        </div>
        {(hasLesson || hasExposed) && (
          <ErrorBoundary>
            <ExposedControls />
          </ErrorBoundary>
        )}
        {/* biome-ignore lint/a11y/useSemanticElements: a bar of controls is no fieldset */}
        <div
          className={styles.transport}
          data-region="transport"
          role="group"
          aria-label={t("shell.regions.transport")}
        >
          <Transport />
        </div>
      </main>
      <InspectorFrame className={styles.inspector}>
        <ErrorBoundary>
          <Inspector />
        </ErrorBoundary>
      </InspectorFrame>
      <DockFrame className={styles.dock}>
        <ErrorBoundary>
          <Dock />
        </ErrorBoundary>
      </DockFrame>
      <section className={styles.status} data-region="status" aria-label={t("shell.regions.status")} tabIndex={-1}>
        <ErrorBoundary>
          <StatusLine />
        </ErrorBoundary>
      </section>
      <OpenDialog />
      <Notices />
      <HintLayer />
      <div id="spoken" aria-live="polite" className={controls.hidden} />
    </div>
  );
}
