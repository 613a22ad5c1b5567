import { words } from "../../../text/index.ts";

/** Larger files are no documents of ours: the largest definitions seen in the wild have well under one megabyte. */
export const FILE_BYTES_MAX = 8 * 1024 * 1024;

export type TextFile =
  | { ok: true; text: string }
  /** Codes are keys `dialogs.import.<code>`. */
  | { ok: false; code: "notText" | "tooLarge"; facts: { name: string; size?: string; max?: string } };

/** Reads a file as text: UTF-8, or UTF-16 when it begins with its mark, as files written by some Windows shells do. */
export async function readTextFile(file: File): Promise<TextFile> {
  const { bytes } = words().format;
  const { name } = file;
  if (file.size > FILE_BYTES_MAX)
    return { ok: false, code: "tooLarge", facts: { name, size: bytes(file.size), max: bytes(FILE_BYTES_MAX) } };
  try {
    const content = new Uint8Array(await file.arrayBuffer());
    const text = new TextDecoder(encodingOf(content), { fatal: true }).decode(content);
    if (!text.includes("\0")) return { ok: true, text };
  } catch {
    // A folder, a picture, or a file that is gone by now.
  }
  return { ok: false, code: "notText", facts: { name } };
}

function encodingOf(content: Uint8Array): string {
  if (content[0] === 0xff && content[1] === 0xfe) return "utf-16le";
  return content[0] === 0xfe && content[1] === 0xff ? "utf-16be" : "utf-8";
}
