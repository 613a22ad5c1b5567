import type { CatalogueEntry } from "../../../scenarios/entry.ts";
import { hasInitials } from "../../text/pinyin.ts";

/** Whether an entry speaks of what is asked for, in both languages at once: people search for the word they know, or for the first letters of its pinyin. */
export function speaksOf(entry: CatalogueEntry, text: string): boolean {
  const { meta } = entry.scenario;
  const words = [meta.title, meta.about, entry.observe, entry.aha].flatMap((one) =>
    typeof one === "object" ? [one.en, one.zh] : [one ?? ""],
  );
  const isInitials = typeof meta.title === "object" && hasInitials(meta.title.zh, text);
  return isInitials || [meta.id ?? "", ...words].some((word) => word.toLowerCase().includes(text.trim().toLowerCase()));
}
