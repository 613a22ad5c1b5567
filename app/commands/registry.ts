import { useView } from "../store/view.ts";
import type { TextKey } from "../text/index.ts";

/** Where a command is offered beside the palette and its keys. */
export type CommandPlace = "node" | "edge" | "canvas" | "menu";

export type CommandGroup = "run" | "edit" | "select" | "arrange" | "view" | "go" | "file" | "live" | "help";

/** One thing a person can do. Menus, palette, keys and context menus read the same object, so that they can never disagree. */
export interface Command {
  /** `run.play`; never changes, keys can be bound to it anew. */
  id: string;
  group: CommandGroup;
  /** Text of its title; a function when it depends on the state (Play or Pause). */
  title: TextKey | (() => TextKey);
  /** Chords as in `Mod+Shift+Z`; `Mod` is Ctrl, on Apple keyboards ⌘. A person may have chosen others: ask `keysOf`. */
  keys?: readonly string[];
  /** Context menus that offer it, in the order of registration. */
  places?: readonly CommandPlace[];
  /** Drawn as a warning in menus. */
  destructive?: boolean;
  /** Works while a text field has the focus. */
  inText?: boolean;
  /** Its plain keys work without the canvas having the focus (F6, Escape). */
  anywhere?: boolean;
  /** Kept out of the palette: it makes no sense without the place of the pointer. */
  hidden?: boolean;
  /** Left out of menus where it cannot be done: it makes sense for few nodes only. */
  onlyWhenPossible?: boolean;
  /** Whether it can be done now. */
  when?(): boolean;
  perform(): void;
}

const commands = new Map<string, Command>();
const listeners = new Set<() => void>();
let list: readonly Command[] = [];

/** Adds commands; an id that is known already is replaced (hot reload, tests). @returns takes them away again */
export function register(...added: readonly Command[]): () => void {
  for (const command of added) commands.set(command.id, command);
  changed();
  return () => {
    for (const command of added) if (commands.get(command.id) === command) commands.delete(command.id);
    changed();
  };
}

function changed(): void {
  list = [...commands.values()];
  for (const listener of listeners) listener();
}

export const allCommands = (): readonly Command[] => list;
export const command = (id: string): Command | undefined => commands.get(id);

export const isPossible = (of: Command): boolean => of.when?.() ?? true;

/** The chords that a command answers to; the first is shown. */
export const keysOf = (of: Command): readonly string[] => useView.getState().keys[of.id] ?? of.keys ?? [];

/** Does it if it can be done now. @returns whether it was done */
export function perform(id: string): boolean {
  const found = commands.get(id);
  if (!found || !isPossible(found)) return false;
  found.perform();
  return true;
}

export const titleOf = (of: Command): TextKey => (typeof of.title === "function" ? of.title() : of.title);

export function onCommandsChanged(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
