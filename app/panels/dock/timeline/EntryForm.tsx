import { type FormEvent, useId, useState } from "react";
import {
  argumentsOf,
  type OperationSpec,
  operationSpec,
  operationsFor,
  type Scenario,
  type TimelineEntry,
} from "../../../../engine/scenario/index.ts";
import { useDocument } from "../../../store/document.ts";
import { useRun } from "../../../store/run.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { ArgumentField } from "./ArgumentField.tsx";
import styles from "./Timeline.module.css";
import { parseTime, showTime } from "./times.ts";
import { operationName, targetName } from "./words.ts";

/** Everything that something can be done to, in the order of the drawing; the network comes last. */
export const targetsOf = (scenario: Scenario): string[] =>
  [...[...scenario.nodes, ...scenario.edges].map(({ id }) => id), "system"].filter(
    (id) => operationsFor(scenario, id).length > 0,
  );

/** One entry: what, to which part, how, from when and until when. */
export function EntryForm({
  entry,
  onSave,
  onDo,
  onCancel,
}: {
  entry: TimelineEntry;
  onSave(entry: TimelineEntry): void;
  /** Does it live instead; its times do not matter. */
  onDo?(entry: TimelineEntry): void;
  onCancel(): void;
}) {
  const words = useText();
  const { t } = words;
  const id = useId();
  const scenario = useDocument((s) => s.scenario);
  const canAct = useRun((s) => s.layout !== null);
  const [draft, setDraft] = useState(entry);
  const [from, setFrom] = useState(showTime(entry.t));
  const [until, setUntil] = useState(entry.undoAt === undefined ? "" : showTime(entry.undoAt));
  const [error, setError] = useState<{ field: "from" | "until" | "nodes"; text: string } | null>(null);
  const offered = operationsFor(scenario, draft.target);
  const spec = operationSpec(draft.do);
  const values = spec === undefined ? {} : argumentsOf(spec, draft.args);
  const lacksNodes = draft.do === "network.partition" && (values.nodes as string[]).length === 0;
  const choose = (target: string, operation: OperationSpec | undefined) => {
    const { args: _, ...rest } = draft;
    const keeps = operation?.id === draft.do && draft.args !== undefined;
    setDraft({ ...rest, target, do: operation?.id ?? draft.do, ...(keeps && { args: draft.args }) });
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    const start = parseTime(from);
    const end = until.trim() === "" || !spec?.undo ? undefined : parseTime(until);
    if (start === null) return setError({ field: "from", text: t("panels.dock.timeline.badTime") });
    if (end === null) return setError({ field: "until", text: t("panels.dock.timeline.badTime") });
    if (end !== undefined && end < start)
      return setError({ field: "until", text: t("panels.dock.timeline.endsBefore") });
    if (lacksNodes) return setError({ field: "nodes", text: t("panels.dock.timeline.needsNodes") });
    const { undoAt: _, args, ...rest } = draft;
    const given = args !== undefined && Object.keys(args).length > 0;
    onSave({ ...rest, t: start, ...(given && { args }), ...(end !== undefined && { undoAt: end }) });
  };
  const described = (field: string) => (error?.field === field ? { "aria-invalid": true, "aria-describedby": id } : {});
  return (
    <form className={styles.form} onSubmit={save} aria-label={t("panels.dock.timeline.form")}>
      <label>
        <span>{t("panels.dock.timeline.target")}</span>
        <select
          className={controls.select}
          value={draft.target}
          // biome-ignore lint/a11y/noAutofocus: the person has just asked for this form
          autoFocus
          onChange={({ target }) => {
            const next = operationsFor(scenario, target.value);
            choose(target.value, next.find((one) => one.id === draft.do) ?? next[0]);
          }}
        >
          {targetsOf(scenario).map((target) => (
            <option key={target} value={target}>
              {targetName(scenario, target, words)}
            </option>
          ))}
        </select>
      </label>
      <label className={styles.wide}>
        <span>{t("panels.dock.timeline.operation")}</span>
        <select
          className={controls.select}
          value={draft.do}
          onChange={({ target }) => choose(draft.target, operationSpec(target.value))}
        >
          {!offered.some((one) => one.id === draft.do) && <option value={draft.do}>{draft.do}</option>}
          {offered.map((one) => (
            <option key={one.id} value={one.id}>
              {operationName(one.id, words)}
            </option>
          ))}
        </select>
      </label>
      {spec?.args.map((field) => (
        <ArgumentField
          key={`${draft.do} ${field.name}`}
          field={field}
          target={draft.target}
          value={values[field.name] ?? field.default}
          onChange={(value) => setDraft({ ...draft, args: { ...draft.args, [field.name]: value } })}
        />
      ))}
      <label>
        <span>{t("panels.dock.timeline.at")}</span>
        <input
          className={controls.input}
          value={from}
          {...described("from")}
          onChange={(event) => setFrom(event.target.value)}
        />
      </label>
      {spec?.undo && (
        <label>
          <span>{t("panels.dock.timeline.until")}</span>
          <input
            className={controls.input}
            value={until}
            placeholder={t("panels.dock.timeline.noEnd")}
            {...described("until")}
            onChange={(event) => setUntil(event.target.value)}
          />
        </label>
      )}
      {error !== null && (
        <p id={id} role="alert" className={styles.error}>
          {error.text}
        </p>
      )}
      <div className={styles.actions}>
        <button type="submit" className={`${controls.button} ${controls.primary}`}>
          {t("panels.dock.timeline.save")}
        </button>
        {onDo && (
          <button
            type="button"
            className={controls.button}
            disabled={!canAct}
            onClick={() => {
              if (lacksNodes) setError({ field: "nodes", text: t("panels.dock.timeline.needsNodes") });
              else onDo(draft);
            }}
          >
            {t("panels.dock.timeline.doNow")}
          </button>
        )}
        <button type="button" className={controls.button} onClick={onCancel}>
          {t("panels.dock.timeline.cancel")}
        </button>
      </div>
    </form>
  );
}
