import { carriedInPng, carriedInSvg, isPng } from "../../../share/carried.ts";
import { words } from "../../../text/index.ts";

/** Real definitions of large clusters reach a few MB; nothing of ours comes near this. */
export const FILE_BYTES_MAX = 20_000_000;

export type ReadFile =
  | { ok: true; text: string }
  | { ok: false; code: "notText" | "tooLarge" | "bareImage"; facts: { [name: string]: string } };

/**
 * A file's text: UTF-8, or UTF-16 when it begins with that mark, as files written by some Windows shells do. Its size is looked at before its content, and bytes that
 * are no text are refused instead of shown as signs. A picture that we made is the link it carries.
 */
export async function readFile(file: Blob & { name: string }): Promise<ReadFile> {
  const { format } = words();
  if (file.size > FILE_BYTES_MAX)
    return {
      ok: false,
      code: "tooLarge",
      facts: { name: file.name, size: format.bytes(file.size), max: format.bytes(FILE_BYTES_MAX) },
    };
  try {
    const content = new Uint8Array(await file.arrayBuffer());
    if (isPng(content)) return fromPicture(carriedInPng(content), file.name);
    const text = new TextDecoder(encodingOf(content), { fatal: true }).decode(content);
    if (text.includes("\u0000")) throw new TypeError("binary");
    if (/^\s*(<\?xml[^>]*>\s*)?<svg[\s>]/.test(text)) return fromPicture(carriedInSvg(text), file.name);
    return { ok: true, text };
  } catch {
    return { ok: false, code: "notText", facts: { name: file.name } };
  }
}

const fromPicture = (link: string | null, name: string): ReadFile =>
  link === null ? { ok: false, code: "bareImage", facts: { name } } : { ok: true, text: link };

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}
