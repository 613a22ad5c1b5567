import { type FormEvent, useState } from "react";
import { faultsOf, randomFaults } from "../../../../engine/scenario/index.ts";
import { useDocument } from "../../../store/document.ts";
import { withEntries } from "../../../store/recorder.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import styles from "./Timeline.module.css";

const FIELDS = [
  { name: "seed", min: 0, max: 0xffff_ffff, step: 1, ms: 1 },
  { name: "count", min: 1, max: 100, step: 1, ms: 1 },
  { name: "from", min: 0, max: 604_800, step: "any", ms: 1000 },
  { name: "to", min: 0, max: 604_800, step: "any", ms: 1000 },
  { name: "shortest", min: 0, max: 604_800, step: "any", ms: 1000 },
  { name: "longest", min: 0, max: 604_800, step: "any", ms: 1000 },
] as const;

/** Faults that a seed chooses are written into the timeline, where one can look at them and change them. */
export function RandomForm({ onDone }: { onDone(): void }) {
  const { t } = useText();
  const scenario = useDocument((s) => s.scenario);
  const apply = useDocument((s) => s.apply);
  const [wanted, setWanted] = useState({
    seed: 1,
    count: 5,
    from: 10_000,
    to: 60_000,
    shortest: 2000,
    longest: 8000,
  });
  const isPossible = faultsOf(scenario).length > 0;
  const write = (event: FormEvent) => {
    event.preventDefault();
    apply((before) => withEntries(before, randomFaults(before, wanted)));
    onDone();
  };
  return (
    <form className={styles.form} onSubmit={write} aria-label={t("panels.dock.timeline.random")}>
      <p className={styles.explains}>{t("panels.dock.timeline.randomSays")}</p>
      {FIELDS.map(({ name, min, max, step, ms }) => (
        <label key={name}>
          <span>{t(`panels.dock.timeline.randomFields.${name}`)}</span>
          <input
            className={controls.input}
            type="number"
            required
            min={min}
            max={max}
            step={step}
            defaultValue={wanted[name] / ms}
            onChange={(event) => setWanted({ ...wanted, [name]: Number(event.target.value) * ms })}
          />
        </label>
      ))}
      <div className={styles.actions}>
        <button type="submit" className={`${controls.button} ${controls.primary}`} disabled={!isPossible}>
          {t("panels.dock.timeline.randomWrite")}
        </button>
        <button type="button" className={controls.button} onClick={onDone}>
          {t("panels.dock.timeline.cancel")}
        </button>
      </div>
    </form>
  );
}
