import { MAX_SPEED, SPEEDS } from "../../../engine/worker/protocol.ts";
import { engine } from "../../bridge/index.ts";
import { useRun } from "../../store/run.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { Hint } from "../shell/Hint.tsx";
import { useWidth } from "../shell/use-width.ts";
import styles from "./Transport.module.css";

const stopOf = (speed: number): number => SPEEDS.indexOf(speed as (typeof SPEEDS)[number]);
const LAST = SPEEDS.length - 1;
const ONE = stopOf(1);

/** Stops from 0.05× to Max; a click on the figure goes back to 1×. */
export function Speed() {
  const { t } = useText();
  const width = useWidth();
  const speed = useRun((s) => s.speed);
  const name = (value: number) => (value === MAX_SPEED ? t("shell.transport.max") : `${value}×`);
  if (width === "narrow")
    return (
      <select
        className={`${controls.select} ${controls.figures}`}
        aria-label={t("shell.transport.speed")}
        value={speed}
        onChange={(event) => engine.setSpeed(Number(event.target.value))}
      >
        {SPEEDS.map((value) => (
          <option key={value} value={value}>
            {name(value)}
          </option>
        ))}
      </select>
    );
  return (
    <div className={styles.speed}>
      <span className={styles.slider}>
        <input
          type="range"
          min={0}
          max={LAST}
          step={1}
          value={stopOf(speed)}
          aria-label={t("shell.transport.speed")}
          aria-valuetext={name(speed)}
          style={{ "--share": stopOf(speed) / LAST } as React.CSSProperties}
          onChange={(event) => engine.setSpeed(SPEEDS[Number(event.target.value)] ?? 1)}
        />
        <span className={styles.stops} aria-hidden>
          {SPEEDS.map((value, i) => (
            <i key={value} data-one={i === ONE || undefined} />
          ))}
        </span>
      </span>
      <Hint text={t("shell.transport.normalSpeed")}>
        <button type="button" className={`${styles.speedName} ${controls.figures}`} onClick={() => engine.setSpeed(1)}>
          {name(speed)}
        </button>
      </Hint>
    </div>
  );
}
