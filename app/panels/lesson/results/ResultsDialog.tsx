import { ArrowDown, ArrowUp, FileUp } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import type { DialogProps } from "../../../store/dialogs.ts";
import controls from "../../../styles/controls.module.css";
import { useText, type Words } from "../../../text/index.ts";
import { DialogFrame } from "../../dialogs/DialogFrame.tsx";
import dialogs from "../../dialogs/Dialogs.module.css";
import { download } from "../../dialogs/download.ts";
import { Details } from "./Details.tsx";
import styles from "./Results.module.css";
import { COLUMNS, type Column, joined, type Row, readAll, resultsCsv, sortedRows } from "./table.ts";

/** Larger files are none that a person handed in. */
const FILE_BYTES_MAX = 1_000_000;

const pair = (of: readonly [number, number] | null): string => (of === null ? "–" : `${of[0]}/${of[1]}`);

function shown(row: Row, column: Column, { t, format, language }: Words): string {
  switch (column) {
    case "name":
      return row.name === "" ? t("teaching.results.noName") : row.name;
    case "tasks":
      return row.solved === 0
        ? pair(row.tasks)
        : `${pair(row.tasks)} (${t("teaching.results.solved", { n: row.solved })})`;
    case "quizzes":
    case "guesses":
      return pair(row[column]);
    case "began":
      return row.began === null ? "–" : new Date(row.began).toLocaleString(language === "zh" ? "zh-CN" : "en");
    case "intact":
      return t(`teaching.results.${row.isIntact === null ? "codeOnly" : row.isIntact ? "intact" : "edited"}`);
    case "seed":
      return row.seed === null ? "–" : String(row.seed);
    case "hints":
    case "minutes":
    case "changes":
      return row[column] === null ? "–" : format.number(row[column]);
    default:
      return row[column];
  }
}

function Table({ rows }: { rows: readonly Row[] }) {
  const words = useText();
  const { t } = words;
  const [order, setOrder] = useState<{ column: Column; isDown: boolean }>({ column: "name", isDown: false });
  const { compare } = new Intl.Collator(words.language === "zh" ? "zh-CN" : "en", { numeric: true });
  const sort = (column: Column) =>
    setOrder((now) => ({ column, isDown: now.column === column ? !now.isDown : column !== "name" }));
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            {COLUMNS.map((column) => {
              const isOn = order.column === column;
              const Arrow = order.isDown ? ArrowDown : ArrowUp;
              return (
                <th key={column} scope="col" aria-sort={isOn ? (order.isDown ? "descending" : "ascending") : "none"}>
                  <button type="button" onClick={() => sort(column)}>
                    {t(`teaching.results.columns.${column}`)}
                    {isOn && <Arrow size={12} aria-hidden />}
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {sortedRows(rows, order, compare).map((row) => (
            <tr key={row.key} data-edited={row.isIntact === false || undefined}>
              {COLUMNS.map((column) =>
                column === "name" ? (
                  <th key={column} scope="row">
                    {shown(row, column, words)}
                  </th>
                ) : (
                  <td key={column} data-column={column}>
                    {shown(row, column, words)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Reads what came back from an assignment: many files or codes, as a table. Nothing leaves the device, and nothing is kept. */
export default function ResultsDialog({ text }: DialogProps["results"]) {
  const { t } = useText();
  const [{ rows, unread }, setRead] = useState(() =>
    text === undefined ? { rows: [] as Row[], unread: [] as string[] } : readAll([{ name: "", text }]),
  );
  const [codes, setCodes] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const add = (texts: readonly { name: string; text: string }[]) => {
    const found = readAll(texts);
    setRead((before) => ({ rows: joined(before.rows, found.rows), unread: found.unread }));
  };
  const take = async (files: FileList | null) => {
    const texts = [...(files ?? [])].map(async (file) => ({
      name: file.name,
      text: file.size > FILE_BYTES_MAX ? "{" : await file.text(),
    }));
    add(await Promise.all(texts));
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    void take(event.dataTransfer.files);
  };
  const heads = Object.fromEntries(
    COLUMNS.map((column) => [column, t(`teaching.results.columns.${column}`)]),
  ) as Record<Column, string>;
  const works = new Set(rows.map(({ work }) => work.slice(-5)));
  return (
    <DialogFrame
      title={t("teaching.results.title")}
      intro={t("teaching.results.intro")}
      wide
      footer={
        rows.length > 0 && (
          <>
            <button
              type="button"
              className={`${controls.button} ${controls.quiet}`}
              onClick={() => setRead({ rows: [], unread: [] })}
            >
              {t("teaching.results.clear")}
            </button>
            <span className={dialogs.spring} />
            <button
              type="button"
              className={`${controls.button} ${controls.primary}`}
              // The mark at the front tells spreadsheets that it is UTF-8.
              onClick={() => download("weir-results.csv", `\uFEFF${resultsCsv(rows, heads)}`, "text/csv")}
            >
              {t("teaching.results.csv")}
            </button>
          </>
        )
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a place to drop files; the button beside it does the same */}
      <div className={dialogs.stack} onDragOver={(event) => event.preventDefault()} onDrop={drop} data-results>
        <div className={styles.take}>
          <div className={styles.drop}>
            <FileUp size={22} aria-hidden />
            <span>{t("teaching.results.drop")}</span>
            <button
              type="button"
              data-first
              className={`${controls.button} ${controls.primary}`}
              onClick={() => input.current?.click()}
            >
              {t("teaching.results.choose")}
            </button>
            <input
              ref={input}
              type="file"
              hidden
              multiple
              accept=".json,application/json"
              aria-label={t("teaching.results.choose")}
              onChange={(event) => void take(event.target.files)}
            />
          </div>
          <label className={styles.codes}>
            <span className={dialogs.label}>{t("teaching.results.codes")}</span>
            <textarea
              className={`${controls.input} ${dialogs.paste}`}
              rows={3}
              spellCheck={false}
              value={codes}
              onChange={(event) => setCodes(event.target.value)}
              onPaste={(event) => {
                event.preventDefault();
                add([{ name: "", text: event.clipboardData.getData("text/plain") }]);
              }}
              onBlur={() => {
                if (codes.trim() !== "") add([{ name: "", text: codes }]);
                setCodes("");
              }}
            />
          </label>
        </div>
        <div role="status">
          {unread.length > 0 && (
            <p className={dialogs.bad}>
              {t("teaching.results.unread", { count: unread.length, names: unread.slice(0, 5).join(", ") })}
            </p>
          )}
          {works.size > 1 && <p className={dialogs.warn}>{t("teaching.results.several")}</p>}
          <p className={dialogs.quiet}>
            {rows.length === 0 ? t("teaching.results.none") : t("teaching.results.count", { count: rows.length })}
          </p>
        </div>
        {rows.length > 0 && (
          <>
            <Table rows={rows} />
            <p className={dialogs.quiet}>{t("teaching.results.honest")}</p>
            {rows.map((row) => row.result !== null && <Details key={row.key} name={row.name} result={row.result} />)}
          </>
        )}
      </div>
    </DialogFrame>
  );
}
