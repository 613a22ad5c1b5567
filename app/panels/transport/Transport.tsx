import { Dices, Pause, Play, SkipBack, StepBack, StepForward } from "lucide-react";
import { engine } from "../../bridge/index.ts";
import { togglePlay } from "../../commands/run.ts";
import { useDocument } from "../../store/document.ts";
import { useLesson } from "../../store/lesson.ts";
import { isPlayable, useRun } from "../../store/run.ts";
import { useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { CommandButton } from "../shell/CommandButton.tsx";
import { IconButton } from "../shell/IconButton.tsx";
import { useWidth } from "../shell/use-width.ts";
import { Clock } from "./Clock.tsx";
import { Scrubber } from "./Scrubber.tsx";
import { Speed } from "./Speed.tsx";
import styles from "./Transport.module.css";

const SEED_MAX = 0xffff_ffff;

/** Play is the one thing everybody looks for: large, and never mute about why it refuses. */
export function PlayButton() {
  const { t } = useText();
  const status = useRun((s) => s.status);
  const isRunning = status === "running";
  const label = t(isRunning ? "commands.run.pause" : "commands.run.play");
  const reason = useReason();
  return (
    <IconButton
      label={label}
      chord={useView((s) => s.keys)["run.play"]?.[0] ?? "Space"}
      disabled={!isPlayable(status)}
      reason={isPlayable(status) ? undefined : reason}
      className={styles.play}
      data-status={status}
      onClick={togglePlay}
    >
      {isRunning ? <Pause size={20} fill="currentColor" /> : <Play size={20} fill="currentColor" />}
    </IconButton>
  );
}

function useReason(): string {
  const { t } = useText();
  const status = useRun((s) => s.status);
  const count = useRun((s) => s.issues.filter((issue) => issue.severity === "error").length);
  if (status === "loading") return t("shell.transport.loading");
  if (status === "fault") return t("shell.transport.fault");
  return t("shell.transport.refused", { count });
}

function Seed() {
  const { t } = useText();
  const seed = useDocument((s) => s.scenario.seed);
  const readOnly = useDocument((s) => s.readOnly);
  const apply = useDocument((s) => s.apply);
  const change = (next: number) =>
    apply((scenario) => (scenario.seed === next ? scenario : { ...scenario, seed: next }), { coalesce: "seed" });
  return (
    <div className={styles.field}>
      <label htmlFor="seed">{t("shell.transport.seed")}</label>
      <input
        id="seed"
        className={`${controls.input} ${controls.figures}`}
        inputMode="numeric"
        size={6}
        value={seed}
        readOnly={readOnly}
        onChange={(event) => {
          const next = Number(event.target.value.replace(/\D/g, ""));
          if (next <= SEED_MAX) change(next);
        }}
      />
      <IconButton
        label={t("shell.transport.newSeed")}
        disabled={readOnly}
        onClick={() => change(Math.floor(Math.random() * 1_000_000))}
      >
        <Dices size={16} />
      </IconButton>
    </div>
  );
}

/** Virtual seconds after which the run pauses by itself; empty = never. */
function Until() {
  const { t } = useText();
  const until = useRun((s) => s.until);
  return (
    <div className={styles.field}>
      <label htmlFor="until">{t("shell.transport.until")}</label>
      <input
        id="until"
        key={until ?? "none"}
        className={`${controls.input} ${controls.figures}`}
        inputMode="decimal"
        size={4}
        placeholder="∞"
        defaultValue={until === null ? "" : until / 1e6}
        onBlur={(event) => setUntil(event.target)}
        onKeyDown={(event) => {
          if (event.key === "Enter") setUntil(event.currentTarget);
        }}
      />
      <span className={styles.unit}>{t("shell.transport.seconds")}</span>
    </div>
  );
}

/** A comma is read as `typedNumber` reads it (app/text), which is more than the first load has room for. What is no time leaves the one before. */
function setUntil(field: HTMLInputElement): void {
  const before = useRun.getState().until;
  const typed = field.value.normalize("NFKC").replace(/,(?=\d{3}(?!\d))|\s/g, "");
  const seconds = Number(typed.replace(",", "."));
  if (seconds >= 0) {
    const until = seconds > 0 ? Math.round(seconds * 1e6) : null;
    if (until !== before) engine.runUntil(until);
  } else field.value = before === null ? "" : String(before / 1e6);
}

export function Transport() {
  const width = useWidth();
  const status = useRun((s) => s.status);
  const playable = isPlayable(status);
  // A lesson says itself how far to run, and needs the room.
  const hasLesson = useLesson((s) => s.lesson !== null);
  const isAtStart = useRun((s) => s.time === 0 && s.lastEvent === 0);
  return (
    <>
      <Scrubber />
      <div className={styles.transport}>
        <div className={styles.buttons}>
          <CommandButton id="run.restart" disabled={!playable && status !== "fault"}>
            <SkipBack size={18} />
          </CommandButton>
          <CommandButton id="run.stepBack" disabled={!playable || isAtStart}>
            <StepBack size={18} />
          </CommandButton>
          <PlayButton />
          <CommandButton id="run.step" disabled={!playable}>
            <StepForward size={18} />
          </CommandButton>
        </div>
        <Clock />
        <Speed />
        <div className={styles.space} />
        {width !== "narrow" && !hasLesson && (
          <>
            <Until />
            <Seed />
          </>
        )}
      </div>
    </>
  );
}
