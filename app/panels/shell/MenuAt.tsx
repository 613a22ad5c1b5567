import { Check } from "lucide-react";
import * as Dropdown from "radix-ui/dropdown-menu";
import type { ReactNode } from "react";
import controls from "../../styles/controls.module.css";

/** A menu that opens at a place of the page. */
export function MenuAt({
  at,
  align = "end",
  onClose,
  children,
}: {
  at: { x: number; y: number; width?: number; height?: number };
  align?: "start" | "end";
  onClose(): void;
  children: ReactNode;
}) {
  return (
    <Dropdown.Root open onOpenChange={(open) => !open && onClose()} modal={false}>
      <Dropdown.Trigger asChild>
        <span
          aria-hidden
          tabIndex={-1}
          style={{
            position: "fixed",
            left: at.x,
            top: at.y,
            width: at.width ?? 1,
            height: at.height ?? 1,
            pointerEvents: "none",
          }}
        />
      </Dropdown.Trigger>
      <Dropdown.Portal>
        <Dropdown.Content
          className={`${controls.float} ${controls.menu}`}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          // Whoever opened it takes the focus back.
          onCloseAutoFocus={(event) => event.preventDefault()}
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
