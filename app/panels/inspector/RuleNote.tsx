import { ExternalLink } from "lucide-react";
import { useText } from "../../text/index.ts";
import { RULES, type RuleId } from "./rules.ts";
import styles from "./Why.module.css";

/** The rule of the product behind an event, folded; its source is a link that only the reader follows. */
export function RuleNote({ rule }: { rule: RuleId | undefined }) {
  const { t } = useText();
  if (rule === undefined) return null;
  return (
    <details className={styles.rule}>
      <summary>{t("rules.title")}</summary>
      <p>
        {t(`rules.say.${rule}`)}{" "}
        <a href={RULES[rule]} target="_blank" rel="noreferrer">
          {t("rules.source")}
          <ExternalLink size={11} role="img" aria-label={t("rules.opens")} />
        </a>
      </p>
    </details>
  );
}
