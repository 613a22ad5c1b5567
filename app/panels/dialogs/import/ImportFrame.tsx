import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { DialogFrame } from "../DialogFrame.tsx";
import styles from "../Dialogs.module.css";

interface Props {
  icon: LucideIcon;
  /** What it is: its name, and lines of smaller words about it. */
  title: string;
  /** Above the name. */
  kind?: string;
  /** Below it. */
  holds?: string;
  /** What can be done with it. */
  action: { words: string; take(): void; disabled?: boolean; isFirst?: boolean };
  onAnother(): void;
  wide?: boolean;
  children: ReactNode;
}

/** What was read, what is in it, and what can be done with it: the one thing it is for, or another file. */
export function ImportFrame({ icon: Icon, title, kind, holds, action, onAnother, wide = false, children }: Props) {
  const { t } = useText();
  return (
    <DialogFrame
      title={t("dialogs.import.title")}
      wide={wide}
      footer={
        <>
          <button type="button" className={`${controls.button} ${controls.quiet}`} onClick={onAnother}>
            {t("dialogs.import.another")}
          </button>
          <span className={styles.spring} />
          <button
            type="button"
            data-first={action.isFirst || undefined}
            className={`${controls.button} ${controls.primary}`}
            disabled={action.disabled}
            onClick={action.take}
          >
            {action.words}
          </button>
        </>
      }
    >
      <div className={styles.stack}>
        <div className={styles.found}>
          <Icon size={24} aria-hidden />
          <div className={styles.foundWords}>
            {kind !== undefined && <p className={styles.quiet}>{kind}</p>}
            <p className={styles.foundTitle}>{title}</p>
            {holds !== undefined && <p className={styles.quiet}>{holds}</p>}
          </div>
        </div>
        {children}
      </div>
    </DialogFrame>
  );
}
