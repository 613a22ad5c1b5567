import { create } from "zustand";
import { useView } from "../../../store/view.ts";

/** Whether a file hangs over the page. */
export const useDrops = create<{ isOver: boolean }>()(() => ({ isOver: false }));

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;

/** Opens the import dialog with the text of a file, or says why the file cannot be read. */
export async function importFile(file: File): Promise<void> {
  const { openDialog, notify } = useView.getState();
  const { readFile } = await import("./read-file.ts");
  const read = await readFile(file);
  if (read.ok) openDialog("import", { text: read.text, fileName: file.name });
  else notify({ tone: "error", key: `dialogs.import.${read.code}`, facts: read.facts });
}

/** A file dropped anywhere on the page opens the import dialog instead of replacing the page. @returns stops */
export function followDrops(target: Window = window): () => void {
  // Every element under the pointer reports its own coming and going.
  let depth = 0;
  const set = (isOver: boolean) => {
    if (!isOver) depth = 0;
    if (useDrops.getState().isOver !== isOver) useDrops.setState({ isOver });
  };
  const enter = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    depth++;
    set(true);
  };
  const leave = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    depth--;
    if (depth <= 0) set(false);
  };
  const over = (event: DragEvent) => {
    if (!hasFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
  };
  const drop = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    set(false);
    // The teacher's page takes many files, and takes them itself.
    if (useView.getState().dialog?.name === "results") return;
    const file = event.dataTransfer?.files[0];
    if (file) void importFile(file);
  };
  target.addEventListener("dragenter", enter);
  target.addEventListener("dragleave", leave);
  target.addEventListener("dragover", over);
  target.addEventListener("drop", drop);
  return () => {
    target.removeEventListener("dragenter", enter);
    target.removeEventListener("dragleave", leave);
    target.removeEventListener("dragover", over);
    target.removeEventListener("drop", drop);
  };
}
