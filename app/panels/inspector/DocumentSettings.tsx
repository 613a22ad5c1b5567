import { Dices } from "lucide-react";
import { useId, useState } from "react";
import { TEXT_LENGTH_MAX } from "../../../engine/scenario/index.ts";
import { metric } from "../../bridge/index.ts";
import { fetched } from "../../fetched.tsx";
import { useDocument } from "../../store/document.ts";
import { useLesson } from "../../store/lesson.ts";
import { useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { IconButton } from "../shell/IconButton.tsx";
import { TOTALS } from "../status/totals.ts";
import { useTick } from "../status/use-tick.ts";
import { TextArea } from "./editors/lists.tsx";
import { NumberInput } from "./editors/NumberInput.tsx";
import { TextInput } from "./editors/TextInput.tsx";
import { Fingerprint } from "./Fingerprint.tsx";
import styles from "./Inspector.module.css";
import { useEntry } from "./use-entry.ts";

/** It knows the catalogue, which nobody needs who draws something of his own. */
const Guide = fetched(() => import("./Guide.tsx"));

const SEED_MAX = 4_294_967_295;

function Totals() {
  const { t, format } = useText();
  useTick(2);
  return (
    <dl className={styles.figures}>
      {TOTALS.map(({ name, metric: of }) => (
        <div key={name} style={{ display: "contents" }}>
          <dt>{t(`panels.status.${name}`)}</dt>
          <dd>{format.count(metric("system", of))}</dd>
        </div>
      ))}
      <dt>{t("metrics.names.outOfOrder")}</dt>
      <dd>{format.count(metric("system", "outOfOrder.total"))}</dd>
      <Fingerprint />
    </dl>
  );
}

/** What belongs to the document as a whole: shown when nothing is selected. */
export function DocumentSettings() {
  const { t, of, language } = useText();
  const { meta, seed, nodes, edges } = useDocument((s) => s.scenario);
  const readOnly = useDocument((s) => s.readOnly);
  const apply = useDocument((s) => s.apply);
  const openDialog = useView((s) => s.openDialog);
  const base = useId();
  const [error, setError] = useState<string | null>(null);
  const entry = useEntry(meta.id);
  const change = (field: "title" | "about", value: string, coalesce?: string) =>
    apply(
      (scenario) => {
        const before = scenario.meta[field];
        const text = typeof before === "object" ? { ...before, [language]: value } : value;
        return { ...scenario, meta: { ...scenario.meta, [field]: text } };
      },
      coalesce === undefined ? {} : { coalesce },
    );
  const setSeed = (value: number | null): boolean => {
    if (value === null) return false;
    if (!Number.isInteger(value) || value < 0 || value > SEED_MAX) {
      setError(
        t("panels.inspector.outOfRange", {
          got: String(value),
          name: t("panels.inspector.document.seed"),
          min: "0",
          max: String(SEED_MAX),
        }),
      );
      return false;
    }
    setError(null);
    return apply((scenario) => (scenario.seed === value ? scenario : { ...scenario, seed: value })) || true;
  };
  // A lesson keeps its point to itself.
  const hasLesson = useLesson((s) => s.lesson !== null);
  return (
    <>
      <div className={styles.header}>
        <h2 className={styles.title}>{t("panels.inspector.document.title")}</h2>
      </div>
      <div className={styles.body}>
        {entry !== undefined && !hasLesson && <Guide entry={entry} />}
        <p className={styles.hint}>{t("panels.inspector.document.hint")}</p>
        <div className={styles.section}>
          <div className={styles.stack}>
            <label htmlFor={`${base}-title`}>{t("panels.inspector.document.name")}</label>
            <TextInput
              id={`${base}-title`}
              value={of(meta.title)}
              maxLength={127}
              disabled={readOnly}
              onCommit={(value) => change("title", value) || true}
            />
          </div>
          <div className={styles.stack}>
            <label htmlFor={`${base}-about`}>{t("panels.inspector.document.about")}</label>
            <TextArea
              id={`${base}-about`}
              value={of(meta.about)}
              maxLength={TEXT_LENGTH_MAX}
              disabled={readOnly}
              placeholder={t("panels.inspector.document.aboutHint")}
              onCommit={(value) => change("about", value, "about")}
            />
          </div>
          <div className={styles.stack}>
            <label htmlFor={`${base}-seed`}>{t("panels.inspector.document.seed")}</label>
            <div className={styles.seedRow}>
              <NumberInput
                id={`${base}-seed`}
                label={t("panels.inspector.document.seed")}
                value={seed}
                units={[]}
                whole
                disabled={readOnly}
                invalid={error !== null}
                describedBy={`${base}-seed-hint`}
                onCommit={setSeed}
                onRefuse={setError}
              />
              <IconButton
                label={t("panels.inspector.document.newSeed")}
                disabled={readOnly}
                onClick={() => setSeed(Math.floor(Math.random() * 1_000_000))}
              >
                <Dices size={16} />
              </IconButton>
            </div>
            {error !== null && (
              <p role="alert" className={styles.nameError} style={{ padding: 0 }}>
                {error}
              </p>
            )}
            <p id={`${base}-seed-hint`} className={styles.hint} style={{ padding: 0 }}>
              {t("panels.inspector.document.seedHint")}
            </p>
          </div>
        </div>
        <section className={styles.section}>
          <h3 className={styles.sectionTitle}>{t("panels.inspector.document.totals")}</h3>
          <Totals />
        </section>
        <section className={styles.section}>
          <h3 className={styles.sectionTitle}>{t("panels.inspector.document.contents")}</h3>
          <p className={controls.figures}>
            {t("panels.status.contents", {
              nodes: t("panels.inspector.document.nodes", { count: nodes.length }),
              edges: t("panels.inspector.document.edges", { count: edges.length }),
            })}
          </p>
          <button type="button" className={styles.link} onClick={() => openDialog("about")}>
            {t("panels.inspector.document.model")}
          </button>
        </section>
      </div>
    </>
  );
}
