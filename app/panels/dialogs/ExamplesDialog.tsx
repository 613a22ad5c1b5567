import { useEffect, useState } from "react";
import type { CatalogueEntry, Group } from "../../../scenarios/index.ts";
import { loadCatalogue, openExample } from "../../commands/examples.ts";
import { useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { type Text, useText } from "../../text/index.ts";
import { speaksOf } from "./catalogue-search.ts";
import { DialogFrame } from "./DialogFrame.tsx";
import styles from "./Examples.module.css";
import { type Level, LevelFilter } from "./LevelFilter.tsx";
import { Miniature } from "./Miniature.tsx";

const GROUPS: readonly Group[] = ["general", "rabbitmq", "kafka", "rocketmq", "redis", "zeromq", "theory"];

function Card({ entry }: { entry: CatalogueEntry }) {
  const { t, of } = useText();
  const close = useView((s) => s.closeDialog);
  const { meta } = entry.scenario;
  return (
    <li>
      <button
        type="button"
        className={styles.card}
        onClick={() => {
          openExample(entry);
          close();
        }}
      >
        <span className={styles.picture}>
          <Miniature scenario={entry.scenario} />
        </span>
        <span className={styles.head}>
          {of(meta.title as Text)}
          <span className={styles.level}>{t(`dialogs.examples.levels.${entry.level}`)}</span>
        </span>
        <span className={styles.words}>{of(meta.about as Text)}</span>
      </button>
    </li>
  );
}

/** The catalogue: what there is to see, by shelf. */
export default function ExamplesDialog() {
  const { t } = useText();
  const [entries, setEntries] = useState<readonly CatalogueEntry[] | null>(null);
  const [text, setText] = useState("");
  const [level, setLevel] = useState<Level | null>(null);
  useEffect(() => {
    let isWanted = true;
    loadCatalogue().then((found) => isWanted && setEntries(found));
    return () => {
      isWanted = false;
    };
  }, []);
  const found = (entries ?? []).filter((entry) => (level === null || entry.level === level) && speaksOf(entry, text));
  return (
    <DialogFrame title={t("dialogs.examples.title")} intro={t("dialogs.examples.intro")} wide>
      <input
        type="search"
        data-first
        className={`${controls.input} ${styles.search}`}
        aria-label={t("dialogs.examples.search")}
        placeholder={t("dialogs.examples.search")}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <LevelFilter level={level} onChange={setLevel} />
      {entries === null && <p className={styles.none}>{t("dialogs.examples.loading")}</p>}
      <p className={styles.none} role="status" hidden={entries === null || found.length > 0}>
        {entries !== null && found.length === 0 ? t("dialogs.examples.none", { text }) : ""}
      </p>
      {GROUPS.map((group) => {
        const here = found.filter((entry) => entry.group === group);
        if (here.length === 0) return null;
        return (
          <section key={group}>
            <h3 className={styles.group}>{t(`dialogs.examples.groups.${group}`)}</h3>
            <ul className={styles.grid}>
              {here.map((entry) => (
                <Card key={entry.scenario.meta.id} entry={entry} />
              ))}
            </ul>
          </section>
        );
      })}
    </DialogFrame>
  );
}
