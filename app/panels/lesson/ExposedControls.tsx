import { useId, useRef, useState } from "react";
import { splitPath } from "../../../engine/lesson/index.ts";
import { type FieldSpec, fieldOf, type SettingValue, settingsIn } from "../../../engine/scenario/index.ts";
import { useDocument } from "../../store/document.ts";
import { useLesson } from "../../store/lesson.ts";
import { useText } from "../../text/index.ts";
import { targetName } from "../dock/timeline/words.ts";
import { Editor } from "../inspector/editors/Editor.tsx";
import { itemOf, useEdit } from "../inspector/use-edit.ts";
import { labelOf, refusal, showNumber } from "../inspector/words.ts";
import styles from "./Exposed.module.css";
import { scaleFor } from "./scale.ts";

/** What the document and the lesson want within reach, without doubles. */
export function useExposed(): readonly string[] {
  const own = useDocument((s) => s.scenario.view?.expose);
  const lesson = useLesson((s) => s.lesson?.expose);
  return [...new Set([...(lesson ?? []), ...(own ?? [])])];
}

/** A number, or that of a constant distribution; null for everything else. */
function numberOf(value: SettingValue): number | null {
  if (typeof value === "number") return value;
  const isConstant = typeof value === "object" && value !== null && !Array.isArray(value) && value.d === "constant";
  return isConstant && typeof value.value === "number" ? value.value : null;
}

function Slider({
  id,
  field,
  value,
  label,
  onChange,
}: {
  id: string;
  field: FieldSpec;
  value: number;
  label: string;
  onChange(value: number): void;
}) {
  const words = useText();
  // The scale stays while one pulls, or the thumb would run away from the pointer.
  const scale = useRef(scaleFor(field, value));
  if (value > scale.current.max) scale.current = scaleFor(field, value);
  const { min, max, step } = scale.current;
  const shown = showNumber(field, value, words);
  return (
    <>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-label={label}
        aria-valuetext={shown}
        onChange={(event) => onChange(Number(event.target.value))}
      />
      <output htmlFor={id}>{shown}</output>
    </>
  );
}

/** One setting with its name, its control and its unit. */
function Control({ path }: { path: string }) {
  const words = useText();
  const id = useId();
  const place = splitPath(path);
  const scenario = useDocument((s) => s.scenario);
  const readOnly = useDocument((s) => s.readOnly);
  const item = itemOf(scenario, place?.id ?? "");
  const edit = useEdit([place?.id ?? ""]);
  const [error, setError] = useState<string | null>(null);
  const field = item === undefined ? undefined : fieldOf(item.kind, place?.name ?? "");
  if (item === undefined || field === undefined) return null;
  const value = settingsIn(scenario, item)[field.name] ?? null;
  const number = numberOf(value);
  const isSlider = number !== null && field.max !== undefined && field.type !== "choice";
  const name = labelOf(item.kind, field, words);
  const label = `${targetName(scenario, item.id, words)} · ${name}`;
  const commit = (next: SettingValue, burst = false): boolean => {
    const [issue] = edit.set(field.name, next, burst);
    setError(issue === undefined ? null : refusal(field, name, issue, words));
    return issue === undefined;
  };
  return (
    <div className={styles.control} data-exposed={path}>
      <label htmlFor={id}>{label}</label>
      {isSlider && !readOnly ? (
        <Slider id={id} field={field} value={number} label={label} onChange={(next) => commit(next, true)} />
      ) : (
        <Editor
          id={id}
          kind={item.kind}
          field={field}
          label={label}
          value={value}
          mixed={false}
          disabled={readOnly}
          invalid={error !== null}
          describedBy={undefined}
          commit={commit}
          refuse={setError}
          around={(other) => settingsIn(scenario, item)[other] ?? null}
        />
      )}
      {error !== null && <span role="alert">{error}</span>}
    </div>
  );
}

/** The few settings that somebody wants at hand, under the canvas. */
export default function ExposedControls() {
  const { t } = useText();
  const paths = useExposed();
  if (paths.length === 0) return null;
  return (
    <section className={styles.exposed} aria-label={t("lesson.controls.title")} data-controls>
      {paths.map((path) => (
        <Control key={path} path={path} />
      ))}
    </section>
  );
}
