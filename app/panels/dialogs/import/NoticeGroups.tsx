import { ChevronRight, CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { Issue } from "../../../../engine/scenario/index.ts";
import { useText } from "../../../text/index.ts";
import styles from "../Dialogs.module.css";
import { groupNotices } from "./definitions.ts";
import { issueSentence } from "./IssueList.tsx";

const ICONS = { error: CircleAlert, warning: TriangleAlert, info: Info };
/** So many are written out; more of one kind fold into one line that opens. */
const FOLD_FROM = 4;

/** Every notice in words. Many of one kind stand behind the first of them. */
export function NoticeGroups({ notices }: { notices: readonly Issue[] }) {
  const words = useText();
  const line = (notice: Issue, key: number) => {
    const Icon = ICONS[notice.severity];
    return (
      <li key={key} className={styles.issue} data-severity={notice.severity}>
        <Icon size={16} aria-hidden />
        <span>{issueSentence(notice, words)}</span>
        {notice.path !== "" && <span className={styles.where}>{notice.path}</span>}
      </li>
    );
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <ul className={styles.issues} tabIndex={0}>
      {groupNotices(notices).map(({ code, notices: group }) => {
        const [first, ...rest] = group;
        if (first === undefined) return null;
        if (group.length < FOLD_FROM) return group.map(line);
        return (
          <li key={code}>
            <ul>{line(first, 0)}</ul>
            <details className={styles.fold}>
              <summary>
                <ChevronRight size={14} aria-hidden />
                {words.t("dialogs.import.moreLike", { count: rest.length })}
              </summary>
              <ul>{rest.map(line)}</ul>
            </details>
          </li>
        );
      })}
    </ul>
  );
}
