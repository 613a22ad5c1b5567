import type { ReactNode } from "react";
import { command, keysOf, perform, titleOf } from "../../commands/registry.ts";
import { useView } from "../../store/view.ts";
import { useText } from "../../text/index.ts";
import { IconButton } from "./IconButton.tsx";

/** A command as a picture button: its words and its key come from the registry. The caller knows when it is possible, because that depends on state it subscribes to. */
export function CommandButton({
  id,
  disabled,
  reason,
  className,
  children,
}: {
  id: string;
  disabled?: boolean;
  reason?: string | undefined;
  className?: string | undefined;
  children: ReactNode;
}) {
  const { t } = useText();
  const found = command(id);
  useView((s) => s.keys);
  if (!found) return null;
  return (
    <IconButton
      label={t(titleOf(found))}
      chord={keysOf(found)[0]}
      disabled={disabled}
      reason={reason}
      className={className}
      onClick={() => perform(id)}
    >
      {children}
    </IconButton>
  );
}
