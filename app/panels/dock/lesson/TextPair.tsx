import type { Text } from "../../../../engine/scenario/index.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import styles from "./Author.module.css";

/** One text in both languages, side by side. */
export function TextPair({ label, text, onChange }: { label: string; text: Text; onChange(text: Text): void }) {
  const { t } = useText();
  return (
    <fieldset className={styles.pair}>
      <legend>{label}</legend>
      {(["en", "zh"] as const).map((language) => (
        <textarea
          key={language}
          className={controls.input}
          rows={2}
          lang={language === "zh" ? "zh-CN" : "en"}
          aria-label={[label, t(`lesson.author.${language}`)].join(t("canvas.spoken.comma"))}
          placeholder={t(`lesson.author.${language}`)}
          value={text[language]}
          onChange={(event) => onChange({ ...text, [language]: event.target.value })}
        />
      ))}
    </fieldset>
  );
}
