import { Boxes, FolderInput, GraduationCap, Play, X } from "lucide-react";
import { type CSSProperties, useEffect, useId, useState } from "react";
import { startLessonOf } from "../../commands/lessons.ts";
import { useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { type TextKey, useText } from "../../text/index.ts";
import { useFocusBack } from "../shell/focus-back.ts";
import { IconButton } from "../shell/IconButton.tsx";
import { useWidth } from "../shell/use-width.ts";
import { Banners } from "./Banners.tsx";
import { DropCover } from "./DropCover.tsx";
import { buildOwn, endFirstSteps, useFirstSteps, watchItRun } from "./first-steps.ts";
import styles from "./Welcome.module.css";

const WAYS = [
  { id: "watch", icon: Play, choose: watchItRun },
  { id: "build", icon: Boxes, choose: buildOwn },
  {
    id: "lesson",
    icon: GraduationCap,
    choose: () => {
      endFirstSteps();
      void startLessonOf("hello-queue");
    },
  },
  {
    id: "import",
    icon: FolderInput,
    choose: () => {
      endFirstSteps();
      useView.getState().openDialog("import");
    },
  },
] as const;

function Card() {
  const { t } = useText();
  const id = useId();
  useFocusBack();
  return (
    <section
      className={`${controls.float} ${styles.card}`}
      aria-labelledby={id}
      onKeyDown={(event) => event.key === "Escape" && endFirstSteps()}
    >
      <div className={styles.cardHead}>
        <div>
          <h2 id={id}>{t("welcome.title")}</h2>
          <p>{t("welcome.intro")}</p>
        </div>
        <IconButton label={t("welcome.dismiss")} onClick={endFirstSteps}>
          <X size={16} />
        </IconButton>
      </div>
      <ul className={styles.ways}>
        {WAYS.map(({ id: way, icon: Icon, choose }, index) => (
          <li key={way}>
            <button type="button" className={styles.way} data-first={index === 0 || undefined} onClick={choose}>
              <span className={styles.wayIcon}>
                <Icon size={16} aria-hidden />
              </span>
              <span>
                <b>{t(`welcome.${way}.title`)}</b>
                <span className={styles.wayWords}>{t(`welcome.${way}.words`)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const NUMBERS = { place: 1, connect: 2, consume: 2, play: 3 } as const;
const STEPS = 3;

/** Middle of the play button, px from the left of the canvas: the last hint points at it. */
function usePlayAt(wanted: boolean): number | null {
  const [at, setAt] = useState<number | null>(null);
  useEffect(() => {
    if (!wanted) return;
    const look = () => {
      const button = document.querySelector("[data-region=transport] button[data-status]");
      const canvas = document.querySelector("[data-region=canvas]");
      if (!button || !canvas) return setAt(null);
      const box = button.getBoundingClientRect();
      setAt(box.left + box.width / 2 - canvas.getBoundingClientRect().left);
    };
    look();
    addEventListener("resize", look);
    return () => removeEventListener("resize", look);
  }, [wanted]);
  return at;
}

function Hint() {
  const { t } = useText();
  const step = useFirstSteps((s) => s.step);
  const width = useWidth();
  const hasPalette = useView((s) => !s.outline) && width !== "narrow";
  const playAt = usePlayAt(step === "play");
  if (step === null) return null;
  const words: TextKey =
    step === "place" && width === "narrow" ? "welcome.steps.placeTouch" : (`welcome.steps.${step}` as const);
  return (
    <section
      className={styles.hint}
      data-step={step}
      data-narrow={!hasPalette || undefined}
      aria-live="polite"
      style={step === "play" && playAt !== null ? ({ "--at": `${playAt}px` } as CSSProperties) : undefined}
    >
      <p className={styles.hintNumber}>{t("welcome.step", { n: NUMBERS[step], of: STEPS })}</p>
      <p>{t(words)}</p>
      {(step === "connect" || step === "consume") && width !== "narrow" && (
        <p className={styles.hintKeys}>{t("welcome.steps.connectKeys")}</p>
      )}
      <button type="button" className={styles.hintSkip} onClick={() => useFirstSteps.setState({ step: null })}>
        {t("welcome.skip")}
      </button>
    </section>
  );
}

/** What lies above the canvas without taking it away: banners, the card of the first visit, hints, and the cover while a file is dragged over the page. */
export default function WelcomeCard() {
  const hasCard = useFirstSteps((s) => s.card);
  return (
    <>
      <div className={styles.over}>
        <Banners />
        {hasCard && <Card />}
      </div>
      <Hint />
      <DropCover />
    </>
  );
}
