import { restOfTexts, setLanguage } from "./index.ts";

/** For tests: fetches both tables of texts, in whole, before any test's time runs; English is spoken. */
export async function bothTables(): Promise<void> {
  await restOfTexts();
  await setLanguage("zh");
  await setLanguage("en");
}
