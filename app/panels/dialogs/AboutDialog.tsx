import { Check, Minus } from "lucide-react";
import { useText } from "../../text/index.ts";
import { DialogFrame } from "./DialogFrame.tsx";
import styles from "./Dialogs.module.css";

/** Parts of the model and what is said about each: `yes…` is modelled, `no…` is simplified (product.md §4.8). */
export const POINTS = {
  general: ["yes1", "yes2", "yes3", "no1", "no2"],
  producer: ["yes1", "no1", "no2"],
  consumer: ["yes1", "no1", "no2"],
  exchange: ["yes1", "no1", "no2"],
  queue: ["yes1", "no1", "no2"],
  broker: ["yes1", "no1", "no2"],
  link: ["yes1", "no1", "no2"],
} as const;

/** What the model does as the product does, and what it leaves out. */
export default function AboutDialog() {
  const { t, find } = useText();
  return (
    <DialogFrame title={t("dialogs.about.title")} intro={t("dialogs.about.intro")} wide>
      <div className={styles.about}>
        <p className={styles.quiet}>{t("dialogs.about.version")}</p>
        {(Object.keys(POINTS) as (keyof typeof POINTS)[]).map((section) => (
          <section key={section} className={styles.aboutPart}>
            <h3>{t(`dialogs.about.sections.${section}`)}</h3>
            <ul>
              {POINTS[section].map((point) => {
                const isModelled = point.startsWith("yes");
                return (
                  <li key={point} className={styles.point} data-simplified={!isModelled || undefined}>
                    {isModelled ? (
                      <Check size={14} role="img" aria-label={t("dialogs.about.modelled")} />
                    ) : (
                      <Minus size={14} role="img" aria-label={t("dialogs.about.simplified")} />
                    )}
                    <span>{find(`dialogs.about.points.${section}.${point}`)}</span>
                  </li>
                );
              })}
            </ul>
          </section>
        ))}
      </div>
    </DialogFrame>
  );
}
