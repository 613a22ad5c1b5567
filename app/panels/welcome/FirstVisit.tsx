import { FolderInput, PenLine, Play, X } from "lucide-react";
import type { ReactNode } from "react";
import { emptyScenario } from "../../../engine/scenario/index.ts";
import { engine } from "../../bridge/index.ts";
import { useDocument } from "../../store/document.ts";
import { useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { useFirstSteps } from "./first-steps.ts";
import styles from "./Welcome.module.css";

function Way({ icon, title, words, onChoose }: { icon: ReactNode; title: string; words: string; onChoose(): void }) {
  return (
    <button type="button" className={styles.way} onClick={onChoose}>
      <span className={styles.wayIcon}>{icon}</span>
      <span className={styles.wayTitle}>{title}</span>
      <span className={styles.wayWords}>{words}</span>
    </button>
  );
}

/** Three ways to begin. The page behind it works: whoever starts something else needs no answer here. */
export function FirstVisit() {
  const { t } = useText();
  const isShown = useFirstSteps((s) => s.card);
  const set = useView((s) => s.set);
  const openDialog = useView((s) => s.openDialog);
  const start = useFirstSteps((s) => s.set);
  if (!isShown) return null;
  const done = () => {
    set({ welcomed: true });
    start({ card: false });
  };
  return (
    <section className={`${controls.float} ${styles.card}`} aria-labelledby="welcome-title">
      <button
        type="button"
        className={`${controls.iconButton} ${styles.close}`}
        aria-label={t("welcome.close")}
        onClick={done}
      >
        <X size={16} aria-hidden />
      </button>
      <h2 id="welcome-title" className={styles.title}>
        {t("welcome.title")}
      </h2>
      <p className={styles.intro}>{t("welcome.intro")}</p>
      <div className={styles.ways}>
        <Way
          icon={<Play size={18} aria-hidden />}
          title={t("welcome.watch.title")}
          words={t("welcome.watch.words")}
          onChoose={() => {
            done();
            engine.play();
          }}
        />
        <Way
          icon={<PenLine size={18} aria-hidden />}
          title={t("welcome.build.title")}
          words={t("welcome.build.words")}
          onChoose={() => {
            done();
            useView.getState().select({});
            useDocument.getState().open(emptyScenario(), { origin: "own" });
            start({ active: true, done: [] });
          }}
        />
        <Way
          icon={<FolderInput size={18} aria-hidden />}
          title={t("welcome.import.title")}
          words={t("welcome.import.words")}
          onChoose={() => {
            done();
            openDialog("import");
          }}
        />
      </div>
    </section>
  );
}
