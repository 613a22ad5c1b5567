import { useEffect, useState } from "react";
import { type CatalogueEntry, idOf, variantOf, withVariant } from "../../../scenarios/entry.ts";
import { useDocument } from "../../store/document.ts";
import { useText } from "../../text/index.ts";
import styles from "./Guide.module.css";
import inspector from "./Inspector.module.css";

/** What an example from the catalogue shows, what to try, and the point of it. @param entry the one the document came from */
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
      <p className={styles.words}>
        <b>{t("panels.inspector.guide.observe")}</b> {of(entry.observe)}
      </p>
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
        <p className={styles.aha}>
          <b>{t("panels.inspector.guide.aha")}</b> {of(entry.aha)}
        </p>
      ) : (
        <button type="button" className={inspector.link} onClick={() => setShown(id)}>
          {t("panels.inspector.guide.show")}
        </button>
      )}
    </section>
  );
}
