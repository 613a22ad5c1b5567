/**
 * A virtual time as people write it: `20`, `20.5`, `1:20`, `1:02:03.5`. The last part is seconds.
 * @returns ms, or null for what is no time
 */
export function parseTime(text: string): number | null {
  const parts = text.trim().replace(",", ".").replace("：", ":").split(":");
  if (parts.length > 3 || parts.some((part, i) => !(i === parts.length - 1 ? /^\d+(\.\d+)?$/ : /^\d+$/).test(part)))
    return null;
  let seconds = 0;
  for (const part of parts) seconds = seconds * 60 + Number(part);
  // Shown in ms, kept to the µs.
  return Math.round(seconds * 1e6) / 1000;
}

/** ms as `mm:ss`, with as many decimals as it needs. */
export function showTime(ms: number): string {
  const whole = Math.round(ms * 1000) / 1000;
  const seconds = Math.floor(whole / 1000);
  const part = (value: number) => String(value).padStart(2, "0");
  const rest = Math.round((whole - seconds * 1000) * 1000);
  const decimals = rest === 0 ? "" : `.${String(rest).padStart(6, "0").replace(/0+$/, "")}`;
  const hours = Math.floor(seconds / 3600);
  const text = `${part(Math.floor(seconds / 60) % 60)}:${part(seconds % 60)}${decimals}`;
  return hours > 0 ? `${hours}:${text}` : text;
}
