import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { isComposing } from "../../commands/keys.ts";
import { useFocusBack } from "../../panels/shell/focus-back.ts";
import controls from "../../styles/controls.module.css";
import type { Point } from "../geometry.ts";
import styles from "./Menus.module.css";

export interface Choice {
  id: string;
  label: string;
  /** What typing is compared with, beside the label. */
  also?: string;
  /** Where typing is looked for when it is found nowhere else. */
  about?: string;
  icon?: ReactNode;
  /** Why it cannot be chosen. */
  reason?: string | undefined;
}

interface Props {
  at: Point;
  title: string;
  placeholder: string;
  nothing: string;
  choices: readonly Choice[];
  onChoose(id: string): void;
  onClose(): void;
  /** Choices that depend on what is typed; they stand first. */
  typed?(text: string): readonly Choice[];
  /** The choice that the arrow keys have reached. */
  onLook?(id: string | undefined): void;
}

const WIDTH = 280;
const HEIGHT = 320;
const MARGIN = 8;

/** A list beside the pointer that is searched by typing; Enter takes the first. */
export function PickList({ at, title, placeholder, nothing, choices, typed, onChoose, onClose, onLook }: Props) {
  const [text, setText] = useState("");
  const [at_, setAt] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  useFocusBack();
  const wanted = text.trim().toLowerCase();
  const all = [...(typed?.(text.trim()) ?? []), ...choices];
  const near = all.filter((choice) => `${choice.label} ${choice.also ?? ""}`.toLowerCase().includes(wanted));
  const found = near.length > 0 ? near : all.filter((choice) => choice.about?.toLowerCase().includes(wanted));
  const possible = found.filter((choice) => choice.reason === undefined);
  const current = possible[Math.min(at_, possible.length - 1)];
  const currentId = current?.id;

  useEffect(() => onLook?.(currentId), [currentId, onLook]);
  useEffect(() => {
    const outside = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) onClose();
    };
    window.addEventListener("pointerdown", outside, true);
    return () => window.removeEventListener("pointerdown", outside, true);
  }, [onClose]);

  const press = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (isComposing(event.nativeEvent)) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && possible.length > 0)
      setAt((Math.min(at_, possible.length - 1) + step + possible.length) % possible.length);
    else if (event.key === "Enter" && current) onChoose(current.id);
    else if (event.key === "Escape" || event.key === "Tab") onClose();
    else return;
    event.preventDefault();
  };

  const left = Math.max(MARGIN, Math.min(at.x, window.innerWidth - WIDTH - MARGIN));
  const top = Math.max(MARGIN, Math.min(at.y, window.innerHeight - HEIGHT - MARGIN));
  return (
    <div
      ref={box}
      className={`${controls.float} ${styles.pick}`}
      style={{ left, top, width: WIDTH, maxHeight: HEIGHT }}
      role="dialog"
      aria-label={title}
    >
      <input
        className={styles.search}
        role="combobox"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={currentId && `${id}-${currentId}`}
        aria-label={title}
        placeholder={placeholder}
        value={text}
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: the list was opened to type into it
        autoFocus
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div id={`${id}-list`} className={styles.choices} role="listbox" aria-label={title}>
        {found.map((choice) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are read by the search field, which keeps the focus
          <div
            key={choice.id}
            id={`${id}-${choice.id}`}
            ref={choice.id === currentId ? scrollTo : undefined}
            className={controls.menuItem}
            role="option"
            tabIndex={-1}
            aria-selected={choice.id === currentId}
            aria-disabled={choice.reason !== undefined}
            onPointerMove={() => {
              const place = possible.indexOf(choice);
              if (place >= 0 && place !== at_) setAt(place);
            }}
            onClick={() => choice.reason === undefined && onChoose(choice.id)}
          >
            {choice.icon}
            <span className={styles.choice}>
              <span>{choice.label}</span>
              {choice.reason && <small>{choice.reason}</small>}
            </span>
          </div>
        ))}
        {found.length === 0 && <p className={styles.nothing}>{nothing}</p>}
      </div>
    </div>
  );
}

const scrollTo = (element: HTMLElement | null) => element?.scrollIntoView({ block: "nearest" });
