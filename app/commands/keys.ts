import { useView } from "../store/view.ts";
import { allCommands, type Command, command, isPossible, keysOf, perform } from "./registry.ts";

/** A chord taken apart: `Mod+Shift+Z`. */
export interface Chord {
  /** Ctrl, on Apple keyboards ⌘. */
  mod: boolean;
  alt: boolean;
  shift: boolean;
  /** As `KeyboardEvent.key`, letters in lower case; `Space` stands for a blank. */
  key: string;
}

export function parseChord(text: string): Chord {
  // `Mod++` ends in the key `+`.
  const parts = text.endsWith("++") ? [...text.slice(0, -2).split("+"), "+"] : text === "+" ? ["+"] : text.split("+");
  const key = parts.pop() ?? "";
  return {
    mod: parts.includes("Mod"),
    alt: parts.includes("Alt"),
    shift: parts.includes("Shift"),
    key: key === "Space" ? " " : key.length === 1 ? key.toLowerCase() : key,
  };
}

/** The part of a KeyboardEvent that decides. */
export type KeyPress = Pick<
  KeyboardEvent,
  "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "isComposing" | "keyCode"
>;

/** While an input method composes a word, its keys belong to the word. Code 229 is what older browsers report then. */
export const isComposing = (event: Pick<KeyPress, "isComposing" | "keyCode">): boolean =>
  event.isComposing || event.keyCode === 229;

/** A sign that needs Shift on some keyboards and not on others (`?`, `+`): there Shift is part of the sign. */
export const isSign = (key: string): boolean => key.length === 1 && !/[a-z0-9 ]/.test(key);

/** The letter or digit printed on a key, for chords with Alt or Shift, where `key` is the sign that they make of it (`Alt+H` is `˙` on a Mac, `Shift+1` is `!`). */
export function printed(code: string): string {
  const found = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(code);
  return found?.[1]?.toLowerCase() ?? (code === "Period" ? "." : code === "Comma" ? "," : "");
}

export function matches(chord: Chord, event: KeyPress): boolean {
  if (chord.mod !== (event.ctrlKey || event.metaKey) || chord.alt !== event.altKey) return false;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (isSign(chord.key) && !chord.shift && key === chord.key) return true;
  if (chord.shift !== event.shiftKey) return false;
  return key === chord.key || ((chord.shift || chord.alt || chord.mod) && printed(event.code) === chord.key);
}

/** A chord that types or moves: these work only while the canvas has the focus, so that they never surprise a person who dictates or uses a screen reader. */
const isPlain = (chord: Chord): boolean => !chord.mod && !/^F\d+$/.test(chord.key) && !(chord.alt && chord.shift);

const isCharacter = (chord: Chord): boolean => !chord.mod && !chord.alt && chord.key.length === 1;

const TEXT_FIELDS =
  "input:not([type=checkbox]):not([type=radio]):not([type=range]):not([type=button]), textarea, select, [contenteditable=true]";

export const isTextField = (element: Element | null): boolean => element?.matches(TEXT_FIELDS) ?? false;

/** Where the focus is, as far as keys care. */
export type Place = "canvas" | "text" | "elsewhere";

export function placeOf(element: Element | null): Place {
  if (isTextField(element)) return "text";
  return element?.closest("[data-canvas], [role=tree]") ? "canvas" : "elsewhere";
}

/** The command that a key press asks for at a place. */
export function commandFor(event: KeyPress, place: Place, commands = allCommands()): Command | undefined {
  if (isComposing(event)) return undefined;
  const { characterKeys } = useView.getState();
  for (const one of commands) {
    for (const text of keysOf(one)) {
      const chord = parseChord(text);
      if (!matches(chord, event) || (chord.key === " " && one.id === "run.play")) continue;
      if (place === "text" && !one.inText) continue;
      if (isPlain(chord) && place !== "canvas" && !one.anywhere) continue;
      if (isCharacter(chord) && !characterKeys) continue;
      if (isPossible(one)) return one;
    }
  }
  return undefined;
}

/** Whether something open keeps its keys to itself: a dialog, a menu, a list. */
const isCaptured = (): boolean =>
  document.querySelector("[role=dialog][data-state=open], [role=menu][data-state=open]") !== null;

/** A tap on the space bar is shorter than this, real ms (product.md §3.2). */
const TAP_MS = 250;

/** A tap on the space bar is told from holding it, which pans: so it is no chord like the others. Held is what is long, repeats, or has a pointer pressed or a wheel turned during it. */
const hasSpace = (id: string): boolean => {
  const found = command(id);
  return found !== undefined && keysOf(found).includes("Space");
};

const HOLDS = ["pointerdown", "wheel", "blur"];

/** Binds the keys of all commands to the page. @returns lets go */
export function bindKeys(target: Window = window): () => void {
  /** When the space bar went down, by the events' clock; null: not as a tap. */
  let downAt: number | null = null;
  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented || isCaptured()) return;
    const found = commandFor(event, placeOf(document.activeElement));
    if (!found) return;
    event.preventDefault();
    found.perform();
  };
  // Before the canvas sees it: there a held space bar pans, and what is meant is known only when it comes up.
  const hold = (event: KeyboardEvent) => {
    if (event.key !== " ") return;
    downAt = null;
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (isComposing(event) || isCaptured() || placeOf(document.activeElement) !== "canvas") return;
    if (hasSpace("run.play")) downAt = event.timeStamp;
  };
  const lift = (event: KeyboardEvent) => {
    if (event.key !== " " || downAt === null) return;
    const isTap = event.timeStamp - downAt < TAP_MS;
    downAt = null;
    if (isTap) perform("run.play");
  };
  const noTap = () => {
    downAt = null;
  };
  target.addEventListener("keydown", hold, true);
  target.addEventListener("keydown", press);
  target.addEventListener("keyup", lift);
  // Whoever lets it go in another window has not tapped it here.
  for (const other of HOLDS) target.addEventListener(other, noTap, { capture: true, passive: true });
  return () => {
    target.removeEventListener("keydown", hold, true);
    target.removeEventListener("keydown", press);
    target.removeEventListener("keyup", lift);
    for (const other of HOLDS) target.removeEventListener(other, noTap, true);
  };
}

/** A command's key as menus show it. */
export function shownKey(of: Command): string | undefined {
  const [first] = keysOf(of);
  return first === undefined ? undefined : showChord(first);
}

const isApple = (): boolean => typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);
const APPLE: Record<string, string> = { Mod: "⌘", Shift: "⇧", Alt: "⌥" };
const NAMES: Record<string, string> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Delete: "Del",
  Escape: "Esc",
};

/** A chord as people write it: `Ctrl+Shift+Z`, `⇧⌘Z`. */
export function showChord(text: string, apple = isApple()): string {
  const chord = parseChord(text);
  const key =
    chord.key === " " ? "Space" : (NAMES[chord.key] ?? (chord.key.length === 1 ? chord.key.toUpperCase() : chord.key));
  const held = [chord.mod && "Mod", chord.alt && "Alt", chord.shift && "Shift"].filter((part) => part !== false);
  return apple
    ? [...held.map((part) => APPLE[part]), key].join("")
    : [...held.map((part) => (part === "Mod" ? "Ctrl" : part)), key].join("+");
}
