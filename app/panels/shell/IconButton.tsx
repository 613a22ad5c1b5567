import { type ButtonHTMLAttributes, forwardRef, type ReactNode } from "react";
import { showChord } from "../../commands/keys.ts";
import controls from "../../styles/controls.module.css";
import { Hint } from "./Hint.tsx";

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** What it does: its accessible name and its hint. */
  label: string;
  chord?: string | undefined;
  /** Says more than the name, for instance why it cannot be used now. */
  reason?: string | undefined;
  children: ReactNode;
}

/** A button with a picture only. With a reason it stays focusable while it refuses, so that the reason can be read. */
export const IconButton = forwardRef<HTMLButtonElement, Props>(function IconButton(
  { label, chord, reason, children, className, onClick, disabled, ...rest },
  ref,
) {
  const refuses = disabled === true && reason !== undefined;
  return (
    <Hint text={reason ?? label} chord={reason ? undefined : chord}>
      <button
        ref={ref}
        type="button"
        aria-label={label}
        aria-description={refuses ? reason : undefined}
        aria-keyshortcuts={chord && showChord(chord, false).replace("Ctrl", "Control")}
        aria-disabled={refuses || undefined}
        disabled={disabled && !refuses}
        className={`${controls.iconButton} ${className ?? ""}`}
        onClick={refuses ? undefined : onClick}
        {...rest}
      >
        {children}
      </button>
    </Hint>
  );
});
