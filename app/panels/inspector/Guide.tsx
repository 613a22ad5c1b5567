import { useEffect, useState } from "react";
import { type CatalogueEntry, idOf, variantOf, withVariant } from "../../../scenarios/entry.ts";
import { useDocument } from "../../store/document.ts";
import { type Text, useText } from "../../text/index.ts";
import styles from "./Guide.module.css";
import inspector from "./Inspector.module.css";

/** What an example from the catalogue is about, what to try, and, for those who have made their guess, what happens and why. @param entry the one the document came from */
export default function Guide({ entry }: { entry: CatalogueEntry }) {
  const { t, of } = useText();
  const scenario = useDocument((s) => s.scenario);
  const readOnly = useDocument((s) => s.readOnly);
  const apply = useDocument((s) => s.apply);
  const id = idOf(entry);
  const [shown, setShown] = useState("");
  const now = variantOf(scenario, entry);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another example keeps its point to itself again
  useEffect(() => setShown(""), [id]);
  return (
    <section className={inspector.section}>
      <h3 className={inspector.sectionTitle}>{t("panels.inspector.guide.title")}</h3>
      <p className={styles.words}>{of(entry.scenario.meta.about as Text)}</p>
      {entry.variants !== undefined && (
        <fieldset className={styles.tries} disabled={readOnly}>
          <legend>{t("panels.inspector.guide.tries")}</legend>
          {[null, ...entry.variants].map((variant) => (
            <label key={variant?.id ?? ""} className={styles.try}>
              <input
                type="radio"
                name={`variant-${id}`}
                checked={now === variant}
                onChange={() => apply((before) => withVariant(before, entry, variant))}
              />
              <span>{variant === null ? t("panels.inspector.guide.start") : of(variant.name)}</span>
            </label>
          ))}
          {now === undefined && <p className={inspector.hint}>{t("panels.inspector.guide.changed")}</p>}
        </fieldset>
      )}
      {shown === id ? (
        <div className={styles.aha}>
          <p>
            <b>{t("panels.inspector.guide.observe")}</b> {of(entry.observe)}
          </p>
          <p>
            <b>{t("panels.inspector.guide.aha")}</b> {of(entry.aha)}
          </p>
        </div>
      ) : (
        <button type="button" className={inspector.link} onClick={() => setShown(id)}>
          {t("panels.inspector.guide.show")}
        </button>
      )}
    </section>
  );
}
