/** The names in a list; none in what is no list of names: what is written as data may be anything. */
export const namesIn = (raw: unknown): string[] =>
  Array.isArray(raw) ? raw.filter((one): one is string => typeof one === "string") : [];

/** A list with an entry in or out; undefined when nothing is left of it, for the field that then goes. */
export function ticked(list: readonly string[], entry: string, on: boolean): string[] | undefined {
  const rest = list.filter((one) => one !== entry);
  if (on) rest.push(entry);
  return rest.length === 0 ? undefined : rest;
}
