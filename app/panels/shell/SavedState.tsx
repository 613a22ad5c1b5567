import { useDocument } from "../../store/document.ts";
import { useText } from "../../text/index.ts";
import styles from "./Header.module.css";

/** Where the newest change is: the one question that everybody has about a page without a save button. */
export function SavedState() {
  const { t } = useText();
  const { saved, origin, readOnly } = {
    saved: useDocument((s) => s.saved),
    origin: useDocument((s) => s.origin),
    readOnly: useDocument((s) => s.readOnly),
  };
  const state = readOnly ? "readOnly" : origin === "own" ? saved : origin;
  return (
    <p className={styles.saved} data-saved={state}>
      <span className={styles.dot} aria-hidden />
      <span>{t(`shell.saved.${state}`)}</span>
    </p>
  );
}
