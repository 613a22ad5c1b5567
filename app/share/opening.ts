import { helloQueue } from "../../engine/scenario/index.ts";
import { useDocument } from "../store/document.ts";
import type { DeviceStorage } from "./library.ts";
import { isLink } from "./link-form.ts";
import { lastOwn, openOwn } from "./session.ts";

/** Opens a link. Its code is loaded only for who has one. @returns whether it opened */
export type OpenLink = (address: string) => boolean;

export type Opened = "link" | "own" | "example";

/** What a person finds on the page: what the address holds, else their own work where they left it, else the first example. @param open null when the address holds no link */
export function openFirst(fragment: string, storage: DeviceStorage | null, open: OpenLink | null): Opened {
  if (open !== null && isLink(fragment) && open(fragment)) return "link";
  const last = lastOwn(storage);
  if (last !== null && openOwn(last)) return "own";
  useDocument.getState().open(helloQueue(), { origin: "example" });
  return "example";
}

/** Once the document is no longer the link's, a reload must not bring the link's back over it. */
export function forgetAddress(): void {
  if (isLink(location.hash)) history.replaceState(history.state, "", location.pathname + location.search);
}
