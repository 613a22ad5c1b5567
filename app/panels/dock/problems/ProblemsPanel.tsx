import { CircleAlert, CircleCheck, Info, LocateFixed, TriangleAlert, Wrench } from "lucide-react";
import { useMemo } from "react";
import { type Problem, quickFix } from "../../../../engine/scenario/index.ts";
import { useDocument } from "../../../store/document.ts";
import { useRun } from "../../../store/run.ts";
import { useView } from "../../../store/view.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { FaultCard } from "./FaultCard.tsx";
import styles from "./Problems.module.css";
import { placeOf } from "./place.ts";
import { type Trouble, useProblems } from "./use-problems.ts";

const ICONS = { error: CircleAlert, warning: TriangleAlert, info: Info };

/** What puts a trouble right in one edit, when there is such an edit and it still applies. */
function fixOf(trouble: Trouble) {
  if (trouble.from !== "problems") return null;
  return (scenario: Parameters<typeof quickFix>[0]) => quickFix(scenario, trouble as unknown as Problem);
}

function Row({ trouble }: { trouble: Trouble }) {
  const words = useText();
  const { t, find } = words;
  const scenario = useDocument((s) => s.scenario);
  const readOnly = useDocument((s) => s.readOnly);
  const apply = useDocument((s) => s.apply);
  const select = useView((s) => s.select);
  const panel = useView((s) => s.panel);
  const notify = useView((s) => s.notify);
  const Icon = ICONS[trouble.severity];
  const place = placeOf(scenario, trouble, words);
  const fix = fixOf(trouble);
  // Of a large drawing with many troubles this is the costly part of a row.
  const isFixable = useMemo(() => fixOf(trouble)?.(scenario) != null, [scenario, trouble]);
  const fixWords = find(`problems.fixes.${trouble.code}`);
  const sentence = find(`${trouble.from}.${trouble.code}`, trouble.facts) ?? trouble.code;
  const goTo = () => {
    if (place.target === undefined) return;
    select(place.isNode ? { nodes: [place.target] } : { edges: [place.target] });
    panel("inspector", { open: true, tab: "settings" });
  };
  return (
    <li className={styles.row} data-severity={trouble.severity}>
      <Icon size={16} className={styles.icon} aria-hidden />
      <div className={styles.words}>
        <span className={controls.hidden}>{t(`panels.dock.problems.severity.${trouble.severity}`)}: </span>
        <p>{sentence}</p>
        {(place.field !== undefined || !sentence.includes(place.name)) && (
          <p className={styles.place}>
            {place.field === undefined
              ? place.name
              : t("panels.dock.problems.place", { name: place.name, field: place.field })}
          </p>
        )}
      </div>
      {fix !== null && fixWords !== undefined && isFixable && (
        <button
          type="button"
          className={`${controls.button} ${styles.fix}`}
          disabled={readOnly}
          onClick={() => {
            if (apply((now) => fix(now) ?? now)) notify({ tone: "success", key: "panels.dock.problems.fixed" });
          }}
        >
          <Wrench size={14} aria-hidden />
          {fixWords}
        </button>
      )}
      {place.target !== undefined && (
        <button
          type="button"
          className={`${controls.button} ${controls.quiet}`}
          aria-label={t("panels.dock.problems.goTo", { name: place.name })}
          onClick={goTo}
        >
          <LocateFixed size={14} aria-hidden />
        </button>
      )}
    </li>
  );
}

/** Faults of the document, which keep it from running, and doubts about it. */
export function ProblemsPanel() {
  const { t } = useText();
  const troubles = useProblems();
  const count = (severity: Trouble["severity"]) => troubles.filter((trouble) => trouble.severity === severity).length;
  const isFault = useRun((s) => s.fault !== null);
  if (troubles.length === 0 && !isFault)
    return (
      <div className={styles.none}>
        <CircleCheck size={20} aria-hidden />
        <p>{t("panels.dock.problems.none")}</p>
      </div>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <div className={styles.panel} tabIndex={0}>
      <FaultCard />
      <p className={styles.counts}>
        {count("error") > 0 && <span>{t("panels.dock.problems.errors", { count: count("error") })}</span>}
        {count("warning") > 0 && <span>{t("panels.dock.problems.warnings", { count: count("warning") })}</span>}
        {count("info") > 0 && <span>{t("panels.dock.problems.notes", { count: count("info") })}</span>}
        {count("error") > 0 && <span>{t("panels.dock.problems.blocks")}</span>}
      </p>
      <ul>
        {troubles.map((trouble) => (
          <Row key={`${trouble.code} ${trouble.path} ${JSON.stringify(trouble.facts)}`} trouble={trouble} />
        ))}
      </ul>
    </div>
  );
}
