import {
  ArrowRight,
  ChevronDown,
  ChevronRight,
  Ellipsis,
  ListChecks,
  Plus,
  Square,
  SquareCheck,
  Trash2,
  X,
} from "lucide-react";
import * as Dropdown from "radix-ui/dropdown-menu";
import { type FormEvent, type KeyboardEvent, useMemo, useRef, useState } from "react";
import { KINDS, kindSpec, NAME_LENGTH_MAX, renameNode } from "../../../engine/scenario/index.ts";
import { addFromPalette } from "../../canvas/actions.ts";
import { loadFolding } from "../../canvas/drawing.ts";
import { isFolded } from "../../canvas/folding/fold.ts";
import { edgeParts, nodeParts } from "../../canvas/names.ts";
import { Glyph } from "../../canvas/nodes/Glyph.tsx";
import { useCanvas } from "../../canvas/state.ts";
import { useShown } from "../../canvas/use-shown.ts";
import { isComposing, isTextField, perform } from "../../commands/index.ts";
import { useDocument } from "../../store/document.ts";
import { useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { AddConnection } from "../inspector/AddConnection.tsx";
import { KIND_GROUPS } from "../palette/groups.ts";
import { IconButton } from "../shell/IconButton.tsx";
import { useTick } from "../status/use-tick.ts";
import styles from "./Outline.module.css";
import { keyIn, type Line, linesOf } from "./tree.ts";
import { useChoosing } from "./use-choosing.ts";
import { useHere } from "./use-here.ts";

/** Letters typed within this time, real ms, search for one name. */
const TYPING_MS = 700;

/** Kinds to add; the new node stands beside the chosen one, connected where that is legal. */
function AddNode() {
  const { t } = useText();
  const readOnly = useDocument((s) => s.readOnly);
  return (
    <Dropdown.Root>
      <Dropdown.Trigger asChild>
        <button type="button" className={controls.button} disabled={readOnly}>
          <Plus size={14} aria-hidden />
          {t("panels.outline.add")}
        </button>
      </Dropdown.Trigger>
      <Dropdown.Portal>
        <Dropdown.Content className={`${controls.float} ${controls.menu} ${styles.kinds}`} align="start" sideOffset={4}>
          {KIND_GROUPS.map((group) => (
            <Dropdown.Group key={group}>
              <Dropdown.Label className={styles.group}>{t(`kinds.groups.${group}`)}</Dropdown.Label>
              {KINDS.filter((spec) => spec.group === group).map(({ kind }) => (
                <Dropdown.Item key={kind} className={controls.menuItem} onSelect={() => addFromPalette(kind)}>
                  {t(`kinds.${kind}.name`)}
                </Dropdown.Item>
              ))}
            </Dropdown.Group>
          ))}
        </Dropdown.Content>
      </Dropdown.Portal>
    </Dropdown.Root>
  );
}

function Rename({ id, name, onEnd }: { id: string; name: string; onEnd(): void }) {
  const { t, find } = useText();
  const [text, setText] = useState(name);
  const [problem, setProblem] = useState<string | null>(null);
  const apply = useDocument((s) => s.apply);
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    const [issue] = text.trim() === name ? [] : renameNode(useDocument.getState().scenario, id, text.trim()).issues;
    // Whoever goes elsewhere lets it be; whoever meant it is told why it cannot be.
    if (issue && event) {
      setProblem(find(`issues.${issue.code}`, issue.facts) ?? issue.code);
      return;
    }
    if (!issue && text.trim() !== name) apply((scenario) => renameNode(scenario, id, text.trim()).scenario);
    onEnd();
  };
  return (
    <form className={styles.rename} onSubmit={submit}>
      <input
        className={controls.input}
        aria-label={t("panels.outline.newName", { name })}
        value={text}
        maxLength={NAME_LENGTH_MAX}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to rename it
        autoFocus
        onFocus={(event) => event.target.select()}
        aria-invalid={problem !== null}
        onChange={(event) => {
          setText(event.target.value);
          setProblem(null);
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Escape" && !isComposing(event.nativeEvent)) onEnd();
        }}
        onBlur={() => submit()}
      />
      {problem !== null && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </form>
  );
}

/**
 * The drawing as a tree with live figures, and everything that can be done to it: for whoever cannot see the canvas, cannot use a pointer, or has a screen too small for it.
 */
export default function Outline() {
  const words = useText();
  const { t, find } = words;
  useTick(2);
  const scenario = useShown();
  const readOnly = useDocument((s) => s.readOnly);
  const chosenNodes = useView((s) => s.selection.nodes);
  const set = useView((s) => s.set);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const folds = useCanvas((s) => s.folds);
  // A frame is folded here as on the canvas: what cannot be seen there is no line here.
  const folded = useMemo(
    () => new Set([...closed, ...scenario.nodes.filter((node) => isFolded(node, folds)).map(({ id }) => id)]),
    [closed, scenario, folds],
  );
  const [renaming, setRenaming] = useState<string | null>(null);
  /** A tap adds or takes out: for whoever has no Ctrl key. */
  const [isSeveral, setSeveral] = useState(false);
  const outline = useRef<HTMLDivElement>(null);
  const tree = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: "", at: 0 });
  const lines = useMemo(() => linesOf(scenario, folded), [scenario, folded]);
  const { active, chosen, choose, walk, extend, toggle, arrive, removeFrom } = useChoosing(
    lines,
    tree,
    renaming !== null,
  );
  const nodeOf = (id: string) => scenario.nodes.find((node) => node.id === id);
  const selected = chosenNodes.length === 1 && chosen.size === 1 ? nodeOf(chosenNodes[0] as string) : undefined;
  const lineOf = (id: string) => tree.current?.querySelector<HTMLElement>(`[data-line="${CSS.escape(id)}"]`);
  const goBack = () => tree.current?.querySelector<HTMLElement>("[data-line][tabindex='0']")?.focus();
  useHere(outline, goBack, setRenaming);

  const turn = (id: string, isClosing: boolean) => {
    const kind = nodeOf(id)?.kind ?? "";
    if (kindSpec(kind)?.container === true) {
      void loadFolding().then(({ foldFrames }) => foldFrames([id], isClosing));
      return;
    }
    const next = new Set(closed);
    if (isClosing) next.add(id);
    else next.delete(id);
    setClosed(next);
  };
  const wordsOf = ({ id, what }: Line): string[] => {
    if (what === "node") {
      const node = nodeOf(id);
      return node === undefined ? [] : nodeParts(scenario, { ...node, folded: isFolded(node, folds) }, words);
    }
    const edge = scenario.edges.find((one) => one.id === id);
    return edge === undefined ? [] : edgeParts(scenario, edge, "", words);
  };
  const titleOf = ({ id, what }: Line): string => {
    if (what === "node") return nodeOf(id)?.name ?? id;
    const to = scenario.edges.find((one) => one.id === id)?.to ?? "";
    return t("panels.outline.to", { name: nodeOf(to)?.name ?? to });
  };
  const openMenu = (line: Line, from: Element) => {
    // Of several that are chosen the menu is for all, as on the canvas.
    if (!chosen.has(line.id)) choose(line);
    const { left, bottom } = from.getBoundingClientRect();
    useCanvas.setState({ menu: { at: { x: left + 24, y: bottom }, place: line.what, id: line.id } });
  };
  const removeChosen = (line: Line) => {
    if (!removeFrom(line)) outline.current?.querySelector<HTMLElement>("[aria-haspopup=menu]")?.focus();
  };
  const press = (event: KeyboardEvent) => {
    const line = active;
    if (line === undefined || event.nativeEvent.isComposing || renaming !== null) return;
    const done = () => {
      event.preventDefault();
      event.stopPropagation();
    };
    const [isMod, isShift] = [event.ctrlKey || event.metaKey, event.shiftKey];
    const isTo = /^(Arrow(Up|Down)|Home|End)$/.test(event.key);
    if (event.altKey) return;
    if (event.key === " " && event.ctrlKey && !isShift) {
      done();
      perform("select.toggle");
      return;
    }
    if (isMod && !(isTo && (!isShift || !event.key.startsWith("Arrow")))) return;
    const move = isShift && !isTo ? null : keyIn(lines, line.id, event.key, folded);
    // On the canvas these would move what is chosen.
    if (isShift && (isTo || event.key.startsWith("Arrow"))) done();
    if (move !== null) {
      done();
      if ("go" in move) {
        const to = lines.find(({ id }) => id === move.go);
        if (isShift) extend(to);
        else if (isMod || isSeveral) walk(to);
        else choose(to);
      } else if ("fold" in move) turn(move.fold, true);
      else turn(move.unfold, false);
      return;
    }
    if (event.key === "F2" && line.what === "node" && !readOnly) {
      done();
      if (nodeOf(line.id)?.locked !== true) setRenaming(line.id);
    } else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      done();
      const element = lineOf(line.id);
      if (element) openMenu(line, element);
    } else if ((event.key === "Delete" || event.key === "Backspace") && !readOnly) {
      done();
      removeChosen(line);
    } else if (event.key === "Enter" && !(event.target as Element).closest("button")) {
      done();
      if (!chosen.has(line.id)) choose(line);
      perform("node.settings");
    } else if (/^\p{L}$/u.test(event.key) && !event.shiftKey) {
      done();
      const now = performance.now();
      const text = (now - typed.current.at < TYPING_MS ? typed.current.text : "") + event.key.toLowerCase();
      typed.current = { text, at: now };
      const at = lines.indexOf(line);
      const order = [...lines.slice(at + (text.length > 1 ? 0 : 1)), ...lines.slice(0, at + 1)];
      choose(order.find((one) => titleOf(one).toLowerCase().startsWith(text)));
    }
  };
  return (
    <div ref={outline} className={styles.outline}>
      <div className={styles.top}>
        <h2 className={styles.title}>{t("panels.outline.title")}</h2>
        <IconButton
          label={t("panels.outline.several")}
          aria-pressed={isSeveral}
          disabled={lines.length === 0}
          onClick={() => setSeveral(!isSeveral)}
        >
          <ListChecks size={16} />
        </IconButton>
        <IconButton
          label={t("commands.edit.delete")}
          disabled={readOnly || chosen.size === 0}
          onClick={() => active && removeChosen(active)}
        >
          <Trash2 size={16} />
        </IconButton>
        <IconButton label={t("panels.outline.close")} onClick={() => set({ outline: false })}>
          <X size={16} />
        </IconButton>
      </div>
      <div className={styles.tools}>
        <AddNode />
        {selected !== undefined && <AddConnection id={selected.id} />}
      </div>
      {chosen.size > 1 && <p className={styles.count}>{t("panels.inspector.several", { count: chosen.size })}</p>}
      {lines.length === 0 && <p className={styles.empty}>{t("panels.outline.empty")}</p>}
      <div
        ref={tree}
        role="tree"
        aria-label={t("panels.outline.title")}
        aria-multiselectable
        className={styles.tree}
        onKeyDown={press}
      >
        {lines.map((line) => {
          const [head = "", ...figures] = wordsOf(line);
          const node = line.what === "node" ? nodeOf(line.id) : undefined;
          const isClosed = folded.has(line.id);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the tree, which knows where they lead
            <div
              key={line.id}
              role="treeitem"
              data-line={line.id}
              aria-level={line.level}
              aria-posinset={line.place}
              aria-setsize={line.count}
              aria-selected={chosen.has(line.id)}
              {...(line.isBranch && { "aria-expanded": !isClosed })}
              aria-label={[head, ...figures].join(t("canvas.spoken.comma"))}
              tabIndex={line === active ? 0 : -1}
              className={styles.line}
              style={{ paddingInlineStart: 4 + (line.level - 1) * 16 }}
              onFocus={(event) => {
                if (event.target === event.currentTarget && !isSeveral) arrive(line);
              }}
              onMouseDown={(event) => {
                // What a press means is known with its click: until then the focus does not come, and choose.
                if (!isTextField(event.target as Element)) event.preventDefault();
              }}
              onClick={(event) => {
                if (isSeveral || event.ctrlKey || event.metaKey) toggle(line);
                else if (event.shiftKey) extend(line);
                else choose(line);
              }}
              onContextMenu={(event) => {
                event.preventDefault();
                openMenu(line, event.currentTarget);
              }}
            >
              <span
                aria-hidden
                className={styles.fold}
                onClick={(event) => {
                  if (!line.isBranch) return;
                  event.stopPropagation();
                  turn(line.id, !isClosed);
                }}
              >
                {line.isBranch && (isClosed ? <ChevronRight size={14} /> : <ChevronDown size={14} />)}
              </span>
              {isSeveral && (chosen.has(line.id) ? <SquareCheck size={18} /> : <Square size={18} />)}
              {node ? <Glyph kind={node.kind} size={14} /> : <ArrowRight size={14} aria-hidden />}
              {renaming === line.id && node ? (
                <Rename
                  id={line.id}
                  name={node.name}
                  onEnd={() => {
                    setRenaming(null);
                    setTimeout(() => lineOf(line.id)?.focus(), 0);
                  }}
                />
              ) : (
                <span className={styles.words} aria-hidden>
                  <span className={styles.name}>
                    {titleOf(line)}
                    <small>{node ? (find(`kinds.${node.kind}.name`) ?? node.kind) : ""}</small>
                  </span>
                  {figures.length > 0 && <span className={styles.figures}>{figures.join(" · ")}</span>}
                </span>
              )}
              <button
                type="button"
                tabIndex={-1}
                aria-label={t("panels.outline.more", { name: titleOf(line) })}
                className={`${controls.iconButton} ${styles.more}`}
                onClick={(event) => {
                  event.stopPropagation();
                  openMenu(line, event.currentTarget);
                }}
              >
                <Ellipsis size={14} aria-hidden />
              </button>
            </div>
          );
        })}
      </div>
    </div>
  );
}
