import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { type Notice, useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { type TextKey, useText } from "../../text/index.ts";
import { IconButton } from "./IconButton.tsx";
import styles from "./Notices.module.css";

const ICONS = { info: Info, success: CircleCheck, warning: TriangleAlert, error: CircleAlert };

function One({ notice }: { notice: Notice }) {
  const { t, find } = useText();
  const dismiss = useView((s) => s.dismiss);
  const { id, stays } = notice;
  useEffect(() => {
    if (stays === 0) return;
    const timer = setTimeout(() => dismiss(id), stays);
    return () => clearTimeout(timer);
  }, [id, stays, dismiss]);
  const Icon = ICONS[notice.tone];
  return (
    <li className={`${controls.float} ${styles.notice}`} data-tone={notice.tone}>
      <Icon size={18} className={styles.icon} aria-hidden />
      <p className={styles.words}>{find(notice.key, notice.facts) ?? notice.key}</p>
      {notice.action && (
        <button
          type="button"
          className={`${controls.button} ${controls.quiet}`}
          onClick={() => {
            notice.action?.perform();
            dismiss(id);
          }}
        >
          {t(notice.action.key as TextKey)}
        </button>
      )}
      <IconButton label={t("shell.dismiss")} onClick={() => dismiss(id)}>
        <X size={16} />
      </IconButton>
    </li>
  );
}

/** What the page has to say that belongs to no place in particular. */
export function Notices() {
  const notices = useView((s) => s.notices);
  const hasAny = notices.length > 0;
  const hasDialog = useView((s) => s.dialog !== null);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (!hasAny) return;
    let isOver = false;
    let stop = () => {};
    void import("./place-notices.ts").then(({ placeNotices }) => {
      if (!isOver && list.current) stop = placeNotices(list.current, hasDialog);
    });
    return () => {
      isOver = true;
      stop();
    };
  }, [hasAny, hasDialog]);
  return (
    <ul ref={list} className={styles.list} aria-live="polite" data-notices>
      {notices.map((notice) => (
        <One key={notice.id} notice={notice} />
      ))}
    </ul>
  );
}
