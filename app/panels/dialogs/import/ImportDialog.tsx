import { CircleCheck, FileJson, Link2, Shapes } from "lucide-react";
import { useMemo, useState } from "react";
import { type Clip, fits, hasErrors, type Issue, pasteClip, type Scenario } from "../../../../engine/scenario/index.ts";
import { canvas } from "../../../canvas/control.ts";
import type { LinkVisit } from "../../../share/link-visit.ts";
import type { DialogProps } from "../../../store/dialogs.ts";
import { type Origin, useDocument } from "../../../store/document.ts";
import { useView } from "../../../store/view.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import ResultsDialog from "../../lesson/results/ResultsDialog.tsx";
import { DialogFrame } from "../DialogFrame.tsx";
import styles from "../Dialogs.module.css";
import { Choose } from "./Choose.tsx";
import { DefinitionsImport } from "./DefinitionsImport.tsx";
import { ImportFrame } from "./ImportFrame.tsx";
import { IssueList } from "./IssueList.tsx";
import { LibraryImport } from "./LibraryImport.tsx";
import { openAsCopy } from "./open-copy.ts";
import { readSource } from "./source.ts";

interface Given {
  text: string;
  name?: string | undefined;
}

/** Opens or adds what a person brings: says what it is, what is in it and what is wrong before anything happens. */
export default function ImportDialog({ text, fileName }: DialogProps["import"]) {
  const { t, find } = useText();
  const [given, setGiven] = useState<Given | null>(text === undefined ? null : { text, name: fileName });
  const [acceptNewer, setAcceptNewer] = useState(false);
  // A file that is dropped while the dialog is open takes the place of what it shows.
  const dialog = useView((s) => s.dialog);
  const [shown, setShown] = useState(dialog);
  if (dialog !== shown) {
    setShown(dialog);
    if (text !== undefined) setGiven({ text, name: fileName });
  }
  const source = useMemo(
    () => (given === null ? { kind: "empty" as const } : readSource(given.text, acceptNewer)),
    [given, acceptNewer],
  );
  const another = () => {
    setGiven(null);
    setAcceptNewer(false);
  };
  if (source.kind === "empty")
    return (
      <DialogFrame title={t("dialogs.import.title")} intro={t("dialogs.import.intro")}>
        <Choose onText={(found, name) => setGiven({ text: found, name })} />
      </DialogFrame>
    );
  if (source.kind === "definitions")
    return <DefinitionsImport text={source.text} name={given?.name} onAnother={another} />;
  if (source.kind === "result") return <ResultsDialog text={source.text} />;
  if (source.kind === "library")
    return <LibraryImport key={given?.name} text={source.text} count={source.count} onAnother={another} />;
  if (source.kind === "clip") return <ClipImport clip={source.clip} issues={source.issues} onAnother={another} />;
  if (source.kind === "scenario" || source.kind === "link" || source.kind === "topics")
    return (
      <ScenarioImport
        kind={source.kind}
        scenario={source.scenario}
        issues={source.issues}
        newer={source.newer}
        visit={source.visit}
        name={given?.name}
        onAnother={another}
      />
    );
  const words =
    source.kind === "badLink"
      ? (find(`share.link.${source.code}`, source.facts) ?? source.code)
      : t(source.kind === "unknown" ? "dialogs.import.unknown" : "dialogs.import.cannotUse");
  return (
    <DialogFrame
      title={t("dialogs.import.title")}
      footer={
        <>
          {source.kind === "refused" && source.newer && (
            <button type="button" className={controls.button} onClick={() => setAcceptNewer(true)}>
              {t("dialogs.import.acceptNewer")}
            </button>
          )}
          <button type="button" className={`${controls.button} ${controls.primary}`} onClick={another}>
            {t("dialogs.import.another")}
          </button>
        </>
      }
    >
      <div className={styles.stack}>
        <div className={styles.bad} role="alert">
          <div>
            <p>{words}</p>
            {given?.name && <p className={styles.quiet}>{t("dialogs.import.from", { name: given.name })}</p>}
          </div>
        </div>
        {source.kind === "refused" && <IssueList issues={source.issues} />}
      </div>
    </DialogFrame>
  );
}

function ScenarioImport({
  kind,
  scenario,
  issues,
  newer,
  visit,
  name,
  onAnother,
}: {
  kind: "scenario" | "link" | "topics";
  scenario: Scenario;
  issues: readonly Issue[];
  newer: boolean;
  visit: LinkVisit | undefined;
  name: string | undefined;
  onAnother(): void;
}) {
  const { t, of } = useText();
  const close = useView((s) => s.closeDialog);
  const isFaulty = hasErrors(issues);
  const title = of(scenario.meta.title);
  const open = () => {
    const origin: Origin = kind === "link" ? "link" : "file";
    close();
    openAsCopy(scenario, origin, visit);
  };
  return (
    <ImportFrame
      icon={kind === "link" ? Link2 : FileJson}
      kind={name ?? t(`dialogs.import.kinds.${kind}`)}
      title={title === "" ? t("dialogs.import.untitled") : title}
      holds={t("dialogs.import.holds", {
        nodes: t("panels.inspector.document.nodes", { count: scenario.nodes.length }),
        edges: t("panels.inspector.document.edges", { count: scenario.edges.length }),
      })}
      action={{ words: t(isFaulty ? "dialogs.import.openAnyway" : "dialogs.import.open"), take: open }}
      onAnother={onAnother}
    >
      {newer && <p className={styles.warn}>{t("dialogs.import.newer")}</p>}
      {issues.length === 0 ? (
        <p className={styles.good}>
          <CircleCheck size={16} aria-hidden />
          {t("dialogs.import.canRun")}
        </p>
      ) : (
        <>
          {isFaulty && <p className={styles.bad}>{t("dialogs.import.cannotRun")}</p>}
          <IssueList issues={issues} />
        </>
      )}
      <p className={styles.quiet}>{t("dialogs.import.asCopy")}</p>
    </ImportFrame>
  );
}

function ClipImport({ clip, issues, onAnother }: { clip: Clip; issues: readonly Issue[]; onAnother(): void }) {
  const { t } = useText();
  const close = useView((s) => s.closeDialog);
  const select = useView((s) => s.select);
  const notify = useView((s) => s.notify);
  const scenario = useDocument((s) => s.scenario);
  const readOnly = useDocument((s) => s.readOnly);
  const apply = useDocument((s) => s.apply);
  const isTooMuch = !fits(scenario, clip);
  const restrictions = useDocument((s) => s.restrictions);
  const add = () => {
    let ids: string[] = [];
    close();
    if (restrictions?.noPaste || restrictions?.noImport) {
      notify({ tone: "warning", key: "lesson.refused.paste" });
      return;
    }
    const isAdded = apply((now) => {
      const pasted = pasteClip(now, clip, { dx: 2, dy: 2 });
      ids = pasted.ids;
      return pasted.scenario;
    });
    // What is locked has said so itself.
    if (!isAdded) return;
    select({ nodes: ids });
    notify({ tone: "success", key: "dialogs.import.added", facts: { count: ids.length } });
    setTimeout(() => canvas()?.fit(ids), 60);
  };
  return (
    <ImportFrame
      icon={Shapes}
      title={t("dialogs.import.kinds.clip")}
      holds={t("dialogs.import.holds", {
        nodes: t("panels.inspector.document.nodes", { count: clip.nodes.length }),
        edges: t("panels.inspector.document.edges", { count: clip.edges.length }),
      })}
      action={{ words: t("dialogs.import.add"), take: add, disabled: isTooMuch || readOnly }}
      onAnother={onAnother}
    >
      {isTooMuch && <p className={styles.bad}>{t("dialogs.import.tooMuch")}</p>}
      {issues.length > 0 && <IssueList issues={issues} />}
    </ImportFrame>
  );
}
