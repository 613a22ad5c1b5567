import { Check, ChevronDown } from "lucide-react";
import * as Dropdown from "radix-ui/dropdown-menu";
import type { ReactNode } from "react";
import controls from "../../styles/controls.module.css";
import { IconButton } from "./IconButton.tsx";

/** A button that opens a menu: a picture button with `icon`, else a button in words. */
export function Menu({
  label,
  icon,
  words,
  children,
}: {
  label: string;
  icon?: ReactNode;
  words?: boolean;
  children: ReactNode;
}) {
  return (
    <Dropdown.Root modal={false}>
      <Dropdown.Trigger asChild>
        {words ? (
          <button type="button" className={`${controls.button} ${controls.quiet}`}>
            {icon}
            {label}
            <ChevronDown size={14} aria-hidden />
          </button>
        ) : (
          <IconButton label={label}>{icon}</IconButton>
        )}
      </Dropdown.Trigger>
      <Dropdown.Portal>
        <Dropdown.Content
          className={`${controls.float} ${controls.menu}`}
          align="end"
          sideOffset={6}
          collisionPadding={8}
        >
          {children}
        </Dropdown.Content>
      </Dropdown.Portal>
    </Dropdown.Root>
  );
}

export function MenuItem({
  icon,
  keys,
  disabled,
  onChoose,
  children,
}: {
  icon?: ReactNode;
  keys?: string | undefined;
  disabled?: boolean;
  onChoose(): void;
  children: ReactNode;
}) {
  return (
    <Dropdown.Item className={controls.menuItem} disabled={disabled ?? false} onSelect={onChoose}>
      {icon}
      <span>{children}</span>
      {keys && <span className={controls.menuKeys}>{keys}</span>}
    </Dropdown.Item>
  );
}

/** One of several of which one holds. */
export function MenuChoice({
  chosen,
  icon,
  onChoose,
  children,
}: {
  chosen: boolean;
  icon?: ReactNode;
  onChoose(): void;
  children: ReactNode;
}) {
  return (
    <Dropdown.CheckboxItem className={controls.menuItem} checked={chosen} onCheckedChange={onChoose}>
      {icon}
      <span>{children}</span>
      <Dropdown.ItemIndicator className={controls.menuKeys}>
        <Check size={16} />
      </Dropdown.ItemIndicator>
    </Dropdown.CheckboxItem>
  );
}

export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <Dropdown.Label className={controls.menuLabel}>{children}</Dropdown.Label>
);

export const MenuLine = () => <Dropdown.Separator className={controls.menuLine} />;
