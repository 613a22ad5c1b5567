import { type RefObject, useEffect, useRef, useState } from "react";
import { useCanvas } from "../../canvas/state.ts";
import { perform } from "../../commands/index.ts";
import { useDocument } from "../../store/document.ts";
import { useView } from "../../store/view.ts";
import { words } from "../../text/index.ts";
import { say } from "../status/say.ts";
import { between, type Line } from "./tree.ts";

/** What is chosen now is kept while the focus goes on alone, as on the canvas. */
const keep = (): void => useCanvas.setState({ gathered: useView.getState().selection });

const isKeptNow = (): boolean => {
  const { selection } = useView.getState();
  return selection === useCanvas.getState().gathered && selection.nodes.length + selection.edges.length > 0;
};

/**
 * Which line the Tab key comes to, and what is chosen: a walk chooses the line it comes to, with Shift everything on the way, with Ctrl nothing; as the tree pattern of WAI-ARIA has it.
 * @param isBusy the focus is in a field of the tree
 */
export function useChoosing(lines: readonly Line[], tree: RefObject<HTMLElement | null>, isBusy: boolean) {
  const selection = useView((s) => s.selection);
  const gathered = useCanvas((s) => s.gathered);
  const [at, setAt] = useState<string | null>(null);
  /** Where a stretch begins. */
  const anchor = useRef<string | null>(null);
  const chosen = new Set([...selection.nodes, ...selection.edges]);
  const last = lines.find(({ id }) => id === at);
  const first = [...chosen].map((one) => lines.find(({ id }) => id === one)).find((line) => line !== undefined);
  const isKept = selection === gathered && chosen.size > 0;
  // Chosen elsewhere, or added: the line of that.
  const active = last && (chosen.has(last.id) || isKept || first === undefined) ? last : (first ?? lines[0]);

  const go = (line: Line) => {
    setAt(line.id);
    tree.current?.querySelector<HTMLElement>(`[data-line="${CSS.escape(line.id)}"]`)?.focus();
  };

  // The focus follows only when it is in the tree.
  useEffect(() => {
    if (active !== undefined && tree.current?.contains(document.activeElement) && !isBusy)
      tree.current.querySelector<HTMLElement>(`[data-line="${CSS.escape(active.id)}"]`)?.focus();
  }, [active, isBusy, tree]);

  const choose = (line: Line | undefined) => {
    if (line === undefined) return;
    anchor.current = line.id;
    useView.getState().select(line.what === "node" ? { nodes: [line.id] } : { edges: [line.id] });
    go(line);
  };
  return {
    active,
    chosen,
    choose,
    /** The focus goes on; what is chosen stays. */
    walk(line: Line | undefined) {
      if (line === undefined) return;
      keep();
      go(line);
    },
    /** Everything from where the stretch began. */
    extend(line: Line | undefined) {
      if (line === undefined) return;
      const from = anchor.current !== null && chosen.has(anchor.current) ? anchor.current : (active?.id ?? line.id);
      anchor.current = from;
      useView.getState().select(between(lines, from, line.id));
      keep();
      go(line);
      const { nodes, edges } = useView.getState().selection;
      say(words().t("panels.inspector.several", { count: nodes.length + edges.length }));
    },
    /** Adds a line to what is chosen, or takes it out. */
    toggle(line: Line) {
      anchor.current = line.id;
      keep();
      go(line);
      perform("select.toggle");
    },
    /** The focus has come to a line by itself: as on the canvas, what has it is what is meant. */
    arrive(line: Line) {
      // As it is now: what gave it the focus may just have chosen something.
      const { selection: now } = useView.getState();
      const isPart = [...now.nodes, ...now.edges].includes(line.id);
      if (isPart || isKeptNow()) setAt(line.id);
      else choose(line);
    },
    /** Takes away what is chosen, the line itself when nothing is. @returns false when nothing is left to go to */
    removeFrom(line: Line): boolean {
      if (chosen.size === 0) choose(line);
      perform("edit.delete");
      const { nodes, edges } = useDocument.getState().scenario;
      const left = new Set([...nodes, ...edges].map(({ id }) => id));
      const place = lines.indexOf(line);
      const near = [...lines.slice(place), ...lines.slice(0, place).reverse()].find(({ id }) => left.has(id));
      // What is locked stays, chosen as it was.
      if (near === line) go(line);
      else choose(near);
      return near !== undefined;
    },
  };
}
