import { Plus, X } from "lucide-react";
import type { Priority, SettingValue } from "../../../../engine/scenario/index.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import styles from "./Editors.module.css";
import type { EditorProps } from "./editor.ts";
import { NumberInput } from "./NumberInput.tsx";
import { TextInput } from "./TextInput.tsx";

/** The button at the end of a row that takes the row away. */
export function RemoveRow({ what, disabled, onRemove }: { what: string; disabled: boolean; onRemove(): void }) {
  const { t } = useText();
  return (
    <button
      type="button"
      className={`${controls.iconButton} ${styles.rowButton}`}
      aria-label={`${t("fields.words.removeRow")} ${what}`}
      disabled={disabled}
      onClick={onRemove}
    >
      <X size={14} aria-hidden />
    </button>
  );
}

export function AddRow({
  id,
  words,
  disabled,
  onAdd,
}: {
  id?: string;
  words: string;
  disabled: boolean;
  onAdd(): void;
}) {
  return (
    <button
      id={id}
      type="button"
      className={`${controls.button} ${controls.quiet} ${styles.add}`}
      disabled={disabled}
      onClick={onAdd}
    >
      <Plus size={14} aria-hidden />
      {words}
    </button>
  );
}

/** A list of texts. */
export function ListEditor({ id, label, value, disabled, commit }: EditorProps) {
  const { t } = useText();
  const list = Array.isArray(value) ? value.map(String) : [];
  return (
    <div className={styles.rows}>
      {list.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
        <div key={index} className={styles.row}>
          <TextInput
            label={`${label} ${index + 1}`}
            value={text}
            disabled={disabled}
            onCommit={(next) => commit(list.map((other, i) => (i === index ? next : other)))}
          />
          <RemoveRow what={text} disabled={disabled} onRemove={() => commit(list.filter((_, i) => i !== index))} />
        </div>
      ))}
      <AddRow
        id={id}
        words={t("panels.inspector.addEntry")}
        disabled={disabled}
        onAdd={() => commit([...list, String.fromCharCode(65 + (list.length % 26))])}
      />
    </div>
  );
}

/** The message priority: one for all, or drawn by weight. */
export function PriorityEditor(props: EditorProps) {
  const { id, field, label, value, mixed, disabled, invalid, describedBy, commit, refuse } = props;
  const { t } = useText();
  const priority = value as unknown as Priority;
  const isWeighted = typeof priority === "object" && priority !== null;
  const rows = isWeighted ? priority.w : [];
  const change = (index: number, part: Partial<(typeof rows)[number]>, burst?: boolean) =>
    commit({ w: rows.map((row, i) => (i === index ? { ...row, ...part } : row)) }, burst);
  return (
    <>
      <span className={styles.pair}>
        <select
          id={id}
          className={`${controls.select} ${styles.select}`}
          disabled={disabled}
          aria-describedby={describedBy}
          value={mixed ? "" : isWeighted ? "w" : "one"}
          onChange={(event) =>
            commit(
              event.target.value === "w"
                ? {
                    w: [
                      { value: 0, weight: 9 },
                      { value: 9, weight: 1 },
                    ],
                  }
                : (rows[0]?.value ?? 0),
            )
          }
        >
          {mixed && <option value="">{t("panels.inspector.mixed")}</option>}
          <option value="one">{t("panels.inspector.oneForAll")}</option>
          <option value="w">{t("panels.inspector.weighted")}</option>
        </select>
        {!isWeighted && (
          <NumberInput
            label={label}
            value={typeof value === "number" ? value : null}
            units={[]}
            whole
            mixed={mixed}
            disabled={disabled}
            invalid={invalid}
            describedBy={describedBy}
            onCommit={(next, burst) => next !== null && commit(next, burst)}
            onRefuse={refuse}
          />
        )}
      </span>
      {isWeighted && (
        <div className={`${styles.parts} ${styles.rows}`}>
          <div className={`${styles.row} ${styles.head}`} aria-hidden>
            <span>{label}</span>
            <span>{t("fields.parts.weight")}</span>
            <span className={styles.rowButton} />
          </div>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
            <div key={index} className={styles.row}>
              <NumberInput
                label={`${label} ${index + 1}`}
                value={row.value}
                units={[]}
                whole
                disabled={disabled}
                onCommit={(next, burst) => next !== null && change(index, { value: next }, burst)}
                onRefuse={refuse}
              />
              <NumberInput
                label={`${t("fields.parts.weight")} ${index + 1}`}
                value={row.weight}
                units={[]}
                disabled={disabled}
                onCommit={(next, burst) => next !== null && change(index, { weight: next }, burst)}
                onRefuse={refuse}
              />
              <RemoveRow
                what={String(row.value)}
                disabled={disabled || rows.length === 1}
                onRemove={() => commit({ w: rows.filter((_, i) => i !== index) })}
              />
            </div>
          ))}
          <AddRow
            words={t("panels.inspector.addRow")}
            disabled={disabled}
            onAdd={() =>
              commit({ w: [...rows, { value: Math.min(field.max ?? 255, (rows.at(-1)?.value ?? 0) + 1), weight: 1 }] })
            }
          />
        </div>
      )}
    </>
  );
}

/** Text in one language, or in both. */
export function LocalTextEditor({ id, field, value, disabled, commit }: EditorProps) {
  const { t } = useText();
  const both = typeof value === "object" && value !== null && !Array.isArray(value);
  const texts: Record<string, SettingValue> = both
    ? { ...value }
    : { en: String(value ?? ""), zh: String(value ?? "") };
  return (
    <div className={styles.rows}>
      {(["en", "zh"] as const).map((language) => (
        <div key={language} className={styles.textBlock}>
          <label htmlFor={language === "en" ? id : `${id}-zh`}>
            {t(language === "en" ? "fields.words.english" : "fields.words.chinese")}
          </label>
          <TextArea
            id={language === "en" ? id : `${id}-zh`}
            lang={language === "zh" ? "zh-CN" : "en"}
            value={String(texts[language] ?? "")}
            maxLength={field.max}
            disabled={disabled}
            onCommit={(text) => commit({ en: String(texts.en ?? ""), zh: String(texts.zh ?? ""), [language]: text })}
          />
        </div>
      ))}
    </div>
  );
}

/** Longer text; typing is one undo step a second. */
export function TextArea({
  id,
  value,
  maxLength,
  disabled,
  placeholder,
  lang,
  rows = 3,
  onCommit,
}: {
  id?: string | undefined;
  value: string;
  maxLength?: number | undefined;
  disabled: boolean;
  placeholder?: string;
  lang?: string;
  rows?: number;
  onCommit(text: string): void;
}) {
  return (
    <textarea
      id={id}
      className={`${controls.input} ${styles.area2}`}
      rows={rows}
      lang={lang}
      value={value}
      maxLength={maxLength}
      disabled={disabled}
      placeholder={placeholder}
      onChange={(event) => onCommit(event.target.value)}
    />
  );
}
