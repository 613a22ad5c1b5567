import { copyClip, duplicate, fits, pasteClip, readClip, setLocked } from "../../engine/scenario/index.ts";
import { endConnecting, focusSoon, removeSelection } from "../canvas/actions.ts";
import { canvas } from "../canvas/control.ts";
import { GRID } from "../canvas/geometry.ts";
import { useCanvas } from "../canvas/state.ts";
import { editLabel } from "../canvas/use-gestures.ts";
import { useDocument } from "../store/document.ts";
import { useView } from "../store/view.ts";
import type { Command } from "./registry.ts";

const doc = () => useDocument.getState();
const view = () => useView.getState();
const chosen = () => view().selection;
const isWritable = () => !doc().readOnly;
const hasNodes = () => chosen().nodes.length > 0;
const hasAny = () => chosen().nodes.length + chosen().edges.length > 0;

/** Puts the selection on the clipboard as text. @returns whether the browser allowed it */
async function copy(): Promise<boolean> {
  const text = JSON.stringify(copyClip(doc().restrictions?.veil(doc().scenario) ?? doc().scenario, chosen().nodes));
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    view().notify({ tone: "error", key: "commands.clipboard.refused" });
    return false;
  }
}

async function cut(): Promise<void> {
  if (await copy()) removeSelection();
}

/** Where a paste goes: at the pointer, or a little beside the originals after keyboard work. */
function pastePlace(): { x: number; y: number } | { dx: number; dy: number } {
  const { pointer } = useCanvas.getState();
  const at = pointer && canvas()?.toCanvas(pointer);
  return at ? { x: Math.round(at.x / GRID), y: Math.round(at.y / GRID) } : { dx: 2, dy: 2 };
}

/** Takes text from the clipboard: nodes are pasted; a link, a scenario or definitions are offered for import; anything else is refused in words. */
export function pasteText(text: string): void {
  const { clip, issues } = readClip(text);
  if (clip === null) {
    const { code = "", facts = {} } = issues[0] ?? {};
    if (code === "not-a-clip" && looksLikeDocument(text)) view().openDialog("import", { text });
    else view().notify({ tone: "warning", key: reasonOf(text, code), facts });
    return;
  }
  if (clip.nodes.length === 0) {
    view().notify({ tone: "warning", key: "commands.clipboard.empty" });
    return;
  }
  if (!fits(doc().scenario, clip)) {
    view().notify({ tone: "warning", key: "commands.clipboard.tooMuch" });
    return;
  }
  if (doc().restrictions?.noPaste) {
    view().notify({ tone: "warning", key: "lesson.refused.paste" });
    return;
  }
  let ids: string[] = [];
  doc().apply((scenario) => {
    const pasted = pasteClip(scenario, clip, pastePlace());
    ids = pasted.ids;
    return pasted.scenario;
  });
  view().select({ nodes: ids });
  if (ids[0] !== undefined) focusSoon(ids[0]);
}

function reasonOf(text: string, code: string): string {
  if (text.trim() === "") return "commands.clipboard.empty";
  return code === "not-a-clip" ? "commands.clipboard.notOurs" : `issues.${code}`;
}

/** A share link, a scenario, or a broker's definitions: the import dialog decides in detail. */
function looksLikeDocument(text: string): boolean {
  if (/#s\d+=/.test(text)) return true;
  return (
    text.trimStart().startsWith("{") && /"(nodes|queues|exchanges|rabbit_version|rabbitmq_version)"\s*:/.test(text)
  );
}

async function paste(): Promise<void> {
  let text: string;
  try {
    text = await navigator.clipboard.readText();
  } catch {
    view().notify({ tone: "error", key: "commands.clipboard.unreadable" });
    return;
  }
  pasteText(text);
}

function rename(): void {
  const [id] = chosen().nodes;
  const [edge] = chosen().edges;
  if (id !== undefined) useCanvas.setState({ editing: { id, what: "name" } });
  else if (edge !== undefined) editLabel(edge);
}

function isLocked(): boolean {
  const ids = new Set(chosen().nodes);
  return doc().scenario.nodes.some((node) => ids.has(node.id) && node.locked === true);
}

export const editCommands: readonly Command[] = [
  {
    id: "edit.rename",
    group: "edit",
    title: "commands.edit.rename",
    keys: ["F2"],
    places: ["node", "edge"],
    when: () => isWritable() && !isLocked() && (chosen().nodes.length === 1 || chosen().edges.length === 1),
    perform: rename,
  },
  {
    id: "edit.duplicate",
    group: "edit",
    title: "commands.edit.duplicate",
    keys: ["Mod+D"],
    places: ["node"],
    when: () => isWritable() && hasNodes(),
    perform: () => {
      let ids: string[] = [];
      doc().apply((scenario) => {
        const copied = duplicate(scenario, chosen().nodes);
        ids = copied.ids;
        return copied.scenario;
      });
      view().select({ nodes: ids });
      if (ids[0] !== undefined) focusSoon(ids[0]);
    },
  },
  {
    id: "edit.copy",
    group: "edit",
    title: "commands.edit.copy",
    keys: ["Mod+C"],
    places: ["node"],
    when: () => hasNodes() && String(getSelection() ?? "") === "",
    perform: () => void copy(),
  },
  {
    id: "edit.cut",
    group: "edit",
    title: "commands.edit.cut",
    keys: ["Mod+X"],
    when: () => isWritable() && hasNodes(),
    perform: () => void cut(),
  },
  {
    id: "edit.paste",
    group: "edit",
    title: "commands.edit.paste",
    keys: ["Mod+V"],
    places: ["canvas"],
    when: isWritable,
    perform: () => void paste(),
  },
  {
    id: "edit.lock",
    group: "edit",
    title: () => (isLocked() ? "commands.edit.unlock" : "commands.edit.lock"),
    keys: ["Mod+Shift+L"],
    places: ["node"],
    when: () => isWritable() && hasNodes(),
    perform: () => doc().apply((scenario) => setLocked(scenario, chosen().nodes, !isLocked())),
  },
  {
    id: "edit.delete",
    group: "edit",
    title: "commands.edit.delete",
    keys: ["Delete", "Backspace"],
    places: ["node", "edge"],
    destructive: true,
    when: () => isWritable() && hasAny(),
    perform: removeSelection,
  },
  {
    id: "select.all",
    group: "select",
    title: "commands.select.all",
    keys: ["Mod+A"],
    places: ["canvas"],
    perform: () => {
      const { nodes, edges } = doc().scenario;
      view().select({ nodes: nodes.map((node) => node.id), edges: edges.map((edge) => edge.id) });
    },
  },
  {
    id: "select.none",
    group: "select",
    title: "commands.select.none",
    keys: ["Escape"],
    hidden: true,
    perform: () => {
      useCanvas.setState({ editing: null, refusal: null, quickAdd: null, menu: null });
      if (view().tool.name === "connect") endConnecting();
      else view().select({});
    },
  },
];
