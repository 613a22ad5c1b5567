import { useView } from "../store/view.ts";
import { isComposing, isSign, type KeyPress, parseChord, printed } from "./keys.ts";
import { allCommands, keysOf } from "./registry.ts";

/** Keys that belong to the browser, to the focus or to whatever is open. */
const TAKEN = new Set([
  "Tab",
  "Escape",
  "Enter",
  "Shift",
  "Control",
  "Alt",
  "AltGraph",
  "Meta",
  "CapsLock",
  "Dead",
  "Process",
  "Unidentified",
]);

/** The chord that somebody has just pressed, to be bound to a command; null for a key that cannot be one. */
export function chordOf(event: KeyPress): string | null {
  if (isComposing(event) || TAKEN.has(event.key)) return null;
  const isHeld = event.shiftKey || event.altKey || event.ctrlKey || event.metaKey;
  const plain = isHeld ? printed(event.code) || event.key : event.key;
  const key = plain === " " ? "Space" : plain.length === 1 ? plain.toUpperCase() : plain;
  // The sign `?` is typed with Shift on many keyboards; it is the sign that counts.
  const hasShift = event.shiftKey && !isSign(key.toLowerCase());
  const held = [(event.ctrlKey || event.metaKey) && "Mod", event.altKey && "Alt", hasShift && "Shift"];
  return [...held.filter((part) => part !== false), key].join("+");
}

const sameChord = (a: string, b: string): boolean => JSON.stringify(parseChord(a)) === JSON.stringify(parseChord(b));

/** Gives a command a key of a person's own; `null` gives back its standard ones. Others that had the key lose it. @returns their ids */
export function bindKey(id: string, chord: string | null): string[] {
  const { keys, set } = useView.getState();
  const { [id]: _, ...others } = keys;
  if (chord === null) {
    set({ keys: others });
    return [];
  }
  const next: Record<string, readonly string[]> = { ...others, [id]: chord === "" ? [] : [chord] };
  const losers =
    chord === ""
      ? []
      : allCommands().filter((one) => one.id !== id && keysOf(one).some((text) => sameChord(text, chord)));
  for (const one of losers) next[one.id] = keysOf(one).filter((text) => !sameChord(text, chord));
  set({ keys: next });
  return losers.map((one) => one.id);
}
