import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import styles from "./LevelFilter.module.css";

const LEVELS = ["intro", "core", "deep"] as const;
export type Level = (typeof LEVELS)[number];

/** Entries of one level, or of all. */
export function LevelFilter({ level, onChange }: { level: Level | null; onChange(level: Level | null): void }) {
  const { t } = useText();
  return (
    <fieldset className={styles.levels} aria-label={t("dialogs.examples.level")}>
      {[null, ...LEVELS].map((one) => (
        <button
          key={one}
          type="button"
          className={controls.button}
          aria-pressed={level === one}
          onClick={() => onChange(one)}
        >
          {one === null ? t("dialogs.examples.anyLevel") : t(`dialogs.examples.levels.${one}`)}
        </button>
      ))}
    </fieldset>
  );
}
