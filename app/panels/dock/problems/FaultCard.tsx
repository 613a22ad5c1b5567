import type { Scenario } from "../../../../engine/scenario/index.ts";
import { engine } from "../../../bridge/index.ts";
import { useDocument } from "../../../store/document.ts";
import { type Fault, useRun } from "../../../store/run.ts";
import { useView } from "../../../store/view.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import styles from "./Problems.module.css";

/** What whoever mends a bug needs, and nothing about the person. */
export const reportOf = (fault: Fault, scenario: Scenario): string =>
  JSON.stringify({ weir: "report", ...fault, scenario }, null, 2);

/** A bug of ours stopped the run: what it is, a report to copy, and the way on. */
export function FaultCard() {
  const { t, format } = useText();
  const fault = useRun((s) => s.fault);
  const notify = useView((s) => s.notify);
  if (fault === null) return null;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(reportOf(fault, useDocument.getState().scenario));
      notify({ tone: "success", key: "panels.dock.problems.fault.copied" });
    } catch {
      notify({ tone: "error", key: "panels.dock.events.copyFailed" });
    }
  };
  return (
    <div className={styles.fault} role="alert">
      <p>
        {t("panels.dock.problems.fault.title", { time: format.clock(fault.time) })}
        <code>{fault.message}</code>
      </p>
      <button type="button" className={controls.button} onClick={copy}>
        {t("panels.dock.problems.fault.copy")}
      </button>
      <button type="button" className={`${controls.button} ${controls.primary}`} onClick={() => engine.resume()}>
        {t("panels.dock.problems.fault.back")}
      </button>
      <button type="button" className={controls.button} onClick={() => engine.reload()}>
        {t("panels.dock.problems.fault.again")}
      </button>
    </div>
  );
}
