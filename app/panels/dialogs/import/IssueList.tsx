import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { Issue } from "../../../../engine/scenario/index.ts";
import controls from "../../../styles/controls.module.css";
import { useText, type Words } from "../../../text/index.ts";
import styles from "../Dialogs.module.css";

const ICONS = { error: CircleAlert, warning: TriangleAlert, info: Info };
const SHOWN = 60;

/** The sentence for an issue of a document, or a notice about a definitions file. */
export function issueSentence(issue: Pick<Issue, "code" | "facts">, { find }: Words): string {
  return (
    find(`issues.${issue.code}`, issue.facts) ??
    find(`definitions.${issue.code}`, issue.facts) ??
    find(`definitions.issue.${issue.code}`, issue.facts) ??
    issue.code
  );
}

/** Where an issue lies: line and column of the text when it could not be read, unless the sentence has them; else the path inside. */
function placeWords(issue: Issue, sentence: string, { t }: Words): string | null {
  const { line, column } = issue.facts;
  if (typeof line === "number" && typeof column === "number" && sentence.includes(String(line))) return null;
  if (typeof line === "number" && typeof column === "number") return t("dialogs.import.place", { line, column });
  return issue.path === "" ? null : t("dialogs.import.at", { path: issue.path });
}

/** What is wrong or worth knowing, each with its place. */
export function IssueList({ issues }: { issues: readonly Issue[] }) {
  const words = useText();
  const { t } = words;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <ul className={styles.issues} tabIndex={0}>
      {issues.slice(0, SHOWN).map((issue) => {
        const Icon = ICONS[issue.severity];
        const sentence = issueSentence(issue, words);
        const place = placeWords(issue, sentence, words);
        return (
          <li
            key={`${issue.code} ${issue.path} ${JSON.stringify(issue.facts)}`}
            className={styles.issue}
            data-severity={issue.severity}
          >
            <Icon size={16} aria-hidden />
            <span>
              <span className={controls.hidden}>{t(`panels.dock.problems.severity.${issue.severity}`)}: </span>
              {sentence}
            </span>
            {place !== null && <span className={styles.where}>{place}</span>}
          </li>
        );
      })}
      {issues.length > SHOWN && <li>{t("dialogs.import.moreIssues", { count: issues.length - SHOWN })}</li>}
    </ul>
  );
}
