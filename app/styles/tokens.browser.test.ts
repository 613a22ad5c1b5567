import { beforeAll, describe, expect, it } from "vitest";
import "./tokens.css";

/** The colours of a theme, as a real cascade resolves them. */
function colours(theme: string): Record<string, string> {
  const root = document.documentElement;
  root.dataset.theme = theme;
  const style = getComputedStyle(root);
  return new Proxy({}, { get: (_, name: string) => style.getPropertyValue(`--${name}`).trim() });
}

const kinds = ["producer", "exchange", "queue", "topic", "channel", "consumer", "annotate"];

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string | undefined, b: string | undefined): number {
  if (!/^#[0-9a-f]{6}$/.test(a ?? "") || !/^#[0-9a-f]{6}$/.test(b ?? "")) throw new Error(`no colours: ${a} ${b}`);
  const [p, q] = [luminance(a as string), luminance(b as string)];
  return (Math.max(p, q) + 0.05) / (Math.min(p, q) + 0.05);
}

describe.each(["light", "dark"])("contrasts in the %s theme", (theme) => {
  let of: Record<string, string> = {};
  beforeAll(() => {
    of = colours(theme);
  });
  const grounds = ["ground", "surface", "surface-2", "float"];

  it.each(["text", "text-2", "text-3", "accent", "good", "warn", "bad"])("%s can be read on every ground", (name) => {
    for (const ground of grounds) expect(contrast(of[name], of[ground]), ground).toBeGreaterThanOrEqual(4.5);
  });

  it("words on the accent and on soft grounds can be read", () => {
    expect(contrast(of["on-accent"], of.accent)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of["on-accent"], of["accent-strong"])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of.bad, of["bad-soft"])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of.warn, of["warn-soft"])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of.text, of["accent-soft"])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of["text-2"], of["surface-3"])).toBeGreaterThanOrEqual(4.5);
  });

  it("outlines of controls and marks stand out", () => {
    for (const name of ["line-strong", "accent", "bad-fill", "edge-active"])
      for (const ground of ["ground", "surface"])
        expect(contrast(of[name], of[ground]), `${name} on ${ground}`).toBeGreaterThanOrEqual(3);
  });

  it.each(kinds)("%s has an outline of 3:1 and words of 4.5:1", (kind) => {
    expect(contrast(of[`${kind}-line`], of.ground)).toBeGreaterThanOrEqual(3);
    expect(contrast(of[`${kind}-line`], of.surface)).toBeGreaterThanOrEqual(3);
    expect(contrast(of[`${kind}-text`], of[`${kind}-soft`])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of.text, of[`${kind}-soft`])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of["text-2"], of[`${kind}-soft`])).toBeGreaterThanOrEqual(4.5);
  });

  it.each(["0", "1", "2", "3", "4", "5", "6", "7", "none"])("tokens of key %s are seen on the canvas", (key) => {
    expect(contrast(of[`key-${key}`], of.ground)).toBeGreaterThanOrEqual(2.6);
  });
});
