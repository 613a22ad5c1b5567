import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import styles from "./Divider.module.css";

interface Props {
  label: string;
  orientation: "vertical" | "horizontal";
  /** Size of the panel it belongs to, px. */
  value: number;
  min: number;
  max: number;
  /** The panel lies after the divider, so dragging towards the start makes it larger. */
  grows: "towards-start";
  onChange(value: number): void;
}

const STEP = 16;

/** The border of a panel that can be dragged, or moved with the arrow keys. */
export function Divider({ label, orientation, value, min, max, onChange }: Props) {
  const from = useRef<{ at: number; value: number } | null>(null);
  const set = (next: number) => onChange(Math.round(Math.min(max, Math.max(min, next))));
  const place = (event: PointerEvent) => (orientation === "vertical" ? event.clientX : event.clientY);
  const press = (event: KeyboardEvent) => {
    const more = orientation === "vertical" ? "ArrowLeft" : "ArrowUp";
    const less = orientation === "vertical" ? "ArrowRight" : "ArrowDown";
    if (event.key === more) set(value + STEP);
    else if (event.key === less) set(value - STEP);
    else if (event.key === "Home") set(min);
    else if (event.key === "End") set(max);
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a divider with a value is no <hr>
    <div
      role="separator"
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      className={styles.divider}
      data-orientation={orientation}
      onKeyDown={press}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { at: place(event), value };
      }}
      onPointerMove={(event) => {
        if (from.current) set(from.current.value + from.current.at - place(event));
      }}
      onPointerUp={() => {
        from.current = null;
      }}
      onPointerCancel={() => {
        from.current = null;
      }}
    />
  );
}
