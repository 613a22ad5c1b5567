import { Download, FilePlus2, TriangleAlert, Upload } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Scenario } from "../../../../engine/scenario/index.ts";
import { perform } from "../../../commands/index.ts";
import { deviceStorage } from "../../../share/device.ts";
import {
  binDocument,
  type Entry,
  listBin,
  listDocuments,
  loadDocument,
  removeDocument,
  saveDocument,
  unbinDocument,
} from "../../../share/library.ts";
import { openOwn, saveNow } from "../../../share/session.ts";
import { listVersions, putVersion } from "../../../share/versions.ts";
import { exportAll } from "../../../share/whole-library.ts";
import { newDocumentId, useDocument } from "../../../store/document.ts";
import { useView } from "../../../store/view.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { hasInitials } from "../../../text/pinyin.ts";
import { DialogFrame } from "../DialogFrame.tsx";
import dialog from "../Dialogs.module.css";
import { download } from "../download.ts";
import { openAsCopy } from "../import/open-copy.ts";
import { Bin } from "./Bin.tsx";
import { EntryCard } from "./EntryCard.tsx";
import styles from "./Library.module.css";
import { Versions } from "./Versions.tsx";

type Trouble = "unreadable" | "full" | "unavailable";

/** More documents than this are found by typing rather than by looking. */
const SEARCH_FROM = 6;

const retitled = <S extends Scenario>(scenario: S, title: string): S => ({
  ...scenario,
  meta: { ...scenario.meta, title },
});

/** What lies on this device now. */
function look(storage: ReturnType<typeof deviceStorage>) {
  if (storage === null) return { entries: [], scenarios: new Map<string, Scenario>(), bin: [] };
  const entries = listDocuments(storage);
  const scenarios = new Map<string, Scenario>();
  for (const { id } of entries) {
    const stored = loadDocument(storage, id);
    if (stored !== null) scenarios.set(id, stored.scenario);
  }
  return { entries, scenarios, bin: listBin(storage) };
}

/** One's own documents on this device. The open one cannot be deleted: it would come back with the next change. */
export default function LibraryDialog() {
  const { t } = useText();
  const close = useView((s) => s.closeDialog);
  const openDialog = useView((s) => s.openDialog);
  const current = useDocument((s) => s.id);
  const [text, setText] = useState("");
  const [renaming, setRenaming] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [deleted, setDeleted] = useState<Entry | null>(null);
  const [shown, setShown] = useState<Entry | null>(null);
  const storage = useMemo(deviceStorage, []);
  const [{ entries, scenarios, bin }, setFound] = useState(() => {
    saveNow();
    return look(storage);
  });
  const versions = useMemo(
    () => (shown === null || storage === null ? [] : listVersions(storage, shown.id)),
    [shown, storage],
  );
  const wanted = entries.filter(
    ({ title }) => title.toLowerCase().includes(text.trim().toLowerCase()) || hasInitials(title, text),
  );
  const nameOf = ({ title }: Entry) => (title === "" ? t("dialogs.import.untitled") : title);
  const refresh = () => {
    setRenaming(null);
    setFound(look(storage));
  };
  const unbin = (id: string) => {
    if (storage !== null) unbinDocument(storage, id);
    setDeleted(null);
    refresh();
  };
  useOfferAfterwards(deleted === null ? null : { name: nameOf(deleted), restore: () => unbin(deleted.id) });
  const open = (id: string) => {
    if (id === current || openOwn(id)) close();
    else setTrouble("unreadable");
  };
  const write = (id: string, title: string, scenario: Scenario | undefined) => {
    if (storage === null) return;
    if (scenario === undefined) {
      setTrouble("unreadable");
      return;
    }
    const answer = saveDocument(storage, { id, title, scenario: retitled(scenario, title) }, Date.now());
    setTrouble(answer === "stored" ? null : answer);
    refresh();
  };
  const rename = (id: string, title: string) => {
    if (id === current) {
      useDocument.getState().apply((scenario) => retitled(scenario, title));
      saveNow();
      refresh();
    } else write(id, title, scenarios.get(id));
  };
  const throwAway = (entry: Entry) => {
    if (storage === null) return;
    if (binDocument(storage, entry.id, Date.now())) setDeleted(entry);
    else setTrouble("full");
    refresh();
  };
  const goBackTo = (entry: Entry, scenario: Scenario) => {
    if (storage === null) return;
    const now = loadDocument(storage, entry.id);
    if (now !== null) putVersion(storage, entry.id, { at: now.modified, text: JSON.stringify(now.scenario) });
    if (entry.id === current) {
      useDocument.getState().apply(() => scenario);
      saveNow();
      close();
      useView.getState().notify({ tone: "success", key: "dialogs.library.restored" });
    } else {
      write(entry.id, entry.title, scenario);
      setShown(null);
    }
  };
  return (
    <DialogFrame
      title={t("dialogs.library.title")}
      intro={t("dialogs.library.intro")}
      wide
      footer={
        <>
          <button
            type="button"
            className={controls.button}
            disabled={storage === null || entries.length === 0}
            onClick={() => storage !== null && download("weir-documents.json", exportAll(storage))}
          >
            <Download size={16} aria-hidden />
            {t("dialogs.library.exportAll")}
          </button>
          <button type="button" className={controls.button} onClick={() => openDialog("import", {})}>
            <Upload size={16} aria-hidden />
            {t("dialogs.library.importAll")}
          </button>
          <span className={dialog.spring} />
          <button
            type="button"
            className={`${controls.button} ${controls.primary}`}
            onClick={() => {
              close();
              perform("file.new");
            }}
          >
            <FilePlus2 size={16} aria-hidden />
            {t("dialogs.library.created")}
          </button>
        </>
      }
    >
      {(trouble !== null || storage === null) && (
        <p className={dialog.warn} role="alert">
          <TriangleAlert size={16} aria-hidden />
          {t(`dialogs.library.${trouble ?? "unavailable"}`)}
        </p>
      )}
      {shown !== null ? (
        <Versions
          entry={shown}
          versions={versions}
          onBack={() => setShown(null)}
          onRestore={(scenario) => goBackTo(shown, scenario)}
          onCopy={(scenario) => {
            close();
            openAsCopy(scenario, "file");
          }}
        />
      ) : (
        <>
          {deleted !== null && (
            <div className={styles.deleted} role="status">
              <p>{t("dialogs.library.deleted", { name: nameOf(deleted) })}</p>
              <button type="button" className={controls.button} onClick={() => unbin(deleted.id)}>
                {t("commands.edit.undo")}
              </button>
            </div>
          )}
          {entries.length >= SEARCH_FROM && (
            <input
              type="search"
              data-first
              className={`${controls.input} ${dialog.search}`}
              aria-label={t("dialogs.library.search")}
              placeholder={t("dialogs.library.search")}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
          {entries.length === 0 && <p className={dialog.quiet}>{t("dialogs.library.empty")}</p>}
          {entries.length > 0 && wanted.length === 0 && <p className={dialog.quiet}>{t("dialogs.library.noMatch")}</p>}
          <ul className={styles.grid}>
            {wanted.map((entry) => (
              <EntryCard
                key={entry.id}
                entry={entry}
                scenario={scenarios.get(entry.id) ?? null}
                isOpen={entry.id === current}
                isRenaming={renaming === entry.id}
                onAsk={(isAsked) => setRenaming(isAsked ? entry.id : null)}
                onOpen={() => open(entry.id)}
                onRename={(title) => rename(entry.id, title)}
                onDuplicate={() =>
                  write(newDocumentId(), t("dialogs.library.copyOf", { name: nameOf(entry) }), scenarios.get(entry.id))
                }
                onVersions={() => setShown(entry)}
                onDelete={() => throwAway(entry)}
              />
            ))}
          </ul>
          <Bin
            entries={bin}
            now={Date.now()}
            onRestore={unbin}
            onEmpty={() => {
              for (const { id } of bin) if (storage !== null) removeDocument(storage, id);
              setDeleted(null);
              refresh();
            }}
          />
        </>
      )}
    </DialogFrame>
  );
}

/** Whoever closes the dialog right after a slip can still undo it. */
function useOfferAfterwards(deleted: { name: string; restore(): void } | null): void {
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
        action: { key: "commands.edit.undo", perform: restore },
      });
    },
    [],
  );
}
