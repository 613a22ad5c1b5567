import { CopyPlus, Ellipsis, FilePlus2, Pencil, Trash2, TriangleAlert } from "lucide-react";
import * as Dropdown from "radix-ui/dropdown-menu";
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Scenario } from "../../../engine/scenario/index.ts";
import { perform } from "../../commands/index.ts";
import { deviceStorage } from "../../share/device.ts";
import { listDocuments, loadDocument, removeDocument, saveDocument } from "../../share/library.ts";
import { openOwn, saveNow } from "../../share/session.ts";
import { newDocumentId, useDocument } from "../../store/document.ts";
import { useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { DialogFrame } from "./DialogFrame.tsx";
import styles from "./Dialogs.module.css";
import own from "./Library.module.css";

type Entry = ReturnType<typeof listDocuments>[number];
type Trouble = "unreadable" | "full" | "unavailable";

/** A document under another title, in every language that its title has. */
function retitled<S extends { meta: { title: string | { en: string; zh: string } } }>(scenario: S, title: string): S {
  return { ...scenario, meta: { ...scenario.meta, title } };
}

function EntryRow({
  entry,
  isOpen,
  isRenaming,
  onAsk,
  onOpen,
  onRename,
  onDuplicate,
  onDelete,
}: {
  entry: Entry;
  isOpen: boolean;
  isRenaming: boolean;
  onAsk(rename: boolean): void;
  onOpen(): void;
  onRename(title: string): void;
  onDuplicate(): void;
  onDelete(): void;
}) {
  const { t, language } = useText();
  const [title, setTitle] = useState(entry.title);
  const name = entry.title === "" ? t("dialogs.import.untitled") : entry.title;
  const when = new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en", {
    dateStyle: "medium",
    timeStyle: "short",
  }).format(entry.modified);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onRename(title.trim());
  };
  if (isRenaming)
    return (
      <li className={own.entry}>
        <form className={own.entryForm} onSubmit={submit}>
          <input
            className={controls.input}
            aria-label={t("dialogs.library.newName")}
            value={title}
            maxLength={127}
            // biome-ignore lint/a11y/noAutofocus: the person has just asked to rename it
            autoFocus
            onChange={(event) => setTitle(event.target.value)}
          />
          <button type="submit" className={`${controls.button} ${controls.primary}`}>
            {t("dialogs.library.save")}
          </button>
          <button type="button" className={controls.button} onClick={() => onAsk(false)}>
            {t("dialogs.cancel")}
          </button>
        </form>
      </li>
    );
  return (
    <li className={own.entry}>
      <button type="button" className={own.entryOpen} aria-label={t("dialogs.library.open", { name })} onClick={onOpen}>
        <span className={own.entryTitle}>
          {name}
          {isOpen && <span className={controls.chip}>{t("dialogs.library.current")}</span>}
        </span>
        <span className={own.entryTime}>{t("dialogs.library.modified", { when })}</span>
      </button>
      <Dropdown.Root>
        <Dropdown.Trigger asChild>
          <button type="button" className={controls.iconButton} aria-label={t("dialogs.library.more", { name })}>
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

/** What was deleted last, and how to bring it back. */
interface Deleted {
  name: string;
  restore(): boolean;
}

/** One's own documents on this device. The open one cannot be deleted: it would come back with the next change. */
export default function LibraryDialog() {
  const { t } = useText();
  const close = useView((s) => s.closeDialog);
  const current = useDocument((s) => s.id);
  const [text, setText] = useState("");
  const [renaming, setRenaming] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [deleted, setDeleted] = useState<Deleted | null>(null);
  const storage = deviceStorage();
  const [entries, setEntries] = useState(() => {
    saveNow();
    return storage === null ? [] : listDocuments(storage);
  });
  const found = entries.filter(({ title }) => title.toLowerCase().includes(text.trim().toLowerCase()));
  const refresh = () => {
    setRenaming(null);
    setEntries(storage === null ? [] : listDocuments(storage));
  };
  useOfferAfterwards(deleted);
  const load = (id: string) => {
    const stored = storage === null ? null : loadDocument(storage, id);
    setTrouble(stored === null ? "unreadable" : null);
    return stored;
  };
  const open = (id: string) => {
    if (id === current || openOwn(id)) close();
    else setTrouble("unreadable");
  };
  const write = (id: string, title: string, scenario: Scenario) => {
    if (storage === null) return;
    const answer = saveDocument(storage, { id, title, scenario: retitled(scenario, title) }, Date.now());
    setTrouble(answer === "stored" ? null : answer);
    refresh();
  };
  const rename = (id: string, title: string) => {
    if (id === current) {
      useDocument.getState().apply((scenario) => retitled(scenario, title));
      saveNow();
      refresh();
      return;
    }
    const stored = load(id);
    if (stored !== null) write(id, title, stored.scenario);
  };
  const remove = ({ id, title }: Entry) => {
    if (storage === null) return;
    setDeleted({ name: title === "" ? t("dialogs.import.untitled") : title, restore: removeDocument(storage, id) });
    refresh();
  };
  const restore = () => {
    if (deleted?.restore() === false) setTrouble("full");
    setDeleted(null);
    refresh();
  };
  return (
    <DialogFrame
      title={t("dialogs.library.title")}
      intro={t("dialogs.library.intro")}
      footer={
        <button
          type="button"
          className={controls.button}
          onClick={() => {
            close();
            perform("file.new");
          }}
        >
          <FilePlus2 size={16} aria-hidden />
          {t("dialogs.library.created")}
        </button>
      }
    >
      {(trouble !== null || storage === null) && (
        <p className={styles.warn} role="alert">
          <TriangleAlert size={16} aria-hidden />
          {t(`dialogs.library.${trouble ?? "unavailable"}`)}
        </p>
      )}
      {deleted !== null && (
        <div className={own.deleted} role="status">
          <p>{t("dialogs.library.deleted", { name: deleted.name })}</p>
          <button type="button" className={controls.button} onClick={restore}>
            {t("commands.edit.undo")}
          </button>
        </div>
      )}
      {entries.length > 5 && (
        <input
          type="search"
          data-first
          className={`${controls.input} ${styles.search}`}
          aria-label={t("dialogs.library.search")}
          placeholder={t("dialogs.library.search")}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      {entries.length === 0 && <p className={styles.quiet}>{t("dialogs.library.empty")}</p>}
      {entries.length > 0 && found.length === 0 && <p className={styles.quiet}>{t("dialogs.library.noMatch")}</p>}
      <ul>
        {found.map((entry) => (
          <EntryRow
            key={entry.id}
            entry={entry}
            isOpen={entry.id === current}
            isRenaming={renaming === entry.id}
            onAsk={(rename) => setRenaming(rename ? entry.id : null)}
            onOpen={() => open(entry.id)}
            onRename={(title) => rename(entry.id, title)}
            onDuplicate={() => {
              const stored = load(entry.id);
              const name = entry.title === "" ? t("dialogs.import.untitled") : entry.title;
              if (stored !== null) write(newDocumentId(), t("dialogs.library.copyOf", { name }), stored.scenario);
            }}
            onDelete={() => remove(entry)}
          />
        ))}
      </ul>
    </DialogFrame>
  );
}

/** Whoever closes the dialog right after a slip can still undo it. */
function useOfferAfterwards(deleted: Deleted | null): void {
  const last = useRef(deleted);
  last.current = deleted;
  useEffect(
    () => () => {
      if (last.current === null) return;
      const { name, restore } = last.current;
      useView.getState().notify({
        tone: "info",
        key: "dialogs.library.deleted",
        facts: { name },
        action: { key: "commands.edit.undo", perform: () => void restore() },
      });
    },
    [],
  );
}
