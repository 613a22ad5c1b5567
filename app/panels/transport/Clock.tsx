import { useEffect, useRef } from "react";
import { frames } from "../../bridge/index.ts";
import { useRun } from "../../store/run.ts";
import controls from "../../styles/controls.module.css";
import { clock } from "../../text/format.ts";
import { useText } from "../../text/index.ts";
import styles from "./Transport.module.css";

/** Below this share of the asked speed the page says that it is behind. */
const BEHIND = 0.9;

/** The virtual clock, written to the page at the pace of the frames; for assistive technology it is a timer that is read on demand. */
export function Clock() {
  const { t } = useText();
  const figures = useRef<HTMLSpanElement>(null);
  const restarted = useRun((s) => s.time === 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a restart sends the clock back even when no frame follows
  useEffect(() => {
    const show = () => {
      if (figures.current) figures.current.textContent = clock(frames.latest?.time ?? useRun.getState().time);
    };
    show();
    return frames.subscribe(show);
  }, [restarted]);
  return (
    <div className={styles.clock}>
      <span
        ref={figures}
        role="timer"
        aria-live="off"
        aria-label={t("shell.transport.clock")}
        className={`${styles.time} ${controls.figures}`}
      />
      <Behind />
    </div>
  );
}

function Behind() {
  const { t, format } = useText();
  const isRunning = useRun((s) => s.status === "running");
  const asked = useRun((s) => s.speed);
  const now = useRun((s) => s.speedNow);
  if (!isRunning) return null;
  if (asked === 0)
    return <span className={styles.behind}>{t("shell.transport.running", { now: format.rate(now) })}</span>;
  if (now === 0 || now >= asked * BEHIND) return null;
  return (
    <span className={styles.behind} data-behind>
      {t("shell.transport.behind", { asked: format.rate(asked), now: format.rate(now) })}
    </span>
  );
}
