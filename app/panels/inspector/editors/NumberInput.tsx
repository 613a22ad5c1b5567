import { X } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { useText } from "../../../text/index.ts";
import { fittingUnit, parseAmount, plain, round, type UnitChoice } from "../units.ts";
import { unitName } from "../words.ts";
import styles from "./Editors.module.css";

interface Props {
  id?: string | undefined;
  label: string;
  value: number | null;
  units: readonly UnitChoice[];
  /** Shown in the empty field; with it the field may be emptied, which means `null`. */
  none?: string | undefined;
  whole?: boolean;
  mixed?: boolean;
  disabled?: boolean;
  invalid?: boolean;
  describedBy?: string | undefined;
  onCommit(value: number | null, burst?: boolean): boolean;
  onRefuse(sentence: string): void;
}

/** How far an arrow key goes: a tenth of the number's size, at least the last digit that matters. */
function stepOf(shown: number, whole: boolean): number {
  const size = Math.abs(shown);
  const step = size >= 10 ? 10 ** Math.floor(Math.log10(size) - 1) : size >= 1 || whole ? 1 : 0.1;
  return whole ? Math.max(1, step) : step;
}

/** A number with its unit. What is typed counts when the field is left or Enter is pressed; a unit typed behind the number is understood. */
export function NumberInput(props: Props) {
  const { label, value, units, none, whole = false, mixed = false, disabled, invalid, describedBy } = props;
  const words = useText();
  const { t } = words;
  const ownId = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const unit = units.find((one) => one.name === chosen) ?? fittingUnit(value ?? 0, units);
  const factor = unit?.factor ?? 1;
  const shown = mixed || value === null ? "" : plain(value / factor);
  const isEmptiable = none !== undefined;
  const isUnitShown = draft !== null || (value !== null && !mixed);

  const take = (text: string, burst = false): boolean => {
    if (text.trim() === "") {
      setDraft(null);
      if (isEmptiable && value !== null) return props.onCommit(null, burst);
      return true;
    }
    const amount = parseAmount(text, units);
    if (amount === null) {
      props.onRefuse(t("panels.inspector.notANumber", { got: text.trim() }));
      return false;
    }
    const next = round(amount.value * (amount.unit?.factor ?? factor));
    if (amount.unit) setChosen(amount.unit.name);
    if (!props.onCommit(next, burst)) return false;
    setDraft(null);
    return true;
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") {
      if (draft !== null && !take(draft)) event.currentTarget.select();
    } else if (event.key === "Escape" && draft !== null) {
      event.stopPropagation();
      setDraft(null);
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      const from = parseAmount(draft ?? shown, units)?.value ?? 0;
      const step = stepOf(from, whole) * (event.shiftKey ? 10 : 1);
      take(plain(round(from + (event.key === "ArrowUp" ? step : -step))), true);
    }
  };
  return (
    <span className={styles.number} data-disabled={disabled || undefined} data-invalid={invalid || undefined}>
      <input
        id={props.id ?? ownId}
        className={styles.bare}
        aria-label={props.id === undefined ? label : undefined}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        inputMode={whole ? "numeric" : "decimal"}
        autoComplete="off"
        spellCheck={false}
        disabled={disabled}
        placeholder={mixed ? t("panels.inspector.mixed") : none}
        value={draft ?? shown}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={press}
        onBlur={() => {
          if (draft === null) return;
          take(draft);
          // Whatever was refused is gone: the old value stays, and the field must not show another.
          setDraft(null);
        }}
      />
      {isEmptiable && value !== null && !disabled && !mixed && (
        <button
          type="button"
          className={styles.clear}
          aria-label={`${label}: ${none}`}
          title={none}
          onClick={() => {
            setDraft(null);
            props.onCommit(null);
          }}
        >
          <X size={12} aria-hidden />
        </button>
      )}
      {units.length > 1 && isUnitShown ? (
        <select
          className={styles.unit}
          aria-label={t("panels.inspector.unit", { name: label })}
          value={unit?.name}
          disabled={disabled}
          onChange={(event) => setChosen(event.target.value)}
        >
          {units.map(({ name }) => (
            <option key={name} value={name}>
              {unitName(name, words)}
            </option>
          ))}
        </select>
      ) : (
        unit &&
        units.length === 1 &&
        isUnitShown && <span className={styles.fixedUnit}>{unitName(unit.name, words)}</span>
      )}
    </span>
  );
}
