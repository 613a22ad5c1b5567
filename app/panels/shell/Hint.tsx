import { cloneElement, type ReactElement } from "react";
import { showChord } from "../../commands/keys.ts";

type Side = "top" | "right" | "bottom" | "left";

interface Described {
  "data-hint"?: string;
  "data-hint-keys"?: string | undefined;
  "data-hint-side"?: Side | undefined;
}

/** Gives a control a line that appears beside it after a moment of pointing, or on keyboard focus. One layer shows them all: see `HintLayer`. */
export function Hint({
  text,
  chord,
  side,
  children,
}: {
  text: string;
  chord?: string | undefined;
  side?: Side;
  children: ReactElement<Described>;
}) {
  return cloneElement(children, {
    "data-hint": text,
    "data-hint-keys": chord && showChord(chord),
    "data-hint-side": side,
  });
}
