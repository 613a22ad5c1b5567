/**
 * The number in what a person typed: `1.5`, `1,5`, `10 000`, `10,000`, `１２`. A single comma with other than three digits behind it is a decimal comma; else commas part thousands.
 * @returns NaN when it is none, or nothing is typed
 */
export function typedNumber(text: string): number {
  // Full-width digits come from Chinese keyboards.
  const typed = text
    .normalize("NFKC")
    .replace("−", "-")
    .replace(/[\s_'’]/g, "");
  if (!/^-?[\d.,]*\d[\d.,]*(e[+-]?\d+)?$/i.test(typed)) return Number.NaN;
  const commas = typed.split(",").length - 1;
  if (commas === 1 && !typed.includes(".") && !/,\d{3}$/.test(typed)) return Number(typed.replace(",", "."));
  if (commas > 0 && !/^-?\d{1,3}(,\d{3})+(\.\d*)?(e[+-]?\d+)?$/i.test(typed)) return Number.NaN;
  const value = Number(typed.replaceAll(",", ""));
  return Number.isFinite(value) ? value : Number.NaN;
}
