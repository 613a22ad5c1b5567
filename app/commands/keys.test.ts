import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useView } from "../store/view.ts";
import { bindKey, chordOf } from "./key-choice.ts";
import { bindKeys, commandFor, type KeyPress, matches, parseChord, showChord } from "./keys.ts";
import { type Command, keysOf, register } from "./registry.ts";

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : "",
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  keyCode: 0,
  ...more,
});

const command = (id: string, keys: string[], more: Partial<Command> = {}): Command => ({
  id,
  group: "edit",
  title: "commands.edit.copy",
  keys,
  perform: () => undefined,
  ...more,
});

describe("chords", () => {
  it("are taken apart, the plus sign included", () => {
    expect(parseChord("Mod+Shift+Z")).toEqual({ mod: true, alt: false, shift: true, key: "z" });
    expect(parseChord("+")).toEqual({ mod: false, alt: false, shift: false, key: "+" });
    expect(parseChord("Shift+Space").key).toBe(" ");
  });

  it("match Ctrl and ⌘ alike, and nothing more than was asked", () => {
    const chord = parseChord("Mod+Z");
    expect(matches(chord, press("z", { ctrlKey: true }))).toBe(true);
    expect(matches(chord, press("z", { metaKey: true }))).toBe(true);
    expect(matches(chord, press("Z", { ctrlKey: true, shiftKey: true }))).toBe(false);
    expect(matches(chord, press("z"))).toBe(false);
  });

  it("find a sign wherever the keyboard has it", () => {
    expect(matches(parseChord("?"), press("?", { shiftKey: true }))).toBe(true);
    expect(matches(parseChord("?"), press("?"))).toBe(true);
    expect(matches(parseChord("+"), press("+", { shiftKey: true }))).toBe(true);
  });

  it("know the key below the sign that Alt or Shift makes of it", () => {
    expect(matches(parseChord("Shift+Alt+T"), press("ˇ", { altKey: true, shiftKey: true, code: "KeyT" }))).toBe(true);
    expect(matches(parseChord("Shift+1"), press("!", { shiftKey: true, code: "Digit1" }))).toBe(true);
    expect(matches(parseChord("Shift+."), press(">", { shiftKey: true, code: "Period" }))).toBe(true);
    expect(matches(parseChord("."), press(">", { shiftKey: true, code: "Period" }))).toBe(false);
  });

  it("are written as people know them", () => {
    expect(showChord("Mod+Shift+Z", false)).toBe("Ctrl+Shift+Z");
    expect(showChord("Mod+Shift+Z", true)).toBe("⌘⇧Z");
    expect(showChord("Mod+ArrowRight", false)).toBe("Ctrl+→");
  });
});

describe("which command a key press asks for", () => {
  afterEach(() => useView.setState({ characterKeys: true }));
  const letter = command("connect", ["C"]);
  const copy = command("copy", ["Mod+C"]);
  const palette = command("palette", ["Mod+K"], { inText: true });
  const region = command("region", ["F6"], { inText: true, anywhere: true });
  const remove = command("delete", ["Delete"]);
  const all = [letter, copy, palette, region, remove];
  const found = (event: KeyPress, place: "canvas" | "text" | "elsewhere") => commandFor(event, place, all)?.id;

  it("letters and moving keys work on the canvas only", () => {
    expect(found(press("c"), "canvas")).toBe("connect");
    expect(found(press("c"), "elsewhere")).toBeUndefined();
    expect(found(press("Delete"), "elsewhere")).toBeUndefined();
    expect(found(press("Delete"), "canvas")).toBe("delete");
  });

  it("a text field keeps its own keys", () => {
    expect(found(press("c"), "text")).toBeUndefined();
    expect(found(press("c", { ctrlKey: true }), "text")).toBeUndefined();
    expect(found(press("k", { ctrlKey: true }), "text")).toBe("palette");
    expect(found(press("F6"), "text")).toBe("region");
  });

  it("nothing happens while an input method composes a word", () => {
    expect(found(press("c", { isComposing: true }), "canvas")).toBeUndefined();
    expect(found(press("c", { keyCode: 229 }), "canvas")).toBeUndefined();
  });

  it("letters can be switched off; chords and Delete stay", () => {
    useView.setState({ characterKeys: false });
    expect(found(press("c"), "canvas")).toBeUndefined();
    expect(found(press("c", { ctrlKey: true }), "canvas")).toBe("copy");
    expect(found(press("Delete"), "canvas")).toBe("delete");
  });

  it("what cannot be done now leaves its key to others", () => {
    const first = command("a", ["X"], { when: () => false });
    const second = command("b", ["X"]);
    expect(commandFor(press("x"), "canvas", [first, second])?.id).toBe("b");
  });
});

describe("keys of one's own", () => {
  const play = command("run.play", ["Space", "K"]);
  const zoom = command("zoom", ["+", "Mod+="]);
  const copy = command("copy", ["Mod+C"]);
  let forget = () => {};
  beforeEach(() => {
    forget = register(play, zoom, copy);
  });
  afterEach(() => {
    forget();
    useView.setState({ keys: {} });
  });

  it("are what was pressed, on any keyboard", () => {
    expect(chordOf(press("j"))).toBe("J");
    expect(chordOf(press("J", { shiftKey: true }))).toBe("Shift+J");
    expect(chordOf(press("?", { shiftKey: true, code: "Slash" }))).toBe("?");
    expect(chordOf(press("©", { altKey: true, code: "KeyG" }))).toBe("Alt+G");
    expect(chordOf(press("z", { metaKey: true, shiftKey: true }))).toBe("Mod+Shift+Z");
    expect(chordOf(press(" "))).toBe("Space");
    expect(chordOf(press("ArrowUp", { ctrlKey: true }))).toBe("Mod+ArrowUp");
    for (const key of ["Tab", "Escape", "Enter", "Shift", "Control", "Process"]) expect(chordOf(press(key))).toBeNull();
    expect(chordOf(press("a", { isComposing: true }))).toBeNull();
  });

  it("replace the standard ones, and are taken from who had them", () => {
    expect(bindKey("copy", "K")).toEqual(["run.play"]);
    expect([keysOf(copy), keysOf(play)]).toEqual([["K"], ["Space"]]);
    expect(commandFor(press("k"), "canvas")?.id).toBe("copy");
    expect(commandFor(press("c", { ctrlKey: true }), "canvas")).toBeUndefined();
    expect(bindKey("zoom", "")).toEqual([]);
    expect(commandFor(press("+", { shiftKey: true }), "canvas")).toBeUndefined();
    bindKey("copy", null);
    expect(keysOf(copy)).toEqual(["Mod+C"]);
  });

  it("leave the space bar to Play only while it is Play's: a tap is told from holding it", () => {
    expect(commandFor(press(" "), "canvas")).toBeUndefined();
    bindKey("copy", "Space");
    expect(commandFor(press(" "), "canvas")?.id).toBe("copy");
    expect(keysOf(play)).toEqual(["K"]);
  });
});

describe("the space bar", () => {
  const target = new EventTarget();
  const play = vi.fn();
  let undo: (() => void)[] = [];
  let at = 0;
  /** An event so many ms after the one before. */
  const send = (type: string, after: number, more: object = {}) => {
    at += after;
    const event = Object.assign(new Event(type), { key: " ", code: "Space", isComposing: false, ...more });
    Object.defineProperty(event, "timeStamp", { value: at });
    target.dispatchEvent(event);
  };
  beforeEach(() => {
    const canvas = { matches: () => false, closest: () => canvas };
    vi.stubGlobal("document", { activeElement: canvas, querySelector: () => null });
    play.mockClear();
    undo = [register({ ...command("run.play", ["Space"]), perform: play }), bindKeys(target as Window)];
  });
  afterEach(() => {
    for (const one of undo) one();
    vi.unstubAllGlobals();
  });

  it("plays when it is tapped", () => {
    send("keydown", 0);
    send("keyup", 249);
    expect(play).toHaveBeenCalledTimes(1);
  });

  it("only pans when it is held, though nothing was dragged and the keyboard repeats no keys", () => {
    send("keydown", 0);
    send("keyup", 250);
    expect(play).not.toHaveBeenCalled();
    send("keydown", 1000);
    send("keydown", 30, { repeat: true });
    send("keyup", 30);
    expect(play).not.toHaveBeenCalled();
  });

  it.each(["pointerdown", "wheel", "blur"])("only pans when there is a %s while it is down", (type) => {
    send("keydown", 0);
    send(type, 10);
    send("keyup", 10);
    expect(play).not.toHaveBeenCalled();
    // The next tap is one again.
    send("keydown", 1000);
    send("keyup", 50);
    expect(play).toHaveBeenCalledTimes(1);
  });
});
