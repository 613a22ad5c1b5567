import { useDocument } from "../../store/document.ts";
import { useText } from "../../text/index.ts";
import styles from "./Header.module.css";

const LENGTH_MAX = 127;

/** The document's title, edited in place; in the reader's language when it has one for each. */
export function Title() {
  const { of, t, language } = useText();
  const title = useDocument((s) => s.scenario.meta.title);
  const readOnly = useDocument((s) => s.readOnly);
  const apply = useDocument((s) => s.apply);
  const change = (value: string) =>
    apply(
      (scenario) => ({
        ...scenario,
        meta: { ...scenario.meta, title: typeof title === "string" ? value : { ...title, [language]: value } },
      }),
      { coalesce: "title" },
    );
  return (
    <input
      className={styles.title}
      aria-label={t("shell.title")}
      placeholder={t("shell.untitled")}
      value={of(title)}
      maxLength={LENGTH_MAX}
      readOnly={readOnly}
      spellCheck={false}
      onChange={(event) => change(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
      }}
    />
  );
}
