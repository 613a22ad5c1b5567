import { CalendarPlus, Circle, Dices, Rows3, SquareChartGantt } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { operationsFor, type TimelineEntry } from "../../../../engine/scenario/index.ts";
import { engine } from "../../../bridge/index.ts";
import { useDocument } from "../../../store/document.ts";
import { useRecorder, withEntries } from "../../../store/recorder.ts";
import { useRun } from "../../../store/run.ts";
import { useView } from "../../../store/view.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { EntryForm, targetsOf } from "./EntryForm.tsx";
import { EntryRow } from "./EntryRow.tsx";
import { replaceEntry, stateOf } from "./edits.ts";
import { RandomForm } from "./RandomForm.tsx";
import styles from "./Timeline.module.css";
import { Tracks } from "./Tracks.tsx";

/** New entries begin so much after now, ms. */
const AHEAD = 5000;
const LASTS = 5000;

/** What is open below the bar: a new entry, one that is edited, or the form for chance. */
type Form = { what: "new" } | { what: "edit"; entry: TimelineEntry } | { what: "random" } | null;

/** The script of the run: operations and faults at their times, part of the document and of its link. */
export default function TimelinePanel() {
  const { t } = useText();
  const scenario = useDocument((s) => s.scenario);
  const readOnly = useDocument((s) => s.readOnly);
  const apply = useDocument((s) => s.apply);
  const isByHandOff = useDocument((s) => s.restrictions?.noLive === true);
  const time = useRun((s) => s.time);
  const selection = useView((s) => s.selection);
  const { on, setOn, asked } = useRecorder();
  const heard = useRef(0);
  const [view, setView] = useState<"table" | "tracks">("table");
  const [form, setForm] = useState<Form>(null);
  const { timeline } = scenario;
  const selected = [...selection.nodes, ...selection.edges].find((id) => operationsFor(scenario, id).length > 0);
  const target = selected ?? targetsOf(scenario)[0];
  const fresh = (): TimelineEntry => {
    const of = target ?? "system";
    const spec = operationsFor(scenario, of).find(({ fault }) => fault) ?? operationsFor(scenario, of)[0];
    const from = Math.ceil(time / 1e6) * 1000 + AHEAD;
    return { t: from, do: spec?.id ?? "network.heal", target: of, ...(spec?.undo && { undoAt: from + LASTS }) };
  };
  const close = () => setForm(null);
  useEffect(() => {
    if (asked > heard.current) setForm({ what: "new" });
    heard.current = asked;
  }, [asked]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <div className={styles.panel} tabIndex={0}>
      <div className={styles.bar}>
        <button
          type="button"
          className={controls.button}
          disabled={readOnly || target === undefined}
          onClick={() => setForm({ what: "new" })}
        >
          <CalendarPlus size={15} aria-hidden />
          {t("panels.dock.timeline.add")}
        </button>
        <button
          type="button"
          className={`${controls.button} ${styles.record}`}
          disabled={readOnly}
          aria-pressed={on}
          data-hint={t("panels.dock.timeline.recordHint")}
          onClick={() => setOn(!on)}
        >
          <Circle size={13} fill="currentColor" aria-hidden />
          {t(on ? "panels.dock.timeline.recording" : "panels.dock.timeline.record")}
        </button>
        <button
          type="button"
          className={`${controls.button} ${controls.quiet}`}
          disabled={readOnly}
          onClick={() => setForm({ what: "random" })}
        >
          <Dices size={15} aria-hidden />
          {t("panels.dock.timeline.random")}
        </button>
        <fieldset className={styles.views} aria-label={t("panels.dock.timeline.view")}>
          <button
            type="button"
            className={controls.iconButton}
            aria-pressed={view === "table"}
            aria-label={t("panels.dock.timeline.table")}
            data-hint={t("panels.dock.timeline.table")}
            onClick={() => setView("table")}
          >
            <Rows3 size={15} aria-hidden />
          </button>
          <button
            type="button"
            className={controls.iconButton}
            aria-pressed={view === "tracks"}
            aria-label={t("panels.dock.timeline.tracks")}
            data-hint={t("panels.dock.timeline.tracks")}
            onClick={() => setView("tracks")}
          >
            <SquareChartGantt size={15} aria-hidden />
          </button>
        </fieldset>
      </div>
      {form?.what === "new" && (
        <EntryForm
          key={`${target} ${asked}`}
          entry={fresh()}
          {...(!isByHandOff && { onDo: (entry: TimelineEntry) => engine.act(entry.do, entry.target, entry.args) })}
          onCancel={close}
          onSave={(entry) => {
            apply((before) => withEntries(before, [entry]));
            close();
          }}
        />
      )}
      {form?.what === "random" && <RandomForm onDone={close} />}
      {form?.what === "edit" && (
        <EntryForm
          key={timeline.indexOf(form.entry)}
          entry={form.entry}
          onCancel={close}
          onSave={(entry) => {
            apply((before) => replaceEntry(before, form.entry, entry));
            close();
          }}
        />
      )}
      {timeline.length === 0 ? (
        <p className={styles.none}>{t("panels.dock.timeline.none")}</p>
      ) : view === "tracks" ? (
        <Tracks onEdit={(entry) => setForm({ what: "edit", entry })} />
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("panels.dock.timeline.on")}</th>
              <th scope="col">{t("panels.dock.timeline.at")}</th>
              <th scope="col">{t("panels.dock.timeline.until")}</th>
              <th scope="col">{t("panels.dock.timeline.operation")}</th>
              <th scope="col">{t("panels.dock.timeline.target")}</th>
              <th scope="col">{t("panels.dock.timeline.state")}</th>
              <th scope="col">
                <span className={controls.hidden}>{t("panels.dock.timeline.tools")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {timeline.map((entry, index) => (
              <EntryRow
                // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place
                key={index}
                entry={entry}
                state={stateOf(entry, time)}
                onEdit={() => setForm({ what: "edit", entry })}
              />
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
