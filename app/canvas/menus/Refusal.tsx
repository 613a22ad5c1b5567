import { Wrench, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { focusBackTo } from "../../panels/shell/focus-back.ts";
import { IconButton } from "../../panels/shell/IconButton.tsx";
import controls from "../../styles/controls.module.css";
import { type TextKey, useText } from "../../text/index.ts";
import { doFix } from "../do-fix.ts";
import { useCanvas } from "../state.ts";
import styles from "./Menus.module.css";

const WIDTH = 320;
const HEIGHT = 140;
const MARGIN = 8;
const close = () => useCanvas.setState({ refusal: null });

/** Why a connection cannot be, and what can be done instead: never a silent no. */
export function Refusal() {
  const { t, find } = useText();
  const refusal = useCanvas((s) => s.refusal);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (refusal === null) return;
    const opener = document.activeElement;
    box.current?.querySelector<HTMLElement>("[data-first]")?.focus();
    const outside = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) close();
    };
    window.addEventListener("pointerdown", outside, true);
    return () => {
      window.removeEventListener("pointerdown", outside, true);
      setTimeout(() => focusBackTo(opener), 0);
    };
  }, [refusal]);
  if (refusal === null) return null;
  const { at, code, facts, fixes } = refusal;
  const left = Math.max(MARGIN, Math.min(at.x + MARGIN, window.innerWidth - WIDTH - MARGIN));
  const top = Math.max(MARGIN, Math.min(at.y + MARGIN, window.innerHeight - HEIGHT - MARGIN));
  return (
    <div
      ref={box}
      className={`${controls.float} ${styles.refusal}`}
      style={{ left, top, width: WIDTH }}
      role="alertdialog"
      aria-labelledby="refusal"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        close();
      }}
    >
      <div className={styles.refusalHead}>
        <p id="refusal">{find(`connection.${code}`, facts) ?? code}</p>
        {fixes.length > 0 && (
          <IconButton label={t("shell.dismiss")} onClick={close} className={styles.refusalClose}>
            <X size={16} />
          </IconButton>
        )}
      </div>
      <div className={styles.fixes}>
        {fixes.map((fix, i) => (
          <button
            key={fix.fix}
            type="button"
            data-first={i === 0 || undefined}
            className={`${controls.button} ${styles.fix}`}
            onClick={() => doFix(fix)}
          >
            <Wrench size={14} aria-hidden />
            {t(`connection.fixes.${fix.fix}` as TextKey)}
          </button>
        ))}
        {fixes.length === 0 && (
          <button type="button" data-first className={controls.button} onClick={close}>
            {t("shell.understood")}
          </button>
        )}
      </div>
    </div>
  );
}
