import * as Tabs from "radix-ui/tabs";
import type { ReactNode } from "react";
import { fetched } from "../../fetched.tsx";
import { useRecorder } from "../../store/recorder.ts";
import { useRun } from "../../store/run.ts";
import { useView } from "../../store/view.ts";
import { useText } from "../../text/index.ts";
import { ErrorBoundary } from "../shell/ErrorBoundary.tsx";
import { ChartsPanel } from "./charts/ChartsPanel.tsx";
import styles from "./Dock.module.css";
import { ProblemsPanel } from "./problems/ProblemsPanel.tsx";
import { useProblems } from "./problems/use-problems.ts";

const EventsPanel = fetched(() => import("./events/EventsPanel.tsx"));
const MessagesPanel = fetched(() => import("./messages/MessagesPanel.tsx"));
const LedgerPanel = fetched(() => import("./ledger/LedgerPanel.tsx"));
const AlertsPanel = fetched(() => import("./alerts/AlertsPanel.tsx"));

const TimelinePanel = fetched(() => import("./timeline/TimelinePanel.tsx"));
const ComparePanel = fetched(() => import("./compare/ComparePanel.tsx"));
const LessonAuthor = fetched(() => import("./lesson/LessonAuthor.tsx"));
const ExperimentsPanel = fetched(() => import("./experiments/ExperimentsPanel.tsx"));

const TABS = [
  "charts",
  "events",
  "messages",
  "ledger",
  "problems",
  "alerts",
  "timeline",
  "compare",
  "experiments",
  "lesson",
] as const;
type DockTab = (typeof TABS)[number];

function ProblemCount() {
  const { t } = useText();
  const problems = useProblems();
  // Notes are worth reading but nothing to worry about: they are not counted.
  const counted = problems.filter(({ severity }) => severity !== "info");
  if (counted.length === 0) return null;
  const severity = counted.some((problem) => problem.severity === "error") ? "error" : "warning";
  return (
    <span
      className={styles.badge}
      data-severity={severity}
      role="img"
      aria-label={t("panels.dock.problemCount", { count: counted.length })}
    >
      {counted.length}
    </span>
  );
}

function FiringCount() {
  const { t } = useText();
  const count = useRun((s) => s.alerts.filter(({ state }) => state === "firing").length);
  if (count === 0) return null;
  return (
    <span
      className={styles.badge}
      data-severity="error"
      role="img"
      aria-label={t("panels.dock.firingCount", { count })}
    >
      {count}
    </span>
  );
}

function RecordingMark() {
  const { t } = useText();
  const on = useRecorder((s) => s.on);
  if (!on) return null;
  return (
    <span className={styles.badge} data-severity="error">
      {t("panels.dock.timeline.recordingMark")}
    </span>
  );
}

/** What is known about the run and the document, below the canvas. */
export default function Dock() {
  const { t } = useText();
  const wanted = useView((s) => s.panels.dock.tab);
  const panel = useView((s) => s.panel);
  const tab: DockTab = TABS.find((name) => name === wanted) ?? "charts";
  const content: Record<DockTab, ReactNode> = {
    charts: <ChartsPanel />,
    events: <EventsPanel />,
    messages: <MessagesPanel />,
    ledger: <LedgerPanel />,
    problems: <ProblemsPanel />,
    alerts: <AlertsPanel />,
    timeline: <TimelinePanel />,
    compare: <ComparePanel />,
    experiments: <ExperimentsPanel />,
    lesson: <LessonAuthor />,
  };
  return (
    <Tabs.Root
      className={styles.dock}
      value={tab}
      onValueChange={(value) => panel("dock", { tab: value })}
      activationMode="manual"
    >
      <div className={styles.head}>
        <Tabs.List className={styles.tabs} aria-label={t("panels.dock.tabs.label")}>
          {TABS.map((name) => (
            <Tabs.Trigger key={name} value={name} className={styles.tab}>
              {t(`panels.dock.tabs.${name}`)}
              {name === "problems" && <ProblemCount />}
              {name === "alerts" && <FiringCount />}
              {name === "timeline" && <RecordingMark />}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
      </div>
      {TABS.map((name) => (
        <Tabs.Content key={name} value={name} className={styles.content}>
          <ErrorBoundary>{name === tab && content[name]}</ErrorBoundary>
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
