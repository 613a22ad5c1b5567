import { X } from "lucide-react";
import * as Popover from "radix-ui/popover";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import styles from "./Terms.module.css";
import { TERMS } from "./terms.ts";

/** A word that explains itself: opens its card, two sentences in the reader's language. A word without a card is only a word. */
export default function TermLink({ id, words }: { id: string; words?: string }) {
  const { t, of, language } = useText();
  const term = TERMS[id];
  if (term === undefined) return words ?? "";
  const name = of(term.name);
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <button
          type="button"
          className={styles.term}
          aria-label={words === undefined ? undefined : `${words} (${t("lesson.term.open", { term: name })})`}
        >
          {words ?? name}
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={`${controls.float} ${styles.card}`}
          sideOffset={6}
          collisionPadding={12}
          aria-label={name}
        >
          <div className={styles.head}>
            <b>{name}</b>
            <span className={styles.other} lang={language === "en" ? "zh-CN" : "en"}>
              {language === "en" ? term.name.zh : term.name.en}
            </span>
            <Popover.Close className={controls.iconButton} aria-label={t("lesson.term.close")}>
              <X size={14} aria-hidden />
            </Popover.Close>
          </div>
          <p>{of(term.card)}</p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
