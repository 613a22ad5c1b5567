import { CircleHelp } from "lucide-react";
import { useEffect, useState } from "react";
import { frames } from "../bridge/index.ts";
import { useDocument } from "../store/document.ts";
import { useRun } from "../store/run.ts";
import { useView } from "../store/view.ts";
import controls from "../styles/controls.module.css";
import { useText } from "../text/index.ts";
import styles from "./Canvas.module.css";
import type { Stillness } from "./stillness.ts";

const LOOK_MS = 1000;
const LOOKS = 3;

/** After three seconds of play in which nothing happened: why, in a few words (product.md §14). */
export function NothingFlows() {
  const { t } = useText();
  const isRunning = useRun((s) => s.status === "running");
  const [still, setStill] = useState<Stillness | null>(null);
  useEffect(() => {
    if (!isRunning) {
      setStill(null);
      return;
    }
    let before = Number.NaN;
    let same = 0;
    const timer = setInterval(() => {
      const now = frames.metric("system", "published.total") + frames.metric("system", "processed.total");
      same = now === before ? same + 1 : 0;
      before = now;
      const { time, badges } = useRun.getState();
      const standing = { time, badges, metric: (target: string, name: string) => frames.metric(target, name) };
      if (same < LOOKS) setStill(null);
      else
        void import("./stillness.ts").then(({ whyStill }) => {
          if (same >= LOOKS) setStill(whyStill(useDocument.getState().scenario, standing));
        });
    }, LOOK_MS);
    return () => {
      same = 0;
      clearInterval(timer);
    };
  }, [isRunning]);
  if (still === null) return null;
  return (
    <p className={`${controls.float} ${styles.still}`} role="status">
      <CircleHelp size={16} aria-hidden />
      {t(`canvas.still.${still.reason}`)}
      {still.nodes.length > 0 && (
        <button
          type="button"
          className={controls.button}
          onClick={() => useView.getState().select({ nodes: still.nodes })}
        >
          {t("canvas.still.show")}
        </button>
      )}
    </p>
  );
}
