import { ArrowLeft } from "lucide-react";
import { useMemo } from "react";
import { type Scenario, validate } from "../../../../engine/scenario/index.ts";
import type { Entry } from "../../../share/library.ts";
import type { Version } from "../../../share/versions.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import dialog from "../Dialogs.module.css";
import { Miniature } from "../Miniature.tsx";
import styles from "./Library.module.css";
import { useWhen } from "./use-when.ts";

function readVersion({ text }: Version): Scenario | null {
  try {
    return validate(JSON.parse(text)).scenario;
  } catch {
    return null;
  }
}

/** The earlier states of a document. Each can take the place of today's, which then becomes the newest of them, or be opened beside it. */
export function Versions({
  entry,
  versions,
  onBack,
  onRestore,
  onCopy,
}: {
  entry: Entry;
  versions: readonly Version[];
  onBack(): void;
  onRestore(scenario: Scenario): void;
  onCopy(scenario: Scenario): void;
}) {
  const { t } = useText();
  const when = useWhen();
  const read = useMemo(
    () => versions.map((version) => ({ at: version.at, scenario: readVersion(version) })),
    [versions],
  );
  const name = entry.title === "" ? t("dialogs.import.untitled") : entry.title;
  return (
    <section aria-label={t("dialogs.library.versionsOf", { name })}>
      <div className={styles.back}>
        <button type="button" data-first className={controls.button} onClick={onBack}>
          <ArrowLeft size={16} aria-hidden />
          {t("dialogs.library.back")}
        </button>
        <h3>{t("dialogs.library.versionsOf", { name })}</h3>
      </div>
      <p className={dialog.quiet}>{t(versions.length === 0 ? "dialogs.library.noVersions" : "dialogs.library.kept")}</p>
      <ul className={styles.grid}>
        {read.map(({ at, scenario }) => (
          <li key={at} className={styles.card}>
            <span className={styles.picture}>{scenario !== null && <Miniature scenario={scenario} />}</span>
            <span className={styles.title}>{when(at)}</span>
            {scenario === null ? (
              <span className={styles.time}>{t("dialogs.library.unreadable")}</span>
            ) : (
              <>
                <span className={styles.time}>
                  {t("dialogs.import.holds", {
                    nodes: t("panels.inspector.document.nodes", { count: scenario.nodes.length }),
                    edges: t("panels.inspector.document.edges", { count: scenario.edges.length }),
                  })}
                </span>
                <div className={styles.buttons}>
                  <button
                    type="button"
                    className={controls.button}
                    aria-label={t("dialogs.library.restoreVersion", { when: when(at) })}
                    onClick={() => onRestore(scenario)}
                  >
                    {t("dialogs.library.restore")}
                  </button>
                  <button
                    type="button"
                    className={controls.button}
                    aria-label={t("dialogs.library.copyVersion", { when: when(at) })}
                    onClick={() => onCopy(scenario)}
                  >
                    {t("dialogs.library.asCopy")}
                  </button>
                </div>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
