import { words } from "../../../text/index.ts";

/** Real definitions of large clusters reach a few MB; nothing of ours comes near this. */
export const FILE_BYTES_MAX = 20_000_000;

export type ReadFile =
  | { ok: true; text: string }
  | { ok: false; code: "notText" | "tooLarge"; facts: { [name: string]: string } };

/** A file's text. Its size is looked at before its content, and bytes that are no text are refused instead of shown as signs. */
export async function readFile(file: Blob & { name: string }): Promise<ReadFile> {
  const { format } = words();
  if (file.size > FILE_BYTES_MAX)
    return {
      ok: false,
      code: "tooLarge",
      facts: { name: file.name, size: format.bytes(file.size), max: format.bytes(FILE_BYTES_MAX) },
    };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    if (text.includes("\u0000")) throw new TypeError("binary");
    return { ok: true, text };
  } catch {
    return { ok: false, code: "notText", facts: { name: file.name } };
  }
}
