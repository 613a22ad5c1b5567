import type { Language } from "./index.ts";

/** Numbers and times as people read them. Compact and of even width: they stand on node faces and change ten times a second. */
export interface Format {
  /** 0…9999 whole, above shortened: 12.3k, 4.5M. */
  count(value: number): string;
  /** 0.25, 4.2, 18.5, 230, 1.2k. */
  rate(value: number): string;
  /** With its unit: `4.2/s`. */
  perSecond(value: number): string;
  /** @param value µs; with the unit that fits: 250 ms, 1.3 s, 4.2 min */
  duration(value: number): string;
  /** @param value fraction 0…1 */
  share(value: number): string;
  bytes(value: number): string;
  /** Any number with the separators of the language, at most `digits` decimals. */
  number(value: number, digits?: number): string;
  /** @param value µs @returns `mm:ss.mmm`, in hours `h:mm:ss.mmm` */
  clock(value: number): string;
}

const NOTHING = "–";
const STEPS = ["", "k", "M", "G", "T"];

function compact(value: number): string {
  let step = 0;
  let rest = Math.abs(value);
  while (rest >= 999.5 && step < STEPS.length - 1) {
    rest /= 1000;
    step++;
  }
  const text = rest >= 99.5 ? rest.toFixed(0) : rest >= 9.95 ? rest.toFixed(1) : rest.toFixed(2);
  return `${value < 0 ? "−" : ""}${text.includes(".") ? text.replace(/\.?0+$/, "") : text}${STEPS[step]}`;
}

/** Virtual time as `mm:ss.mmm` in every language. @param time µs */
export function clock(time: number): string {
  const ms = Math.max(0, Math.floor(time / 1000));
  const part = (value: number, width: number) => String(value).padStart(width, "0");
  const hours = Math.floor(ms / 3_600_000);
  const rest = `${part(Math.floor(ms / 60_000) % 60, 2)}:${part(Math.floor(ms / 1000) % 60, 2)}.${part(ms % 1000, 3)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

const UNITS: Record<Language, Record<"us" | "ms" | "s" | "min" | "h" | "d" | "perSecond", string>> = {
  en: { us: "µs", ms: "ms", s: "s", min: "min", h: "h", d: "d", perSecond: "/s" },
  zh: { us: "微秒", ms: "毫秒", s: "秒", min: "分", h: "小时", d: "天", perSecond: "/秒" },
};

function durationIn(language: Language, value: number): string {
  if (Number.isNaN(value)) return NOTHING;
  const unit = UNITS[language];
  const short = (amount: number) => (amount >= 99.5 ? amount.toFixed(0) : compact(amount));
  if (value < 1000) return `${value === 0 ? "0" : short(value)} ${value === 0 ? unit.ms : unit.us}`;
  if (value < 1e6) return `${short(value / 1000)} ${unit.ms}`;
  if (value < 120e6) return `${short(value / 1e6)} ${unit.s}`;
  if (value < 7200e6) return `${short(value / 60e6)} ${unit.min}`;
  if (value < 172_800e6) return `${short(value / 3600e6)} ${unit.h}`;
  return `${short(value / 86_400e6)} ${unit.d}`;
}

const made = new Map<Language, Format>();

export function formatFor(language: Language): Format {
  const known = made.get(language);
  if (known) return known;
  const locale = language === "zh" ? "zh-CN" : "en";
  const plain = new Map<number, Intl.NumberFormat>();
  // One digit after the point is enough to compare two rates, and stands still while they settle.
  const rate = (value: number) =>
    Number.isNaN(value) ? NOTHING : value >= 1 && value < 99.95 ? value.toFixed(1).replace(/\.0$/, "") : compact(value);
  const format: Format = {
    count: (value) => (Number.isNaN(value) ? NOTHING : value < 10_000 ? String(Math.round(value)) : compact(value)),
    rate,
    perSecond: (value) => `${rate(value)}${UNITS[language].perSecond}`,
    duration: (value) => durationIn(language, value),
    share: (value) => (Number.isNaN(value) ? NOTHING : `${Math.round(value * 100)} %`),
    bytes: (value) => (Number.isNaN(value) ? NOTHING : `${compact(value).replace(/[kMGT]?$/, " $&B")}`),
    number: (value, digits = 2) => {
      let of = plain.get(digits);
      if (!of) {
        of = new Intl.NumberFormat(locale, { maximumFractionDigits: digits });
        plain.set(digits, of);
      }
      return Number.isNaN(value) ? NOTHING : of.format(value);
    },
    clock,
  };
  made.set(language, format);
  return format;
}
