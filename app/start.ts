import { helloQueue } from "../engine/scenario/index.ts";
import { useDocument } from "./store/document.ts";

/** What a person finds: until anything of theirs is known, the first example. */
export function openFirstDocument(): void {
  useDocument.getState().open(helloQueue(), { origin: "example" });
}
