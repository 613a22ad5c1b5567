import { X } from "lucide-react";
import * as Dialog from "radix-ui/dialog";
import { type ReactNode, useRef } from "react";
import { useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import styles from "./Dialogs.module.css";

/** Where the focus was when the dialog opened. A menu that opened it is gone by the time it closes: then its button stands for it. */
function openerNow(): HTMLElement | null {
  const active = document.activeElement;
  const menu = active?.closest("[role=menu]");
  const opener = menu ? document.getElementById(menu.getAttribute("aria-labelledby") ?? "") : active;
  return opener instanceof HTMLElement && opener !== document.body ? opener : null;
}

/** What every dialog has: a scrim, a heading, a way out, the focus inside, and the focus back where it was afterwards. */
export function DialogFrame({
  title,
  intro,
  wide = false,
  footer,
  onEscape,
  children,
}: {
  title: string;
  intro?: string | undefined;
  wide?: boolean;
  footer?: ReactNode;
  /** Escape is for something within the dialog. @returns whether it was */
  onEscape?(): boolean;
  children: ReactNode;
}) {
  const { t } = useText();
  const close = useView((s) => s.closeDialog);
  const opener = useRef<HTMLElement | null>(null);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className={controls.scrim} />
        <Dialog.Content
          className={`${controls.float} ${controls.dialog} ${styles.dialog}`}
          data-wide={wide || undefined}
          onInteractOutside={(event) => {
            // A notice that is dismissed is no way out of the dialog; it is gone when this is asked.
            const { target } = event;
            if (target instanceof Element && (!target.isConnected || target.closest("[data-notices]")))
              event.preventDefault();
          }}
          onEscapeKeyDown={(event) => {
            if (onEscape?.() === true) event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            const back = opener.current?.isConnected
              ? opener.current
              : document.querySelector<HTMLElement>("[data-canvas]");
            back?.focus({ preventScroll: true });
          }}
          {...(intro === undefined && { "aria-describedby": undefined })}
          onOpenAutoFocus={(event) => {
            // To what the dialog is for, not to its way out; without such a place, to the dialog itself.
            event.preventDefault();
            opener.current = openerNow();
            const content = event.currentTarget as HTMLElement;
            (content.querySelector<HTMLElement>("[data-first]") ?? content).focus();
          }}
        >
          <div className={styles.head}>
            <Dialog.Title className={styles.title}>{title}</Dialog.Title>
            <Dialog.Close asChild>
              <button type="button" className={controls.iconButton} aria-label={t("dialogs.close")}>
                <X size={16} aria-hidden />
              </button>
            </Dialog.Close>
          </div>
          <div className={styles.body}>
            {intro !== undefined && <Dialog.Description className={styles.intro}>{intro}</Dialog.Description>}
            {children}
          </div>
          {footer !== undefined && <div className={styles.foot}>{footer}</div>}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
