import { X } from "lucide-react";
import * as Dialog from "radix-ui/dialog";
import type { ReactNode } from "react";
import { useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import styles from "./Dialogs.module.css";

/** What every dialog has: a scrim, a heading, a way out, the focus inside, and the focus back where it was afterwards. */
export function DialogFrame({
  title,
  intro,
  wide = false,
  footer,
  children,
}: {
  title: string;
  intro?: string | undefined;
  wide?: boolean;
  footer?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useText();
  const close = useView((s) => s.closeDialog);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className={controls.scrim} />
        <Dialog.Content
          className={`${controls.float} ${controls.dialog} ${styles.dialog}`}
          data-wide={wide || undefined}
          {...(intro === undefined && { "aria-describedby": undefined })}
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
