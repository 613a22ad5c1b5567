import { helloQueue } from "../../engine/scenario/index.ts";
import { useDocument } from "../store/document.ts";
import { useView } from "../store/view.ts";
import type { DeviceStorage } from "./library.ts";
import type { decodeLink } from "./link.ts";
import { isLink } from "./link-form.ts";
import { lastOwn, openOwn } from "./session.ts";

/** Reads a link. Its code is loaded only for who has one. */
export type ReadLink = typeof decodeLink;

export type Opened = "link" | "own" | "example";

/** Opens the document of a link as a copy of its own; a broken link leaves everything as it is and opens the dialog that says why. @returns whether it opened */
export function openLink(address: string, read: ReadLink): boolean {
  const decoded = read(address);
  if (!decoded.ok) {
    useView.getState().openDialog("badLink", { code: decoded.code, facts: decoded.facts });
    return false;
  }
  useView.getState().select({});
  useDocument.getState().open(decoded.scenario, { origin: "link" });
  return true;
}

/** What a person finds on the page: what the address holds, else their own work where they left it, else the first example. @param read null when the address holds no link */
export function openFirst(fragment: string, storage: DeviceStorage | null, read: ReadLink | null): Opened {
  if (read !== null && isLink(fragment) && openLink(fragment, read)) return "link";
  const last = lastOwn(storage);
  if (last !== null && openOwn(last)) return "own";
  useDocument.getState().open(helloQueue(), { origin: "example" });
  return "example";
}

/** Once the document is no longer the link's, a reload must not bring the link's back over it. */
export function forgetAddress(): void {
  if (isLink(location.hash)) history.replaceState(history.state, "", location.pathname + location.search);
}
