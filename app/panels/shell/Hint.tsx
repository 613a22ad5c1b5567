import * as Tooltip from "radix-ui/tooltip";
import type { ReactElement } from "react";
import { showChord } from "../../commands/keys.ts";
import controls from "../../styles/controls.module.css";
import styles from "./Hint.module.css";

/** A line that appears beside a control after a moment of pointing or on keyboard focus. */
export function Hint({
  text,
  chord,
  side,
  children,
}: {
  text: string;
  chord?: string | undefined;
  side?: "top" | "right" | "bottom" | "left";
  children: ReactElement;
}) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger
        asChild
        // Not when a menu gives the focus back to its button after a click.
        onFocus={(event) => {
          if (!event.currentTarget.matches(":focus-visible")) event.preventDefault();
        }}
      >
        {children}
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className={controls.tooltip} sideOffset={6} collisionPadding={8} {...(side && { side })}>
          {text}
          {chord && <span className={styles.chord}>{showChord(chord)}</span>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
