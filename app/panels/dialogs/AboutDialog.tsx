import { Check, CircleDashed, Minus } from "lucide-react";
import { useId, useState } from "react";
import { useDocument } from "../../store/document.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import styles from "./AboutDialog.module.css";
import { areasOf, type Modelled, POINTS } from "./about-points.ts";
import { versionsFollowed } from "./about-versions.ts";
import { DialogFrame } from "./DialogFrame.tsx";
import dialogs from "./Dialogs.module.css";

type Product = keyof typeof POINTS;
const PRODUCTS = Object.keys(POINTS) as Product[];
const ALL = "";
/** All parts that concern the kind of node the dialog was opened for. */
const OWN = "own";

const MARKS = { whole: Check, simplified: CircleDashed, not: Minus } as const;

function Mark({ modelled }: { modelled: Modelled }) {
  const { t } = useText();
  const Icon = MARKS[modelled];
  const names = { whole: t("about.modelled"), simplified: t("about.partly"), not: t("about.leftOut") };
  return <Icon size={14} role="img" aria-label={names[modelled]} data-modelled={modelled} />;
}

function Part({ product, area }: { product: Product; area: string }) {
  const { t, find } = useText();
  const { features, simplifications } = POINTS[product][area] ?? { features: {}, simplifications: [] };
  const base = useId();
  return (
    <section className={styles.part} aria-labelledby={base}>
      <h4 id={base}>{find(`about.${product}.areas.${area}`) ?? find(`about.areas.${area}`)}</h4>
      <ul>
        {Object.entries(features).map(([id, modelled]) => (
          <li key={id} className={styles.point}>
            <Mark modelled={modelled} />
            <span>{find(`about.${product}.features.${id}`)}</span>
          </li>
        ))}
      </ul>
      {simplifications.length > 0 && (
        <div className={styles.simplified}>
          <h5>{t("about.simplifications")}</h5>
          <ul>
            {simplifications.map((id) => (
              <li key={id}>{find(`about.${product}.simplifications.${id}`)}</li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

/** What the model does as the product does, and what it leaves out (product.md §4.8). @param id a node or edge, whose own parts are shown */
export default function AboutDialog({ id }: { id?: string }) {
  const { t, find } = useText();
  const scenario = useDocument((s) => s.scenario);
  const node = scenario.nodes.find((one) => one.id === id);
  const isEdge = scenario.edges.some((one) => one.id === id);
  const kind = node?.kind ?? (isEdge ? "edge" : "");
  const own = areasOf(kind);
  const [shown, setShown] = useState(own.length > 0 ? OWN : ALL);
  const isShown = (place: string) => shown === ALL || (shown === OWN ? own.includes(place) : place === shown);
  const versions = versionsFollowed(scenario, node).map(({ system, version }) =>
    t("about.version", {
      product: t(`about.products.${system}`),
      version: find(`about.versions.${version}`) ?? version,
    }),
  );
  const base = useId();
  return (
    <DialogFrame title={t("about.title")} intro={t("about.intro")} wide>
      <div className={styles.about}>
        <p className={dialogs.quiet}>
          {versions.join(" ")} {t("about.proven")}
        </p>
        <div className={styles.bar}>
          <label htmlFor={base}>{t("about.show")}</label>
          <select
            id={base}
            data-first
            className={controls.select}
            value={shown}
            onChange={(event) => setShown(event.target.value)}
          >
            <option value={ALL}>{t("about.everything")}</option>
            {own.length > 0 && <option value={OWN}>{find(`kinds.${kind}.name`) ?? find(`about.areas.link`)}</option>}
            {PRODUCTS.map((product) => (
              <optgroup key={product} label={t(`about.products.${product}`)}>
                {Object.keys(POINTS[product]).map((area) => (
                  <option key={area} value={`${product}.${area}`}>
                    {find(`about.${product}.areas.${area}`) ?? find(`about.areas.${area}`)}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
          <ul className={styles.legend} aria-hidden>
            {(Object.keys(MARKS) as Modelled[]).map((modelled) => {
              const Icon = MARKS[modelled];
              const names = { whole: t("about.modelled"), simplified: t("about.partly"), not: t("about.leftOut") };
              return (
                <li key={modelled}>
                  <Icon size={14} data-modelled={modelled} />
                  {names[modelled]}
                </li>
              );
            })}
          </ul>
        </div>
        {PRODUCTS.map((product) => {
          const areas = Object.keys(POINTS[product]).filter((area) => isShown(`${product}.${area}`));
          if (areas.length === 0) return null;
          return (
            <section key={product} className={styles.product}>
              <h3>{t(`about.products.${product}`)}</h3>
              {areas.map((area) => (
                <Part key={area} product={product} area={area} />
              ))}
            </section>
          );
        })}
      </div>
    </DialogFrame>
  );
}
