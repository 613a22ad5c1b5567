import { CopyPlus, Ellipsis, History, Pencil, Trash2 } from "lucide-react";
import * as Dropdown from "radix-ui/dropdown-menu";
import { type FormEvent, useState } from "react";
import type { Scenario } from "../../../../engine/scenario/index.ts";
import type { Entry } from "../../../share/library.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { Miniature } from "../Miniature.tsx";
import styles from "./Library.module.css";
import { useWhen } from "./use-when.ts";

/** One of one's own documents: its picture and title open it, its menu does the rest. */
export function EntryCard({
  entry,
  scenario,
  isOpen,
  isRenaming,
  onAsk,
  onOpen,
  onRename,
  onDuplicate,
  onVersions,
  onDelete,
}: {
  entry: Entry;
  /** null when it can no longer be read. */
  scenario: Scenario | null;
  isOpen: boolean;
  isRenaming: boolean;
  onAsk(rename: boolean): void;
  onOpen(): void;
  onRename(title: string): void;
  onDuplicate(): void;
  onVersions(): void;
  onDelete(): void;
}) {
  const { t } = useText();
  const when = useWhen();
  const name = entry.title === "" ? t("dialogs.import.untitled") : entry.title;
  if (isRenaming)
    return (
      <li className={styles.card}>
        <Rename title={entry.title} onRename={onRename} onCancel={() => onAsk(false)} />
      </li>
    );
  return (
    <li className={styles.card}>
      <button type="button" className={styles.open} aria-label={t("dialogs.library.open", { name })} onClick={onOpen}>
        <span className={styles.picture}>{scenario !== null && <Miniature scenario={scenario} />}</span>
        <span className={styles.title}>{name}</span>
        <span className={styles.time}>
          {isOpen ? (
            <span className={controls.chip}>{t("dialogs.library.current")}</span>
          ) : (
            t("dialogs.library.modified", { when: when(entry.modified) })
          )}
        </span>
      </button>
      <Dropdown.Root>
        <Dropdown.Trigger asChild>
          <button
            type="button"
            className={`${controls.iconButton} ${styles.more}`}
            aria-label={t("dialogs.library.more", { name })}
          >
            <Ellipsis size={16} aria-hidden />
          </button>
        </Dropdown.Trigger>
        <Dropdown.Portal>
          <Dropdown.Content
            className={`${controls.float} ${controls.menu}`}
            align="end"
            sideOffset={4}
            style={{ zIndex: 70 }}
          >
            <Dropdown.Item className={controls.menuItem} onSelect={() => onAsk(true)}>
              <Pencil size={16} aria-hidden />
              {t("dialogs.library.rename")}
            </Dropdown.Item>
            <Dropdown.Item className={controls.menuItem} onSelect={onDuplicate}>
              <CopyPlus size={16} aria-hidden />
              {t("dialogs.library.duplicate")}
            </Dropdown.Item>
            <Dropdown.Item className={controls.menuItem} onSelect={onVersions}>
              <History size={16} aria-hidden />
              {t("dialogs.library.versions")}
            </Dropdown.Item>
            <Dropdown.Item className={`${controls.menuItem} ${controls.danger}`} disabled={isOpen} onSelect={onDelete}>
              <Trash2 size={16} aria-hidden />
              {t("dialogs.library.delete")}
            </Dropdown.Item>
          </Dropdown.Content>
        </Dropdown.Portal>
      </Dropdown.Root>
    </li>
  );
}

function Rename({ title, onRename, onCancel }: { title: string; onRename(title: string): void; onCancel(): void }) {
  const { t } = useText();
  const [text, setText] = useState(title);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onRename(text.trim());
  };
  return (
    <form className={styles.rename} onSubmit={submit}>
      <input
        className={controls.input}
        aria-label={t("dialogs.library.newName")}
        value={text}
        maxLength={127}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to rename it
        autoFocus
        onChange={(event) => setText(event.target.value)}
      />
      <div className={styles.buttons}>
        <button type="submit" className={`${controls.button} ${controls.primary}`}>
          {t("dialogs.library.save")}
        </button>
        <button type="button" className={controls.button} onClick={onCancel}>
          {t("dialogs.cancel")}
        </button>
      </div>
    </form>
  );
}
