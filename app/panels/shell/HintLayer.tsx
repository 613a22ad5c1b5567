import { useEffect, useLayoutEffect, useRef, useState } from "react";
import controls from "../../styles/controls.module.css";
import styles from "./HintLayer.module.css";

const AFTER_MS = 450;
/** After one hint the next comes at once for so long. */
const QUICK_MS = 300;
/** Time to move onto the hint itself. */
const GRACE_MS = 120;
const GAP = 6;
const MARGIN = 8;

interface Shown {
  of: HTMLElement;
  text: string;
  keys: string | undefined;
  side: string;
}

const hinted = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>("[data-hint]") : null;

/** Shows the hint of whatever is pointed at or has the keyboard's focus. Esc sends it away, and it stays while it is pointed at itself. */
export function HintLayer() {
  const [shown, setShown] = useState<Shown | null>(null);
  const [place, setPlace] = useState({ left: 0, top: 0 });
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let opening: ReturnType<typeof setTimeout> | undefined;
    let closing: ReturnType<typeof setTimeout> | undefined;
    let wanted: HTMLElement | null = null;
    let lastAt = Number.NEGATIVE_INFINITY;
    const open = (of: HTMLElement) => {
      const { hint: text, hintKeys: keys, hintSide: side = "bottom" } = of.dataset;
      if (text && of.isConnected) setShown({ of, text, keys, side });
    };
    const close = () => {
      clearTimeout(opening);
      wanted = null;
      setShown((before) => {
        if (before) lastAt = performance.now();
        return null;
      });
    };
    const point = (event: PointerEvent) => {
      if (event.pointerType === "touch") return;
      if (box.current?.contains(event.target as Node)) {
        clearTimeout(closing);
        return;
      }
      const of = hinted(event.target);
      if (of === wanted) return;
      clearTimeout(opening);
      clearTimeout(closing);
      wanted = of;
      if (of === null) closing = setTimeout(close, GRACE_MS);
      else opening = setTimeout(() => open(of), performance.now() - lastAt < QUICK_MS ? 0 : AFTER_MS);
    };
    const focus = (event: FocusEvent) => {
      const of = hinted(event.target);
      if (of && of === event.target && of.matches(":focus-visible")) open(of);
    };
    const press = (event: KeyboardEvent) => {
      if (event.key === "Escape") close();
    };
    document.addEventListener("pointerover", point);
    document.addEventListener("focusin", focus);
    document.addEventListener("focusout", close);
    document.addEventListener("pointerdown", close, true);
    document.addEventListener("wheel", close, { passive: true });
    document.addEventListener("keydown", press, true);
    return () => {
      clearTimeout(opening);
      clearTimeout(closing);
      document.removeEventListener("pointerover", point);
      document.removeEventListener("focusin", focus);
      document.removeEventListener("focusout", close);
      document.removeEventListener("pointerdown", close, true);
      document.removeEventListener("wheel", close);
      document.removeEventListener("keydown", press, true);
    };
  }, []);

  useLayoutEffect(() => {
    if (shown === null || box.current === null) return;
    const of = shown.of.getBoundingClientRect();
    const own = box.current.getBoundingClientRect();
    const [middleX, middleY] = [of.left + (of.width - own.width) / 2, of.top + (of.height - own.height) / 2];
    const fitsBelow = of.bottom + GAP + own.height < window.innerHeight - MARGIN;
    const at =
      shown.side === "right"
        ? { left: of.right + GAP, top: middleY }
        : shown.side === "left"
          ? { left: of.left - GAP - own.width, top: middleY }
          : shown.side === "top" || !fitsBelow
            ? { left: middleX, top: of.top - GAP - own.height }
            : { left: middleX, top: of.bottom + GAP };
    setPlace({
      left: Math.max(MARGIN, Math.min(at.left, window.innerWidth - own.width - MARGIN)),
      top: Math.max(MARGIN, Math.min(at.top, window.innerHeight - own.height - MARGIN)),
    });
  }, [shown]);

  if (shown === null) return null;
  return (
    <div ref={box} className={`${controls.tooltip} ${styles.hint}`} style={place} role="tooltip">
      {shown.text}
      {shown.keys && <span className={styles.keys}>{shown.keys}</span>}
    </div>
  );
}
