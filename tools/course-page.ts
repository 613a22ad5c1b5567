import { encodeLink } from "../app/share/link.ts";
import { CATALOGUE, idOf } from "../scenarios/index.ts";

export const COURSE_FILE = `${import.meta.dirname}/../docs/course.html`;

/** What the example page for teachers embeds, in its order. */
export const COURSE = ["hello-queue", "peak-shaving", "ack-or-lose"] as const;

const entryOf = (id: string): (typeof CATALOGUE)[number] => {
  const entry = CATALOGUE.find((one) => idOf(one) === id);
  if (entry === undefined) throw new Error(`there is no example called ${id}`);
  return entry;
};

/** The link of an example, as the page holds it. */
export const linkOf = (id: string): string => encodeLink(entryOf(id).scenario);

/** Text that may stand in a page. */
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** What the catalogue says is to be seen; its numbers are tested there. */
const answerOf = (id: string): { en: string; zh: string } => entryOf(id).observe;

/** The page with its links and answers brought up to date. */
export const renewed = (page: string): string =>
  page
    .replace(
      /(data-example="([a-z-]+)"[^>]*?src="[^"#]*)#[^"]*"/gs,
      (_, before: string, id: string) => `${before}${linkOf(id)}"`,
    )
    .replace(
      /(data-answer="([a-z-]+)">.*?)<p>[^<]*<\/p>(\s*)<p lang="zh-CN">[^<]*<\/p>/gs,
      (_, before: string, id: string, gap: string) =>
        `${before}<p>${escaped(answerOf(id).en)}</p>${gap}<p lang="zh-CN">${escaped(answerOf(id).zh)}</p>`,
    );
