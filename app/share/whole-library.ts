import { type Scenario, validate } from "../../engine/scenario/index.ts";
import { type DeviceStorage, listDocuments, loadDocument, type StoreAnswer, saveDocument } from "./library.ts";

/** All documents as one file, to take them to another browser. */
interface WholeLibrary {
  weir: "library";
  v: 1;
  documents: { title: string; modified: number; scenario: unknown }[];
}

/** @returns JSON; documents in the bin stay out */
export function exportAll(storage: DeviceStorage): string {
  const documents = listDocuments(storage)
    .map(({ id }) => loadDocument(storage, id))
    .filter((found) => found !== null)
    .map(({ title, modified, scenario }) => ({ title, modified, scenario }));
  return `${JSON.stringify({ weir: "library", v: 1, documents } satisfies WholeLibrary, null, 1)}\n`;
}

export interface ImportedAll {
  added: number;
  /** They are here already, letter for letter. */
  known: number;
  /** Titles of those that cannot be read. */
  refused: string[];
  /** Anything but `stored`: what comes after it in the file was not added. */
  answer: StoreAnswer;
}

/** How many documents such a file holds; null when it is none. */
export const countAll = (text: string): number | null => readFile(text)?.documents.length ?? null;

/** Adds the documents of such a file beside one's own; nothing of one's own is replaced. @param newId a name nobody has @returns null when the text is no such file */
export function importAll(storage: DeviceStorage, text: string, newId: () => string): ImportedAll | null {
  const file = readFile(text);
  if (file === null) return null;
  const mine = new Set(listDocuments(storage).map(({ id }) => textOf(loadDocument(storage, id)?.scenario)));
  const result: ImportedAll = { added: 0, known: 0, refused: [], answer: "stored" };
  for (const [i, one] of file.documents.entries()) {
    const title = typeof one?.title === "string" ? one.title.slice(0, 127) : "";
    const { scenario } = validate(one?.scenario);
    if (scenario === null) result.refused.push(title === "" ? `${i + 1}` : title);
    else if (mine.has(textOf(scenario))) result.known++;
    else {
      const modified = Number.isFinite(one.modified) ? one.modified : 0;
      result.answer = saveDocument(storage, { id: newId(), title, scenario }, modified);
      if (result.answer !== "stored") return result;
      mine.add(textOf(scenario));
      result.added++;
    }
  }
  return result;
}

const textOf = (scenario: Scenario | undefined): string => JSON.stringify(scenario ?? null);

function readFile(text: string): WholeLibrary | null {
  try {
    const file = JSON.parse(text.replace(/^\uFEFF/, "")) as Partial<WholeLibrary> | null;
    return file?.weir === "library" && Array.isArray(file.documents) ? (file as WholeLibrary) : null;
  } catch {
    return null;
  }
}
