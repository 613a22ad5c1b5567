import { CircleHelp } from "lucide-react";
import { useEffect, useState } from "react";
import { useDocument } from "../../store/document.ts";
import { useRun } from "../../store/run.ts";
import { useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { type Standstill, standstillOf } from "./standstill.ts";
import styles from "./Welcome.module.css";

/** Real ms of play without an event after which people wonder. */
const WAIT_MS = 3000;

/** Why nothing moves, when the run plays and nothing has happened for three seconds. */
export function StandstillChip() {
  const { t } = useText();
  const isRunning = useRun((s) => s.status === "running");
  const lastEvent = useRun((s) => s.lastEvent);
  const scenario = useDocument((s) => s.scenario);
  const select = useView((s) => s.select);
  const panel = useView((s) => s.panel);
  const [found, setFound] = useState<Standstill | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each event and each edit begins the waiting anew
  useEffect(() => {
    setFound(null);
    if (!isRunning) return;
    const timer = setTimeout(() => {
      const { time, badges } = useRun.getState();
      setFound(standstillOf(useDocument.getState().scenario, time / 1000, badges));
    }, WAIT_MS);
    return () => clearTimeout(timer);
  }, [isRunning, lastEvent, scenario]);
  if (found === null) return null;
  const { target } = found;
  const isNode = scenario.nodes.some((node) => node.id === target);
  return (
    <div className={`${controls.float} ${styles.chip}`} role="status" aria-label={t("welcome.standstill.label")}>
      <CircleHelp size={16} aria-hidden />
      <span>{t(`welcome.standstill.${found.code}`, found.facts)}</span>
      {target !== undefined ? (
        <button
          type="button"
          className={`${controls.button} ${controls.quiet}`}
          onClick={() => {
            select(isNode ? { nodes: [target] } : { edges: [target] });
            panel("inspector", { open: true, tab: "settings" });
          }}
        >
          {t("welcome.standstill.goTo")}
        </button>
      ) : (
        found.code === "unknown" && (
          <button
            type="button"
            className={`${controls.button} ${controls.quiet}`}
            onClick={() => panel("dock", { open: true, tab: "problems" })}
          >
            {t("welcome.standstill.problems")}
          </button>
        )
      )}
    </div>
  );
}
