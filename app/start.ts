import { deviceStorage } from "./share/device.ts";
import { isLink } from "./share/link-form.ts";
import { forgetAddress, type OpenLink, openFirst } from "./share/opening.ts";
import { beat, concernsLease, leave, saveNow, startSession } from "./share/session.ts";
import { newDocumentId, useDocument } from "./store/document.ts";
import { useView } from "./store/view.ts";
import { inTurn, nextTask } from "./turns.ts";

/** The code that opens links: most people come without one. */
export const linkReader = (): Promise<OpenLink> => import("./share/open-link.ts").then(({ openLink }) => openLink);

/** Opens what this person should find, keeps it from then on, and follows the address, the other tabs and dropped files. @param open null when the address holds no link @returns stops */
export function openFirstDocument(open: OpenLink | null): () => void {
  const storage = deviceStorage();
  const stopSession = startSession({ storage, tab: newDocumentId(), now: () => Date.now() });
  const opened = openFirst(location.hash, storage, open);
  if (opened === "example" && !useView.getState().welcomed)
    void nextTask()
      .then(() => import("./panels/welcome/first-steps.ts"))
      .then(({ beginFirstSteps }) => beginFirstSteps());
  const stopFollowing = useDocument.subscribe((now, before) => {
    if (now.origin !== before.origin || now.id !== before.id) {
      if (now.origin !== "link") forgetAddress();
    }
  });
  const onHash = () => {
    const address = location.hash;
    if (!isLink(address)) return;
    void linkReader().then((open) => {
      saveNow();
      open(address);
    });
  };
  const onHide = () => {
    if (document.visibilityState === "hidden") saveNow();
    else beat();
  };
  const onStorage = (event: StorageEvent) => {
    if (concernsLease(event.key)) beat();
  };
  addEventListener("hashchange", onHash);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", beat);
  addEventListener("storage", onStorage);
  document.addEventListener("visibilitychange", onHide);
  let stopDrops = () => {};
  // Nobody drops a file before the page stands.
  void inTurn(() => import("./panels/dialogs/import/drops.ts")).then(({ followDrops }) => {
    stopDrops = followDrops();
  });
  const stopLessons = followLessons();
  return () => {
    removeEventListener("hashchange", onHash);
    removeEventListener("pagehide", leave);
    removeEventListener("pageshow", beat);
    removeEventListener("storage", onStorage);
    document.removeEventListener("visibilitychange", onHide);
    stopDrops();
    stopLessons();
    stopFollowing();
    stopSession();
  };
}

/** A document that carries a lesson brings its player along. @returns stops */
function followLessons(): () => void {
  const look = () => {
    if (useDocument.getState().scenario.lesson === undefined) return;
    void import("./panels/lesson/session.ts").then(({ considerDocument }) => considerDocument());
  };
  look();
  return useDocument.subscribe((now, before) => {
    if (now.id !== before.id) look();
  });
}

/** What is gone from the document (by an undo, for instance) cannot stay selected. @returns stops */
export function keepSelectionTrue(): () => void {
  return useDocument.subscribe((now, before) => {
    if (now.scenario === before.scenario) return;
    const { selection, select } = useView.getState();
    const nodes = new Set(now.scenario.nodes.map((node) => node.id));
    const edges = new Set(now.scenario.edges.map((edge) => edge.id));
    select({
      nodes: selection.nodes.filter((id) => nodes.has(id)),
      edges: selection.edges.filter((id) => edges.has(id)),
    });
  });
}
