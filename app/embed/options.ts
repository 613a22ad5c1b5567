/**
 * How a page that embeds the playground wants it (product.md §11): `?embed=1&play=1&ui=min#s1=…`. Everything is optional; what is not understood is as if it were not there,
 * because whoever reads the course can do nothing about it.
 */
export interface EmbedOptions {
  /** Begins to run by itself. */
  play: boolean;
  /** Virtual s per real s; 0 = Max. */
  speed: number;
  /** Virtual ms at which it begins. */
  t: number;
  /** full: canvas, all run controls and what `panels` names. min: canvas and the most needed controls. none: the canvas alone. */
  ui: "full" | "min" | "none";
  /** Dock tabs; the first is open. Empty: no dock. */
  panels: readonly string[];
  /** The drawing's lesson is taken, from this step on (1 is the first). */
  lesson: boolean;
  step: number;
  /** The drawing can be changed. Nothing of it is kept. */
  edit: boolean;
  /** Settings that the drawing puts into the reader's hand are shown below it. */
  expose: boolean;
  /** null = as the browser speaks. */
  lang: "en" | "zh" | null;
  theme: "system" | "light" | "dark";
  /** A run that has ended begins again. */
  loop: boolean;
}

const SPEED_MAX = 1000;
/** A day. */
const T_MAX = 86_400_000;
/** Tabs of the dock that an embedded page may show. */
export const EMBED_PANELS = ["charts", "events", "messages", "ledger", "problems", "alerts", "timeline"] as const;

/** @param search as in `location.search` @returns null when nobody embeds the page */
export function readEmbed(search: string): EmbedOptions | null {
  const asked = new URLSearchParams(search);
  if (!isOn(asked, "embed", false)) return null;
  const panels = (asked.get("panels") ?? "")
    .split(",")
    .filter((name) => (EMBED_PANELS as readonly string[]).includes(name));
  return {
    play: isOn(asked, "play", false),
    speed: asked.get("speed")?.toLowerCase() === "max" ? 0 : number(asked, "speed", 1, 0.05, SPEED_MAX),
    t: number(asked, "t", 0, 0, T_MAX / 1000) * 1000,
    ui: oneOf(asked, "ui", ["full", "min", "none"], "full"),
    panels,
    lesson: isOn(asked, "lesson", false),
    step: Math.round(number(asked, "step", 1, 1, 99)),
    edit: isOn(asked, "edit", false),
    expose: isOn(asked, "expose", true),
    lang: languageOf(asked.get("lang")),
    theme: oneOf(asked, "theme", ["system", "light", "dark"], "system"),
    loop: isOn(asked, "loop", false),
  };
}

function isOn(asked: URLSearchParams, name: string, usual: boolean): boolean {
  const value = asked.get(name);
  return value === null ? usual : value === "" || value === "1" || value === "true";
}

function number(asked: URLSearchParams, name: string, usual: number, min: number, max: number): number {
  const text = asked.get(name);
  const value = text === null || text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? Math.min(max, Math.max(min, value)) : usual;
}

function oneOf<T extends string>(asked: URLSearchParams, name: string, of: readonly T[], usual: T): T {
  const value = asked.get(name);
  return of.find((one) => one === value) ?? usual;
}

function languageOf(text: string | null): "en" | "zh" | null {
  const tag = text?.toLowerCase() ?? "";
  return tag.startsWith("zh") ? "zh" : tag.startsWith("en") ? "en" : null;
}

/** The query that says this: only what differs from the usual. */
export function writeEmbed(options: Partial<EmbedOptions>): string {
  const usual = readEmbed("?embed=1") as EmbedOptions;
  const said = new URLSearchParams({ embed: "1" });
  for (const [name, value] of Object.entries(options)) {
    const key = name as keyof EmbedOptions;
    if (JSON.stringify(value) === JSON.stringify(usual[key]) || value === null || value === undefined) continue;
    const text =
      typeof value === "boolean"
        ? value
          ? "1"
          : "0"
        : Array.isArray(value)
          ? value.join(",")
          : key === "t"
            ? String((value as number) / 1000)
            : key === "speed" && value === 0
              ? "max"
              : String(value);
    said.set(name, text);
  }
  return `?${said.toString().replaceAll("%2C", ",")}`;
}
