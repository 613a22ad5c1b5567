import { CalendarClock, Check, CirclePlay, CircleSlash, Copy, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { operationSpec, type TimelineEntry } from "../../../../engine/scenario/index.ts";
import { useDocument } from "../../../store/document.ts";
import { withEntries } from "../../../store/recorder.ts";
import { useView } from "../../../store/view.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { copyOf, type EntryState, removeEntry, replaceEntry, switched } from "./edits.ts";
import styles from "./Timeline.module.css";
import { parseTime, showTime } from "./times.ts";
import { useEntryWords } from "./words.ts";

const ICONS = { off: CircleSlash, planned: CalendarClock, active: CirclePlay, done: Check };

/** A time that is written over in its place; what is no time is refused and the old one stays. */
function TimeCell({
  value,
  label,
  allowsNone = false,
  disabled,
  onChange,
}: {
  value: number | undefined;
  label: string;
  allowsNone?: boolean;
  disabled: boolean;
  onChange(ms: number | undefined): string | null;
}) {
  const { t } = useText();
  const [error, setError] = useState<string | null>(null);
  const shown = value === undefined ? "" : showTime(value);
  const commit = (input: HTMLInputElement) => {
    const text = input.value.trim();
    if (text === shown) return setError(null);
    const ms = text === "" && allowsNone ? undefined : parseTime(text);
    const fault = ms === null ? t("panels.dock.timeline.badTime") : onChange(ms);
    setError(fault);
  };
  return (
    <span className={styles.time}>
      <input
        key={shown}
        className={controls.input}
        aria-label={label}
        aria-invalid={error !== null}
        title={error ?? undefined}
        placeholder={allowsNone ? t("panels.dock.timeline.noEnd") : undefined}
        defaultValue={shown}
        disabled={disabled}
        onBlur={(event) => commit(event.currentTarget)}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit(event.currentTarget);
          else if (event.key === "Escape") {
            event.currentTarget.value = shown;
            setError(null);
          }
        }}
      />
      {error !== null && <em role="alert">{error}</em>}
    </span>
  );
}

export function EntryRow({ entry, state, onEdit }: { entry: TimelineEntry; state: EntryState; onEdit(): void }) {
  const { t } = useText();
  const says = useEntryWords()(entry);
  const apply = useDocument((s) => s.apply);
  const readOnly = useDocument((s) => s.readOnly);
  const scenario = useDocument((s) => s.scenario);
  const select = useView((s) => s.select);
  const Icon = ICONS[state];
  const name = t("panels.dock.timeline.entry", { operation: says.operation, target: says.target });
  const put = (after: TimelineEntry) => apply((before) => replaceEntry(before, entry, after));
  const canEnd = operationSpec(entry.do)?.undo === true;
  const isNode = scenario.nodes.some(({ id }) => id === entry.target);
  const isEdge = scenario.edges.some(({ id }) => id === entry.target);
  return (
    <tr data-state={state}>
      <td>
        <input
          type="checkbox"
          checked={!entry.disabled}
          disabled={readOnly}
          aria-label={t("panels.dock.timeline.enable", { name })}
          onChange={(event) => put(switched(entry, event.target.checked))}
        />
      </td>
      <td>
        <TimeCell
          value={entry.t}
          label={t("panels.dock.timeline.atOf", { name })}
          disabled={readOnly}
          onChange={(ms) => {
            if (ms === undefined) return t("panels.dock.timeline.badTime");
            // The end goes with the beginning: it lasts as long as before.
            const { undoAt } = entry;
            put({ ...entry, t: ms, ...(undoAt !== undefined && { undoAt: undoAt + ms - entry.t }) });
            return null;
          }}
        />
      </td>
      <td>
        {canEnd && (
          <TimeCell
            value={entry.undoAt}
            allowsNone
            label={t("panels.dock.timeline.untilOf", { name })}
            disabled={readOnly}
            onChange={(ms) => {
              if (ms !== undefined && ms < entry.t) return t("panels.dock.timeline.endsBefore");
              const { undoAt: _, ...rest } = entry;
              put(ms === undefined ? rest : { ...rest, undoAt: ms });
              return null;
            }}
          />
        )}
      </td>
      <th scope="row">
        {says.operation}
        {says.args !== "" && <small>{says.args}</small>}
      </th>
      <td>
        {isNode || isEdge ? (
          <button
            type="button"
            className={`${controls.button} ${controls.quiet}`}
            onClick={() => select(isNode ? { nodes: [entry.target] } : { edges: [entry.target] })}
          >
            {says.target}
          </button>
        ) : (
          says.target
        )}
      </td>
      <td className={styles.state}>
        <span>
          <Icon size={14} aria-hidden />
          {t(`panels.dock.timeline.states.${state}`)}
        </span>
      </td>
      <td className={styles.tools}>
        <button
          type="button"
          className={controls.iconButton}
          disabled={readOnly}
          aria-label={t("panels.dock.timeline.edit", { name })}
          onClick={onEdit}
        >
          <Pencil size={14} aria-hidden />
        </button>
        <button
          type="button"
          className={controls.iconButton}
          disabled={readOnly}
          aria-label={t("panels.dock.timeline.duplicate", { name })}
          onClick={() => apply((before) => withEntries(before, [copyOf(entry)]))}
        >
          <Copy size={14} aria-hidden />
        </button>
        <button
          type="button"
          className={controls.iconButton}
          disabled={readOnly}
          aria-label={t("panels.dock.timeline.remove", { name })}
          onClick={() => apply((before) => removeEntry(before, entry))}
        >
          <Trash2 size={14} aria-hidden />
        </button>
      </td>
    </tr>
  );
}
