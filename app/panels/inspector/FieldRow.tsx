import { Info, RotateCcw } from "lucide-react";
import { useId, useState } from "react";
import type { FieldSpec, SettingValue } from "../../../engine/scenario/index.ts";
import { fetched } from "../../fetched.tsx";
import { useDocument } from "../../store/document.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { Hint } from "../shell/Hint.tsx";
import { Editor, isCompound, isGroup, isWide } from "./editors/Editor.tsx";
import styles from "./Field.module.css";
import type { Edit, FieldState } from "./use-edit.ts";
import { helpOf, labelOf, refusal, showNumber, showValueOf } from "./words.ts";

/** Range, default and the product's own words: what stands behind the ⓘ of a field. */
function About({ id, state, path }: { id: string; state: FieldState; path: string | undefined }) {
  const words = useText();
  const { t } = words;
  const { kind, field } = state;
  const lines: string[] = [];
  if (isNumeric(field)) {
    const { min = 0, max = 0 } = field;
    lines.push(t("panels.inspector.range", { min: showNumber(field, min, words), max: showNumber(field, max, words) }));
  } else if (field.type === "text" && field.max !== undefined) {
    lines.push(t("panels.inspector.rangeText", { count: field.max }));
  }
  if (field.imported !== true)
    lines.push(t("panels.inspector.default", { value: showValueOf(kind, field, field.default, words) }));
  if (field.realDefault !== undefined)
    lines.push(t("panels.inspector.realDefault", { value: showValueOf(kind, field, field.realDefault, words) }));
  return (
    <div id={id} className={styles.about}>
      <p>{helpOf(kind, field, words)}</p>
      <p>{lines.join(" ")}</p>
      {field.real !== undefined && (
        <p>
          {t("panels.inspector.realName", { name: "" })}
          <code>{field.real}</code>
        </p>
      )}
      <p>
        <FieldTerm field={field.name} />
        {path !== undefined && <ExposeButton path={path} />}
      </p>
    </div>
  );
}

const FieldTerm = fetched(() => import("../lesson/terms/FieldTerm.tsx"));

/** Puts a control for this setting under the canvas, or takes it away. */
function ExposeButton({ path }: { path: string }) {
  const { t } = useText();
  const exposed = useDocument((s) => s.scenario.view?.expose) ?? [];
  const apply = useDocument((s) => s.apply);
  const isOn = exposed.includes(path);
  const toggle = () => {
    const expose = isOn ? exposed.filter((one) => one !== path) : [...exposed, path];
    apply((scenario) => {
      const { expose: _, ...view } = scenario.view ?? {};
      return { ...scenario, view: expose.length === 0 ? view : { ...view, expose } };
    });
  };
  return (
    <button type="button" className={styles.expose} aria-pressed={isOn} onClick={toggle}>
      {t(isOn ? "lesson.controls.unexpose" : "lesson.controls.expose")}
    </button>
  );
}

const NUMERIC: readonly FieldSpec["type"][] = ["integer", "number", "ms", "rate", "bytes", "share", "factor", "dist"];
const isNumeric = (field: FieldSpec): boolean => NUMERIC.includes(field.type) && field.max !== undefined;

/** One setting: its name, the product's name for it, its control, and in words why a value was refused. */
export function FieldRow({
  state,
  edit,
  disabled,
  note,
  path,
  around,
}: {
  state: FieldState;
  edit: Edit;
  disabled: boolean;
  /** Something to know about the value as it is. */
  note?: string | undefined;
  /** `node.field`, when it is a single node's. */
  path?: string | undefined;
  around(name: string): SettingValue;
}) {
  const words = useText();
  const { t } = words;
  const { kind, field, value, mixed, changed } = state;
  const base = useId();
  const [error, setError] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const label = labelOf(kind, field, words);
  // A value of one's own is no longer the one that was slowed down.
  const isScaled = field.realDefault !== undefined && !changed;
  const commit = (next: SettingValue, burst = false): boolean => {
    const [issue] = edit.set(field.name, next, burst);
    setError(issue === undefined ? null : refusal(field, label, issue, words));
    return issue === undefined;
  };
  const described = [error !== null && `${base}-error`, note !== undefined && `${base}-note`].filter(Boolean).join(" ");
  return (
    <div
      className={styles.field}
      data-wide={isWide(field.type) || undefined}
      data-compound={isCompound(field.type) || undefined}
      data-field={field.name}
    >
      <div className={styles.name}>
        <div className={styles.labelLine}>
          {isGroup(field.type) ? (
            <span id={`${base}-label`} className={styles.label}>
              {label}
            </span>
          ) : (
            <label htmlFor={`${base}-input`} className={styles.label}>
              {label}
            </label>
          )}
          {changed && !disabled && (
            <Hint text={t("panels.inspector.default", { value: showValueOf(kind, field, field.default, words) })}>
              <button
                type="button"
                className={`${styles.tool} ${styles.reset}`}
                aria-label={`${t("fields.words.reset")}: ${label}`}
                onClick={() => {
                  setError(null);
                  edit.reset(field.name);
                }}
              >
                <RotateCcw size={13} aria-hidden />
              </button>
            </Hint>
          )}
        </div>
        {isScaled && (
          <Hint text={t("panels.inspector.realDefault", { value: showValueOf(kind, field, field.realDefault, words) })}>
            <button type="button" className={`${controls.chip} ${styles.scaled}`} onClick={() => setOpen(!isOpen)}>
              {t("fields.words.scaled")}
            </button>
          </Hint>
        )}
        {isScaled && (
          <span className={styles.realDefault}>
            {t("fields.words.real", { value: showValueOf(kind, field, field.realDefault ?? null, words) })}
          </span>
        )}
        {field.real !== undefined && field.real.toLowerCase() !== label.toLowerCase() && (
          <code className={styles.real}>{field.real}</code>
        )}
      </div>
      <div
        className={styles.control}
        {...(isGroup(field.type) && { role: "group", "aria-labelledby": `${base}-label` })}
      >
        <Editor
          id={`${base}-input`}
          kind={kind}
          field={field}
          label={label}
          value={value}
          mixed={mixed}
          disabled={disabled}
          invalid={error !== null}
          describedBy={described === "" ? undefined : described}
          commit={commit}
          refuse={setError}
          around={around}
        />
      </div>
      <div className={styles.tools}>
        <button
          type="button"
          className={styles.tool}
          aria-label={t("panels.inspector.about", { name: label })}
          aria-expanded={isOpen}
          aria-controls={`${base}-about`}
          onClick={() => setOpen(!isOpen)}
        >
          <Info size={13} aria-hidden />
        </button>
      </div>
      {error !== null && (
        <p id={`${base}-error`} role="alert" className={styles.error}>
          {error}
        </p>
      )}
      {note !== undefined && (
        <p id={`${base}-note`} className={styles.note}>
          {note}
        </p>
      )}
      {isOpen && <About id={`${base}-about`} state={state} path={path} />}
    </div>
  );
}
