import type { TextKey } from "./index.ts";
import { flatten } from "./table.ts";

/** The Chinese table for a page that speaks another language: people search with the word they know. @returns the text of a name, as it stands in the table */
export async function chinese(): Promise<(key: TextKey | string) => string> {
  const texts = flatten((await import("./zh.ts")).default);
  return (key) => texts.get(key) ?? texts.get(`${key}_other`) ?? "";
}
