import { useState } from "react";
import type { SettingValue, Table, TableValue } from "../../../../engine/scenario/index.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import styles from "./Editors.module.css";
import type { EditorProps } from "./editor.ts";
import { AddRow, RemoveRow } from "./lists.tsx";
import { TextInput } from "./TextInput.tsx";

export type CellType = "text" | "number" | "boolean" | "other";
const CELL_TYPES: readonly CellType[] = ["text", "number", "boolean", "other"];

export const cellType = (value: TableValue): CellType =>
  typeof value === "string"
    ? "text"
    : typeof value === "number"
      ? "number"
      : typeof value === "boolean"
        ? "boolean"
        : "other";

/** A cell's text as a value of a type. @returns undefined when it is none */
export function readCell(text: string, type: CellType): TableValue | undefined {
  if (type === "text") return text;
  if (type === "boolean") return text.trim() === "true" ? true : text.trim() === "false" ? false : undefined;
  if (type === "number") {
    const value = Number(text.trim());
    return text.trim() !== "" && Number.isFinite(value) ? value : undefined;
  }
  try {
    return JSON.parse(text) as TableValue;
  } catch {
    return undefined;
  }
}

/** The nearest value of another type, for when a row's type is changed. */
export function asType(value: TableValue, type: CellType): TableValue {
  const text = showCell(value);
  return readCell(text, type) ?? (type === "number" ? 0 : type === "boolean" ? text !== "" && text !== "0" : null);
}

export const showCell = (value: TableValue): string => (typeof value === "string" ? value : JSON.stringify(value));

/** Renames a key in its place. */
export const renamed = (table: Table, from: string, to: string): Table =>
  Object.fromEntries(Object.entries(table).map(([name, value]) => [name === from ? to : name, value]));

export function freshName(table: Table, stem: string): string {
  for (let n = 1; ; n++) if (!Object.hasOwn(table, `${stem}-${n}`)) return `${stem}-${n}`;
}

/** Names and values of any type: headers, arguments, the definition of a policy. */
export function TableRows({
  id,
  table,
  stem,
  disabled,
  readOnly = false,
  onChange,
  refuse,
}: {
  id?: string;
  table: Table;
  /** Stem of a new row's name. */
  stem: string;
  disabled: boolean;
  readOnly?: boolean;
  onChange(table: Table): boolean;
  refuse(sentence: string): void;
}) {
  const words = useText();
  const { t, find } = words;
  const rows = Object.entries(table);
  const set = (name: string, value: TableValue) => onChange({ ...table, [name]: value });
  return (
    <div className={styles.rows}>
      {rows.map(([name, value]) => {
        const type = cellType(value);
        return (
          <div key={name} className={styles.tableRow}>
            <TextInput
              label={t("fields.words.name")}
              value={name}
              mono
              disabled={disabled || readOnly}
              onCommit={(next) => {
                if (next === name) return true;
                if (next.trim() === "" || Object.hasOwn(table, next)) {
                  const code = next.trim() === "" ? "empty-text" : "duplicate-name";
                  refuse(t("panels.inspector.notTaken", { why: find(`issues.${code}`, { name: next }) ?? "" }));
                  return false;
                }
                return onChange(renamed(table, name, next));
              }}
            />
            <select
              className={`${controls.select} ${styles.cellType}`}
              aria-label={`${t("fields.words.type")}: ${name}`}
              value={type}
              disabled={disabled || readOnly}
              onChange={(event) => set(name, asType(value, event.target.value as CellType))}
            >
              {CELL_TYPES.map((one) => (
                <option key={one} value={one}>
                  {find(`fields.types.${one}`) ?? one}
                </option>
              ))}
            </select>
            {type === "boolean" ? (
              <select
                className={`${controls.select} ${styles.cell}`}
                aria-label={`${t("fields.words.value")}: ${name}`}
                value={String(value)}
                disabled={disabled || readOnly}
                onChange={(event) => set(name, event.target.value === "true")}
              >
                <option value="true">{String(true)}</option>
                <option value="false">{String(false)}</option>
              </select>
            ) : (
              <TextInput
                label={`${t("fields.words.value")}: ${name}`}
                value={showCell(value)}
                mono={type === "other"}
                disabled={disabled || readOnly}
                onCommit={(text) => {
                  const next = readCell(text, type);
                  if (next !== undefined) return set(name, next);
                  refuse(
                    t("panels.inspector.notTaken", {
                      why: find(`issues.${type === "number" ? "not-a-number" : "not-json"}`, { got: text }) ?? "",
                    }),
                  );
                  return false;
                }}
              />
            )}
            {!readOnly && (
              <RemoveRow
                what={name}
                disabled={disabled}
                onRemove={() => onChange(Object.fromEntries(rows.filter(([other]) => other !== name)))}
              />
            )}
          </div>
        );
      })}
      {!readOnly && (
        <AddRow
          {...(id !== undefined && { id })}
          words={t("panels.inspector.addRow")}
          disabled={disabled}
          onAdd={() => onChange({ ...table, [freshName(table, stem)]: "" })}
        />
      )}
    </div>
  );
}

export function TableEditor({ id, field, value, disabled, commit, refuse }: EditorProps) {
  return (
    <TableRows
      id={id}
      table={(value ?? {}) as Table}
      stem={field.name === "headers" ? "header" : "argument"}
      disabled={disabled}
      readOnly={field.imported === true}
      onChange={(table) => commit(table as SettingValue)}
      refuse={refuse}
    />
  );
}

/** One card a row for lists of objects: users, policies. */
export function Cards<T extends { name: string }>({
  id,
  list,
  disabled,
  addWords,
  make,
  commit,
  children,
}: {
  id: string;
  list: readonly T[];
  disabled: boolean;
  addWords: string;
  make(): T;
  commit(list: T[]): boolean;
  children(item: T, change: (part: Partial<T>) => boolean): React.ReactNode;
}) {
  const [open, setOpen] = useState<number | null>(null);
  return (
    <div className={styles.rows}>
      {list.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
        <div key={index} className={styles.card}>
          <div className={styles.cardHead}>
            <button
              type="button"
              className={styles.cardName}
              aria-expanded={open === index}
              onClick={() => setOpen(open === index ? null : index)}
            >
              {item.name}
            </button>
            <RemoveRow
              what={item.name}
              disabled={disabled}
              onRemove={() => {
                setOpen(null);
                commit(list.filter((_, i) => i !== index));
              }}
            />
          </div>
          {open === index && (
            <div className={styles.cardBody}>
              {children(item, (part) => commit(list.map((other, i) => (i === index ? { ...other, ...part } : other))))}
            </div>
          )}
        </div>
      ))}
      <AddRow
        id={id}
        words={addWords}
        disabled={disabled}
        onAdd={() => {
          if (commit([...list, make()])) setOpen(list.length);
        }}
      />
    </div>
  );
}
