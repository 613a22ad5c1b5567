import { Plus, X } from "lucide-react";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { unitsOf } from "../units.ts";
import styles from "./Editors.module.css";
import { NumberInput } from "./NumberInput.tsx";

export type Step = { t: number; rate: number };

const TIME = unitsOf({ type: "ms", unit: "ms" });
const RATE = unitsOf({ type: "rate", unit: "msg/s" });

/** A table of times and rates. Rows keep the order of time by themselves. */
export function StepsEditor({
  steps,
  disabled,
  onChange,
  refuse,
}: {
  steps: readonly Step[];
  disabled: boolean;
  onChange(steps: Step[], burst?: boolean): boolean;
  refuse(sentence: string): void;
}) {
  const { t } = useText();
  const change = (index: number, part: Partial<Step>, burst?: boolean) => {
    const next = steps.map((step, i) => (i === index ? { ...step, ...part } : step)).sort((a, b) => a.t - b.t);
    return onChange(next, burst);
  };
  const last = steps.at(-1);
  return (
    <div className={styles.rows}>
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
        <div key={index} className={styles.row}>
          <NumberInput
            label={`${t("fields.parts.t")} ${index + 1}`}
            value={step.t}
            units={TIME}
            disabled={disabled}
            onCommit={(value, burst) => value !== null && change(index, { t: value }, burst)}
            onRefuse={refuse}
          />
          <NumberInput
            label={`${t("fields.parts.stepRate")} ${index + 1}`}
            value={step.rate}
            units={RATE}
            disabled={disabled}
            onCommit={(value, burst) => value !== null && change(index, { rate: value }, burst)}
            onRefuse={refuse}
          />
          <button
            type="button"
            className={`${controls.iconButton} ${styles.rowButton}`}
            aria-label={`${t("fields.words.removeRow")} ${index + 1}`}
            disabled={disabled}
            onClick={() => onChange(steps.filter((_, i) => i !== index))}
          >
            <X size={14} aria-hidden />
          </button>
        </div>
      ))}
      <button
        type="button"
        className={`${controls.button} ${controls.quiet} ${styles.add}`}
        disabled={disabled}
        onClick={() => onChange([...steps, { t: (last?.t ?? -10_000) + 10_000, rate: last?.rate ?? 2 }])}
      >
        <Plus size={14} aria-hidden />
        {t("panels.inspector.addStep")}
      </button>
    </div>
  );
}
