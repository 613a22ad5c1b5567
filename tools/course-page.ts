import { encodeLink } from "../app/share/link.ts";
import { CATALOGUE, idOf } from "../scenarios/index.ts";

export const COURSE_FILE = `${import.meta.dirname}/../docs/course.html`;

/** What the example page for teachers embeds, in its order. */
export const COURSE = ["hello-queue", "peak-shaving", "ack-or-lose"] as const;

/** The link of an example, as the page holds it. */
export function linkOf(id: string): string {
  const entry = CATALOGUE.find((one) => idOf(one) === id);
  if (entry === undefined) throw new Error(`there is no example called ${id}`);
  return encodeLink(entry.scenario);
}

/** The page with its links brought up to date. */
export const renewed = (page: string): string =>
  page.replace(
    /(data-example="([a-z-]+)"[^>]*?src="[^"#]*)#[^"]*"/gs,
    (_, before: string, id: string) => `${before}${linkOf(id)}"`,
  );
