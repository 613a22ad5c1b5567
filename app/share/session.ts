import { create } from "zustand";
import { newDocumentId, useDocument } from "../store/document.ts";
import { useView } from "../store/view.ts";
import { words } from "../text/index.ts";
import {
  binnedAt,
  type DeviceStorage,
  isTorn,
  LEASE,
  listDocuments,
  loadDocument,
  purgeBin,
  releaseLease,
  renewLease,
  saveDocument,
  takeOver,
} from "./library.ts";

/**
 * Keeps one's own work: every change is on the device within a second, no other tab writes the same document, and what was opened from elsewhere becomes one's own
 * with its first edit. Storage and the tab's name are handed in.
 */
export interface SessionHost {
  /** null: this browser keeps nothing. */
  storage: DeviceStorage | null;
  /** Differs between tabs. */
  tab: string;
  /** Real ms since 1970. */
  now(): number;
}

export interface SessionState {
  /** Another tab writes this document; here it can only be looked at. */
  held: boolean;
  /** The newest change does not fit into the storage. */
  full: boolean;
}

export const useSession = create<SessionState>()(() => ({ held: false, full: false }));

/** Real ms from a change until it is written; changes meanwhile travel along. */
export const SAVE_AFTER_MS = 600;
/** Real ms between two renewals of the right to write; a few may fail before the lease runs out. */
export const HEARTBEAT_MS = 3000;
/** Where it is kept which document to begin with next time; public/first-look.js looks whether there is one. */
export const LAST_KEPT_AS = "weir.last";

let host: SessionHost | null = null;
let stopSession: (() => void) | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let hasToldMemory = false;
/** The document that this tab has the right to write. */
let leased: string | null = null;

const doc = () => useDocument.getState();

/** Begins to keep the document that is open now and all that follow. @returns stops, without writing anything more */
export function startSession(on: SessionHost): () => void {
  host = on;
  hasToldMemory = false;
  leased = null;
  useSession.setState({ held: false, full: false });
  if (on.storage) purgeBin(on.storage, on.now());
  const heart = setInterval(beat, HEARTBEAT_MS);
  const unwatch = useDocument.subscribe((now, before) => {
    if (now.id !== before.id) {
      clearTimeout(timer);
      timer = undefined;
      if (before.origin === "own" && isWaiting(before.saved)) write(before);
      if (host?.storage) releaseLease(host.storage, before.id, host.tab);
      began();
    } else if (now.scenario !== before.scenario && now.origin === "own") {
      timer ??= setTimeout(saveNow, SAVE_AFTER_MS);
    }
  });
  began();
  stopSession = () => {
    stopSession = null;
    clearInterval(heart);
    clearTimeout(timer);
    timer = undefined;
    unwatch();
    if (host?.storage) releaseLease(host.storage, doc().id, host.tab);
    host = null;
  };
  return stopKeeping;
}

/** Writes nothing more until a session is started again. */
export const stopKeeping = (): void => stopSession?.();

const isWaiting = (saved: string): boolean => saved === "unsaved" || saved === "failed";

/** A document has just been opened: may it be written? */
function began(): void {
  if (host === null) return;
  leased = null;
  const { id, origin } = doc();
  useSession.setState({ held: false, full: false });
  if (host.storage === null) {
    doc().setSaved("memory");
    tellMemory();
    return;
  }
  if (origin !== "own") return;
  const isStored = loadDocument(host.storage, id) !== null;
  if (!isStored) return;
  if (isTorn(host.storage, id)) useView.getState().notify({ tone: "warning", key: "welcome.torn", stays: 0 });
  remember(id);
  if (renewLease(host.storage, id, host.tab, host.now())) leased = id;
  else hold();
}

function hold(): void {
  leased = null;
  useSession.setState({ held: true });
  doc().setReadOnly(true);
}

/** Said once: a private window is a choice, not a fault. */
function tellMemory(): void {
  if (hasToldMemory) return;
  hasToldMemory = true;
  useView.getState().notify({ tone: "warning", key: "welcome.memory", stays: 0 });
}

function remember(id: string): void {
  try {
    host?.storage?.setItem(LAST_KEPT_AS, id);
  } catch {
    // Full: the document itself says so.
  }
}

/** Writes the newest change now, if there is one. */
export function saveNow(): void {
  clearTimeout(timer);
  timer = undefined;
  const now = doc();
  if (now.origin === "own" && isWaiting(now.saved) && !now.readOnly) write(now);
}

/** The page goes away: write what waits, and let another tab, or this one after a reload, have the document at once. */
export function leave(): void {
  saveNow();
  if (host?.storage) releaseLease(host.storage, doc().id, host.tab);
}

function write(document: ReturnType<typeof doc>): void {
  if (!host?.storage) return;
  const isOpen = document.id === doc().id;
  if (!renewLease(host.storage, document.id, host.tab, host.now())) {
    if (isOpen) lose();
    return;
  }
  const title = words().of(document.scenario.meta.title);
  const answer = saveDocument(host.storage, { id: document.id, title, scenario: document.scenario }, host.now());
  if (answer === "stored") remember(document.id);
  if (!isOpen) return;
  leased = document.id;
  useSession.setState({ full: answer === "full" });
  doc().setSaved(answer === "stored" ? "saved" : answer === "full" ? "failed" : "memory");
  if (answer === "unavailable") tellMemory();
}

/** Another tab has taken the document. What was not written yet would be gone with a plain "read only": it goes on as a copy. */
function lose(): void {
  if (!isWaiting(doc().saved)) {
    hold();
    return;
  }
  useView.getState().notify({ tone: "warning", key: "welcome.split", stays: 0 });
  useDocument.setState({ id: newDocumentId() });
  saveNow();
}

/** Renews the right to write, notices its loss, and takes it back when the other tab has closed. */
export function beat(): void {
  if (!host?.storage) return;
  const { id } = doc();
  const { held } = useSession.getState();
  if (!held && leased !== id) return;
  const isOurs = renewLease(host.storage, id, host.tab, host.now());
  if (held && isOurs) reopen(id);
  else if (!held && !isOurs) lose();
}

/** Whether a change of the storage by another tab is about the right to write this document. */
export const concernsLease = (key: string | null): boolean => key === LEASE + doc().id;

/** Takes the right to write from the other tab and goes on with its newest version. */
export function takeOverHere(): void {
  if (!host?.storage || !useSession.getState().held) return;
  const { id } = doc();
  try {
    takeOver(host.storage, id, host.tab, host.now());
  } catch {
    // Full: the version that is shown is the newest that could be kept anyway.
  }
  reopen(id);
}

function reopen(id: string): void {
  const stored = host?.storage ? loadDocument(host.storage, id) : null;
  leased = id;
  useSession.setState({ held: false });
  if (stored) doc().open(stored.scenario, { origin: "own", id });
  else doc().setReadOnly(false);
}

/** Makes a copy from a link, a file or an example one's own without an edit. @returns false when it was already */
export function keepCopy(): boolean {
  if (doc().origin === "own") return false;
  useDocument.setState({ origin: "own", readOnly: false, saved: doc().saved === "memory" ? "memory" : "unsaved" });
  saveNow();
  return true;
}

/** Opens a document of one's own. @returns whether it could be read */
export function openOwn(id: string): boolean {
  if (!host?.storage) return false;
  if (id === doc().id) saveNow();
  const stored = loadDocument(host.storage, id);
  if (stored === null) return false;
  useView.getState().select({});
  doc().open(stored.scenario, { origin: "own", id });
  return true;
}

/** The document to go on with: the one that was open last, else the newest. @returns null when there is none */
export function lastOwn(storage: DeviceStorage | null): string | null {
  if (storage === null) return null;
  try {
    const last = storage.getItem(LAST_KEPT_AS);
    if (last !== null && binnedAt(storage, last) === null && loadDocument(storage, last) !== null) return last;
  } catch {
    return null;
  }
  return listDocuments(storage)[0]?.id ?? null;
}
