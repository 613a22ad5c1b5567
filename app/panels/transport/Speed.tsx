import * as Slider from "radix-ui/slider";
import { MAX_SPEED, SPEEDS } from "../../../engine/worker/protocol.ts";
import { engine } from "../../bridge/index.ts";
import { useRun } from "../../store/run.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { useWidth } from "../shell/use-width.ts";
import styles from "./Transport.module.css";

const stopOf = (speed: number): number => SPEEDS.indexOf(speed as (typeof SPEEDS)[number]);
const ONE = stopOf(1);

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
      <Slider.Root
        className={styles.slider}
        min={0}
        max={SPEEDS.length - 1}
        step={1}
        value={[stopOf(speed)]}
        onValueChange={([stop]) => engine.setSpeed(SPEEDS[stop ?? ONE] ?? 1)}
      >
        <Slider.Track className={styles.track}>
          <Slider.Range className={styles.range} />
          {SPEEDS.map((value, i) => (
            <span
              key={value}
              className={styles.stop}
              data-one={i === ONE || undefined}
              style={{ left: `${(i / (SPEEDS.length - 1)) * 100}%` }}
            />
          ))}
        </Slider.Track>
        <Slider.Thumb className={styles.thumb} aria-label={t("shell.transport.speed")} aria-valuetext={name(speed)} />
      </Slider.Root>
      <button
        type="button"
        className={`${styles.speedName} ${controls.figures}`}
        title={t("shell.transport.normalSpeed")}
        onClick={() => engine.setSpeed(1)}
      >
        {name(speed)}
      </button>
    </div>
  );
}
