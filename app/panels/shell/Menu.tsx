import { ChevronDown } from "lucide-react";
import { type ComponentType, type ReactNode, useRef, useState } from "react";
import { fetched } from "../../fetched.tsx";
import controls from "../../styles/controls.module.css";
import { IconButton } from "./IconButton.tsx";

export interface MenuProps {
  /** The button's place on the page: where the menu opens. */
  at: { x: number; y: number; width: number; height: number };
  onClose(): void;
}

/** A menu that is loaded when somebody reaches for it. */
export interface LaterMenu {
  load(): Promise<unknown>;
  Content: ComponentType<MenuProps>;
}

export const laterMenu = (load: () => Promise<{ default: ComponentType<MenuProps> }>): LaterMenu => ({
  load,
  Content: fetched(load),
});

/** A button that opens a menu: a picture button with `icon`, else a button in words. */
export function MenuButton({
  menu: { load, Content },
  label,
  icon,
  words,
}: {
  menu: LaterMenu;
  label: string;
  icon?: ReactNode;
  words?: boolean;
}) {
  const button = useRef<HTMLButtonElement>(null);
  const [at, setAt] = useState<MenuProps["at"] | null>(null);
  const props = {
    ref: button,
    "aria-haspopup": "menu" as const,
    "aria-expanded": at !== null,
    "data-state": at === null ? "closed" : "open",
    onPointerEnter: () => void load(),
    onFocus: () => void load(),
    onClick: () => setAt(button.current?.getBoundingClientRect() ?? null),
  };
  return (
    <>
      {words ? (
        <button type="button" className={`${controls.button} ${controls.quiet}`} {...props}>
          {icon}
          {label}
          <ChevronDown size={14} aria-hidden />
        </button>
      ) : (
        <IconButton label={label} {...props}>
          {icon}
        </IconButton>
      )}
      {at && (
        <Content
          at={at}
          onClose={() => {
            setAt(null);
            button.current?.focus();
          }}
        />
      )}
    </>
  );
}
