import { Eye, EyeOff, Flashlight, Minus, Plus, Timer, X } from "lucide-react";
import { useEffect, useState } from "react";
import { plainText, type Step } from "../../../../engine/lesson/index.ts";
import { canvas } from "../../../canvas/control.ts";
import { useLesson } from "../../../store/lesson.ts";
import { useTeaching } from "../../../store/teaching.ts";
import { useView } from "../../../store/view.ts";
import controls from "../../../styles/controls.module.css";
import { type Text, useText } from "../../../text/index.ts";
import { enter } from "../session.ts";
import { COUNTDOWNS, clockOf } from "./countdown.ts";
import styles from "./ShowBar.module.css";
import { brighten } from "./spotlight-sheet.ts";

const TICK_MS = 200;
const SETTLED_MS = 120;

/** Real time that is left, large; at its end it says so, aloud. */
function Countdown() {
  const { t } = useText();
  const [ends, setEnds] = useState<number | null>(null);
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (ends === null) return;
    const timer = setInterval(() => setNow(performance.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [ends]);
  const begin = (seconds: number) => {
    setNow(performance.now());
    setEnds(performance.now() + seconds * 1000);
  };
  if (ends === null)
    return (
      <fieldset className={styles.group}>
        <legend className={controls.hidden}>{t("teaching.show.countdown")}</legend>
        <Timer size={20} aria-hidden />
        {COUNTDOWNS.map((seconds) => (
          <button key={seconds} type="button" className={controls.button} onClick={() => begin(seconds)}>
            {seconds < 60
              ? t("teaching.show.seconds", { n: seconds })
              : t("teaching.show.minutes", { n: seconds / 60 })}
          </button>
        ))}
      </fieldset>
    );
  const left = ends - now;
  const isOver = left <= 0;
  return (
    <div className={styles.group}>
      <span className={styles.clock} role="timer" data-over={isOver || undefined}>
        {isOver ? t("teaching.show.over") : clockOf(left)}
      </span>
      <span className={controls.hidden} role="status">
        {isOver ? t("teaching.show.over") : ""}
      </span>
      <button type="button" className={controls.button} onClick={() => setEnds(null)}>
        {t("teaching.show.stop")}
      </button>
    </div>
  );
}

/** Only what is selected stays bright. */
function Spotlight() {
  const { t } = useText();
  const [isOn, setOn] = useState(false);
  const nodes = useView((s) => s.selection.nodes);
  useEffect(() => {
    brighten(isOn ? nodes : []);
    return () => brighten([]);
  }, [isOn, nodes]);
  return (
    <button
      type="button"
      className={controls.button}
      aria-pressed={isOn}
      data-hint={t("teaching.show.spotlightHint")}
      onClick={() => setOn(!isOn)}
    >
      <Flashlight size={18} aria-hidden />
      {t("teaching.show.spotlight")}
    </button>
  );
}

const optionsOf = (step: Step | undefined): readonly Text[] =>
  step?.type === "predict" || step?.type === "quiz" ? (step.options ?? []).map(({ text }) => text) : [];

/** How many hands went up for each option. It lives as long as this step is shown, and nowhere else. */
function Hands({ options }: { options: readonly Text[] }) {
  const { t, of } = useText();
  const [counts, setCounts] = useState<readonly number[]>(() => options.map(() => 0));
  const most = Math.max(1, ...counts);
  const change = (at: number, by: number) =>
    setCounts(counts.map((count, i) => (i === at ? Math.max(0, count + by) : count)));
  return (
    <section className={styles.hands} aria-label={t("teaching.show.hands")} data-hands>
      <h2>{t("teaching.show.hands")}</h2>
      <ul>
        {options.map((text, i) => {
          const option = plainText(of(text));
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: options stay where they are
            <li key={i}>
              <span className={styles.option}>{option}</span>
              <span className={styles.bar}>
                <span style={{ width: `${((counts[i] ?? 0) / most) * 100}%` }} />
              </span>
              <output aria-label={t("teaching.show.handsOf", { option })}>{counts[i]}</output>
              <button
                type="button"
                className={controls.iconButton}
                aria-label={t("teaching.show.fewer", { option })}
                onClick={() => change(i, -1)}
              >
                <Minus size={18} aria-hidden />
              </button>
              <button
                type="button"
                className={controls.iconButton}
                aria-label={t("teaching.show.more", { option })}
                onClick={() => change(i, 1)}
              >
                <Plus size={18} aria-hidden />
              </button>
            </li>
          );
        })}
      </ul>
      <p>{t("teaching.show.kept")}</p>
      <button type="button" className={controls.button} onClick={() => setCounts(options.map(() => 0))}>
        {t("teaching.show.reset")}
      </button>
    </section>
  );
}

function Jump() {
  const { t, of } = useText();
  const lesson = useLesson((s) => s.lesson);
  const at = useLesson((s) => s.progress.step);
  if (lesson === null) return null;
  const titleOf = (step: Step): string =>
    step.title === undefined ? t(`lesson.titles.${step.type}`) : plainText(of(step.title));
  return (
    <select
      className={controls.select}
      aria-label={t("teaching.show.jump")}
      value={at}
      onChange={(event) => enter(Number(event.target.value))}
    >
      {lesson.steps.map((step, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps have no names of their own
        <option key={i} value={i}>
          {t("teaching.show.step", { n: i + 1, title: titleOf(step) })}
        </option>
      ))}
    </select>
  );
}

/** What a teacher needs before a room, in place of everything else. */
export function ShowBar({ onEnd }: { onEnd(): void }) {
  const { t } = useText();
  const isRevealed = useTeaching((s) => s.revealed);
  const lesson = useLesson((s) => s.lesson);
  const at = useLesson((s) => s.progress.step);
  const options = optionsOf(lesson?.steps[at]);
  const hasHands = options.length > 0;
  // The drawing has more room, or less.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the room is what counts
  useEffect(() => {
    const timer = setTimeout(() => canvas()?.fit(), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [hasHands, isRevealed]);
  const reveal = () => {
    useTeaching.setState({ revealed: !isRevealed });
    if (isRevealed) delete document.documentElement.dataset.revealed;
    else document.documentElement.dataset.revealed = "";
  };
  return (
    <section className={styles.show} aria-label={t("teaching.show.title")} data-show>
      <div className={styles.line}>
        <button type="button" className={`${controls.button} ${controls.primary}`} onClick={reveal}>
          {isRevealed ? <EyeOff size={18} aria-hidden /> : <Eye size={18} aria-hidden />}
          {t(isRevealed ? "teaching.show.mask" : "teaching.show.reveal")}
        </button>
        <Spotlight />
        <Countdown />
        <span className={styles.space} />
        <Jump />
        <button type="button" className={controls.button} onClick={onEnd}>
          <X size={18} aria-hidden />
          {t("teaching.show.end")}
        </button>
      </div>
      {hasHands && <Hands key={`${lesson?.id} ${at}`} options={options} />}
    </section>
  );
}
