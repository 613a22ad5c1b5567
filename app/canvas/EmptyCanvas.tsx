import { useDocument } from "../store/document.ts";
import { useView } from "../store/view.ts";
import controls from "../styles/controls.module.css";
import { useText } from "../text/index.ts";
import styles from "./Canvas.module.css";
import { canvas } from "./control.ts";
import { STARTERS } from "./starters.ts";

/** What an empty canvas says: how to begin, and some beginnings. */
export function EmptyCanvas() {
  const { t } = useText();
  const isEmpty = useDocument((s) => s.scenario.nodes.length === 0);
  const readOnly = useDocument((s) => s.readOnly);
  if (!isEmpty || readOnly) return null;
  return (
    <div className={styles.empty}>
      <p>{t("canvas.empty.hint")}</p>
      <ul>
        {STARTERS.map(({ id, build }) => (
          <li key={id}>
            <button
              type="button"
              className={controls.button}
              onClick={() => {
                useDocument.getState().apply(build);
                useView.getState().select({});
                setTimeout(() => canvas()?.fit(), 60);
              }}
            >
              {t(`canvas.empty.starters.${id}`)}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
