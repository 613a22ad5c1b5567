import { BookmarkPlus, Download } from "lucide-react";
import { useMemo, useState } from "react";
import { useShallow } from "zustand/react/shallow";
import { engine, frames } from "../../../bridge/index.ts";
import { useDocument } from "../../../store/document.ts";
import { KEPT_MAX, type KeptRun, keptOf, type RunPicture, useKept } from "../../../store/kept.ts";
import { useLesson } from "../../../store/lesson.ts";
import { useRun } from "../../../store/run.ts";
import { useView } from "../../../store/view.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { download } from "../../dialogs/download.ts";
import styles from "./Compare.module.css";
import { changesBetween } from "./changes.ts";
import { csvOf } from "./csv.ts";
import { DifferenceTable } from "./DifferenceTable.tsx";
import { differencesOf, isOther } from "./figures.ts";
import { KeptList } from "./KeptList.tsx";
import { keepPresent } from "./keep.ts";
import { usePresent } from "./use-present.ts";
import { changeWords } from "./words.ts";

/** More nodes than these are compared only when they are selected. */
const NODES_MAX = 50;

/** Runs that were kept, and how another one differs from the chosen of them (product.md §6, Compare). */
export default function ComparePanel() {
  const { t } = useText();
  const document = useDocument((s) => s.id);
  const runs = useKept(useShallow((s) => keptOf(s.runs, document)));
  const chosen = useKept((s) => s.chosen);
  const overlays = useKept((s) => s.overlays);
  const hasRun = useRun((s) => s.time > 0);
  const isFull = runs.length >= KEPT_MAX;
  const a = runs.find(({ id }) => id === chosen);
  return (
    <div className={styles.panel}>
      <div className={styles.side}>
        <button
          type="button"
          className={`${controls.button} ${controls.primary}`}
          disabled={!hasRun || isFull}
          title={t(isFull ? "compare.full" : hasRun ? "compare.keepHint" : "compare.nothingYet")}
          onClick={() => void keepPresent()}
        >
          <BookmarkPlus size={14} aria-hidden />
          {t("compare.keep")}
        </button>
        {isFull && <p className={styles.remark}>{t("compare.full")}</p>}
        <KeptList runs={runs} />
        {a !== undefined && (
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={overlays}
              onChange={(event) => useKept.setState({ overlays: event.target.checked })}
            />
            <span>{t("compare.overlay")}</span>
          </label>
        )}
      </div>
      {a === undefined ? (
        <p className={styles.intro}>{t(hasRun || runs.length > 0 ? "compare.intro" : "compare.introFirst")}</p>
      ) : (
        <Comparison key={a.id} a={a} others={runs.filter((run) => run !== a)} />
      )}
    </div>
  );
}

/** @param a the chosen run @param others that it can be compared with, besides the present one */
function Comparison({ a, others }: { a: KeptRun; others: readonly KeptRun[] }) {
  const words = useText();
  const { t, format } = words;
  const [wanted, setWanted] = useState<number | null>(null);
  const [onlyOther, setOnlyOther] = useState(false);
  const selected = useView((s) => s.selection.nodes);
  const other = others.find(({ id }) => id === wanted);
  const present = usePresent(other === undefined ? a.time : null);
  const b: RunPicture | null = other ?? present;
  const isLike = b !== null && b.time === a.time;
  const names = [a.name, other?.name ?? t("compare.present")] as const;
  const all = useMemo(() => (isLike ? differencesOf(a, b, comparedNodes(b, selected)) : []), [a, b, isLike, selected]);
  const masked = useLesson((s) => s.masked);
  const rows = masked.size === 0 ? all : all.filter(({ target, metric }) => !frames.isMasked(target, metric));
  const shown = onlyOther ? rows.filter(isOther) : rows;
  return (
    <section className={styles.main} aria-label={t("compare.of", { a: names[0], b: names[1] })}>
      <div className={styles.bar}>
        <label className={styles.with}>
          <span>{t("compare.with", { name: a.name })}</span>
          <select
            className={controls.select}
            value={other === undefined ? "" : String(other.id)}
            onChange={(event) => setWanted(event.target.value === "" ? null : Number(event.target.value))}
          >
            <option value="">{t("compare.present")}</option>
            {others.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {isLike && (
          <>
            <label className={styles.check}>
              <input type="checkbox" checked={onlyOther} onChange={(event) => setOnlyOther(event.target.checked)} />
              <span>{t("compare.only")}</span>
            </label>
            <button
              type="button"
              className={`${controls.button} ${styles.export}`}
              onClick={() => download("weir-compare.csv", csvOf(shown, names), "text/csv;charset=utf-8")}
            >
              <Download size={14} aria-hidden />
              {t("compare.export")}
            </button>
          </>
        )}
      </div>
      {b === null && <Elsewhere to={a.time} />}
      {other !== undefined && !isLike && (
        <p className={styles.remark}>
          {t("compare.otherLength", {
            a: names[0],
            b: names[1],
            first: format.clock(a.time),
            second: format.clock(other.time),
          })}
        </p>
      )}
      {isLike && (
        <>
          {other === undefined && b.edits > 0 && <Edited count={b.edits} until={a.time} />}
          <Changes a={a} b={b} />
          {selected.length === 0 && b.scenario.nodes.length > NODES_MAX && (
            <p className={styles.remark}>{t("compare.limited", { n: NODES_MAX })}</p>
          )}
          {shown.length === 0 ? (
            <p className={styles.remark}>{t("compare.same")}</p>
          ) : (
            <DifferenceTable rows={shown} names={names} />
          )}
          <p className={styles.foot}>{t("compare.foot")}</p>
        </>
      )}
    </section>
  );
}

/** The selected nodes; all when none is, unless that were too many. */
function comparedNodes({ scenario }: RunPicture, selected: readonly string[]): ReadonlySet<string> | undefined {
  if (selected.length > 0) return new Set(selected);
  const { nodes } = scenario;
  return nodes.length > NODES_MAX ? new Set(nodes.slice(0, NODES_MAX).map(({ id }) => id)) : undefined;
}

/** The present run stands at another time: figures of unlike lengths are not compared. @param to µs */
function Elsewhere({ to }: { to: number }) {
  const { t, format } = useText();
  const time = useRun((s) => s.time);
  const isRunning = useRun((s) => s.status === "running");
  const isAt = time === to;
  return (
    <div className={styles.remark}>
      <p>{t("compare.notSame", { now: format.clock(time), time: format.clock(to) })}</p>
      {!isAt && (
        <button type="button" className={controls.button} onClick={() => engine.seek(to)}>
          {t("compare.goThere", { time: format.clock(to) })}
        </button>
      )}
      {isAt && isRunning && (
        <button type="button" className={controls.button} onClick={() => engine.pause()}>
          {t("commands.run.pause")}
        </button>
      )}
    </div>
  );
}

/** The present run's drawing was changed on the way, so its figures are of more than one drawing. @param until µs */
function Edited({ count, until }: { count: number; until: number }) {
  const { t, format } = useText();
  return (
    <div className={styles.remark}>
      <p>{t("compare.edited", { count })}</p>
      <button
        type="button"
        className={controls.button}
        onClick={() => {
          engine.restart();
          engine.seek(until);
        }}
      >
        {t("compare.again", { time: format.clock(until) })}
      </button>
    </div>
  );
}

function Changes({ a, b }: { a: RunPicture; b: RunPicture }) {
  const words = useText();
  const { t } = words;
  const veil = useDocument((s) => s.restrictions?.veil);
  const changes = useMemo(
    () =>
      veil === undefined ? changesBetween(a.scenario, b.scenario) : changesBetween(veil(a.scenario), veil(b.scenario)),
    [a, b, veil],
  );
  return (
    <div className={styles.changes}>
      <h3>{t("compare.changes")}</h3>
      {changes.length === 0 ? (
        <p>{t("compare.noChanges")}</p>
      ) : (
        <ul>
          {changes.map((change) => {
            const text = changeWords(change, words);
            return <li key={text}>{text}</li>;
          })}
        </ul>
      )}
    </div>
  );
}
