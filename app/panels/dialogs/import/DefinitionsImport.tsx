import { CircleCheck, FileJson, TriangleAlert } from "lucide-react";
import { useEffect, useId, useMemo, useState } from "react";
import { useView } from "../../../store/view.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { DialogFrame } from "../DialogFrame.tsx";
import styles from "../Dialogs.module.css";
import { type DefinitionsReader, laidOut, loadReader, titleFrom } from "./definitions.ts";
import { ImportFrame } from "./ImportFrame.tsx";
import { IssueList } from "./IssueList.tsx";
import { NoticeGroups } from "./NoticeGroups.tsx";
import { openAsCopy } from "./open-copy.ts";

interface Props {
  text: string;
  name: string | undefined;
  onAnother(): void;
}

/** A broker's definitions: what they bring and every notice, in words, before anything is opened. */
export function DefinitionsImport(props: Props) {
  const { t } = useText();
  const [reader, setReader] = useState<DefinitionsReader | "missing" | null>(null);
  useEffect(() => {
    let isHere = true;
    loadReader().then(
      (loaded) => isHere && setReader(loaded),
      () => isHere && setReader("missing"),
    );
    return () => {
      isHere = false;
    };
  }, []);
  if (reader === null || reader === "missing")
    return (
      <DialogFrame title={t("dialogs.import.title")}>
        <p className={styles.quiet} role="status">
          {t(reader === null ? "dialogs.import.reading" : "dialogs.import.offline")}
        </p>
      </DialogFrame>
    );
  return <Definitions {...props} reader={reader} />;
}

function Definitions({ text, name, onAnother, reader }: Props & { reader: DefinitionsReader }) {
  const { t, find, format } = useText();
  const id = useId();
  const read = useMemo(() => reader.readDefinitions(text), [reader, text]);
  const [vhost, setVhost] = useState<string | undefined>();
  const [traffic, setTraffic] = useState(true);
  const [isWorking, setWorking] = useState(false);
  const close = useView((s) => s.closeDialog);
  const notify = useView((s) => s.notify);
  const imported = useMemo(() => {
    if (!read.ok) return null;
    const options = {
      traffic,
      ...(vhost !== undefined && { vhost }),
      ...(name !== undefined && { title: titleFrom(name) }),
    };
    return { ...reader.importDefinitions(read.file, options), all: reader.vhostsOf(read.file) };
  }, [reader, read, vhost, traffic, name]);
  if (!read.ok || imported === null)
    return (
      <DialogFrame
        title={t("dialogs.import.title")}
        footer={
          <button type="button" className={`${controls.button} ${controls.primary}`} onClick={onAnother}>
            {t("dialogs.import.another")}
          </button>
        }
      >
        <div className={styles.stack}>
          <div className={styles.bad} role="alert">
            <TriangleAlert size={16} aria-hidden />
            <div>
              <p>{t("dialogs.import.cannotUse")}</p>
              {name && <p className={styles.quiet}>{t("dialogs.import.from", { name })}</p>}
            </div>
          </div>
          {!read.ok && <IssueList issues={read.issues} />}
        </div>
      </DialogFrame>
    );
  const { scenario, notices, counts, all } = imported;
  const isEmpty = scenario.nodes.length === 0;
  const open = async () => {
    setWorking(true);
    const ready = await laidOut(scenario);
    close();
    openAsCopy(ready, "file");
    notify({
      tone: "success",
      key: "dialogs.import.done",
      facts: {
        nodes: t("panels.inspector.document.nodes", { count: ready.nodes.length }),
        edges: t("panels.inspector.document.edges", { count: ready.edges.length }),
      },
    });
  };
  return (
    <ImportFrame
      icon={FileJson}
      kind={t("dialogs.import.kinds.definitions")}
      title={name ?? t("dialogs.import.pasted")}
      action={{
        words: t(isWorking ? "dialogs.import.arranging" : "dialogs.import.open"),
        take: () => void open(),
        disabled: isWorking || isEmpty,
        isFirst: true,
      }}
      onAnother={onAnother}
      wide
    >
      {all.length > 1 && (
        <div>
          <label className={styles.label} htmlFor={`${id}-vhost`}>
            {t("dialogs.import.vhost")}
          </label>
          <select
            id={`${id}-vhost`}
            className={`${controls.select} ${styles.vhost}`}
            value={imported.vhost}
            onChange={(event) => setVhost(event.target.value)}
          >
            {all.map((one) => (
              <option key={one.name} value={one.name}>
                {t("dialogs.import.vhostOption", { name: one.name, queues: one.queues, exchanges: one.exchanges })}
              </option>
            ))}
          </select>
          <p className={styles.hint}>{t("dialogs.import.vhostHint", { count: all.length })}</p>
        </div>
      )}
      <section aria-labelledby={`${id}-counts`}>
        <h3 id={`${id}-counts`} className={styles.subtitle}>
          {t("dialogs.import.counts.title")}
        </h3>
        <dl className={styles.counts} aria-live="polite">
          {Object.entries(counts).map(([what, count]) => (
            <div key={what} className={styles.count}>
              <dt>{find(`dialogs.import.counts.${what}`)}</dt>
              <dd>{format.number(count)}</dd>
            </div>
          ))}
        </dl>
      </section>
      {isEmpty && <p className={styles.warn}>{t("dialogs.import.nothing")}</p>}
      <label className={styles.check}>
        <input type="checkbox" checked={traffic} onChange={(event) => setTraffic(event.target.checked)} />
        <span>{t("dialogs.import.attach")}</span>
        <small>{t("dialogs.import.attachHint")}</small>
      </label>
      <section aria-labelledby={`${id}-notices`}>
        <h3 id={`${id}-notices`} className={styles.subtitle}>
          {t("dialogs.import.notices")}
          {notices.length > 0 && <span className={controls.chip}>{format.number(notices.length)}</span>}
        </h3>
        {notices.length === 0 ? (
          <p className={styles.good}>
            <CircleCheck size={16} aria-hidden />
            {t("dialogs.import.noNotices")}
          </p>
        ) : (
          <NoticeGroups notices={notices} />
        )}
      </section>
      <p className={styles.quiet}>{t("dialogs.import.asCopy")}</p>
    </ImportFrame>
  );
}
