import { Check, ChevronRight, Copy } from "lucide-react";
import { type ReactNode, useId, useMemo, useState } from "react";
import { type AssignmentChoice, asAssignment, type Lesson, readLesson } from "../../../engine/lesson/index.ts";
import { fieldsOf, KINDS, kindSpec, type Scenario } from "../../../engine/scenario/index.ts";
import { encodeLink } from "../../share/link.ts";
import { useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { labelOf } from "../inspector/words.ts";
import own from "./Assignment.module.css";
import styles from "./Dialogs.module.css";
import { copyText } from "./download.ts";
import { LengthAdvice } from "./LengthAdvice.tsx";
import { LinkQr } from "./LinkQr.tsx";
import section from "./Section.module.css";
import { Switch } from "./Switch.tsx";

const OTHERS = ["edges", "timeline", "alerts"] as const;
const PROHIBITIONS = ["noPaste", "noImport", "noSolution", "noLive"] as const;
const HINTS = { noSolution: "teaching.assignment.noSolutionHint", noLive: "teaching.assignment.noLiveHint" } as const;

/** As strict as a teacher usually wants it; everything can be loosened. */
const USUAL: AssignmentChoice = {
  allow: null,
  kinds: null,
  maxNodes: null,
  noPaste: true,
  noImport: true,
  noSolution: true,
};

/** Kinds of the drawing's own systems, and those that go with every system. */
function kindsFor({ nodes }: Scenario): string[] {
  const systems = new Set(nodes.map(({ kind }) => kindSpec(kind)?.system));
  return KINDS.filter(({ system, modelled }) => modelled && (system === undefined || systems.has(system))).map(
    ({ kind }) => kind,
  );
}

function Tick({ label, on, onChange }: { label: ReactNode; on: boolean; onChange(on: boolean): void }) {
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
}

const toggled = (list: readonly string[], word: string, on: boolean): string[] =>
  on ? [...list.filter((one) => one !== word), word] : list.filter((one) => one !== word);

/** Every setting of every node, folded node by node, and what belongs to none. */
function AllowList({
  scenario,
  allow,
  onChange,
}: {
  scenario: Scenario;
  allow: readonly string[];
  onChange(allow: string[]): void;
}) {
  const words = useText();
  const { t } = words;
  const tick = (word: string, label: string) => (
    <Tick key={word} label={label} on={allow.includes(word)} onChange={(on) => onChange(toggled(allow, word, on))} />
  );
  return (
    <fieldset className={own.ticks}>
      <legend className={styles.label}>{t("teaching.assignment.allowFields")}</legend>
      {scenario.nodes
        .filter(({ kind }) => fieldsOf(kind).length > 0)
        .map((node) => {
          const count = allow.filter((word) => word === node.id || word.startsWith(`${node.id}.`)).length;
          return (
            <details key={node.id} className={section.section}>
              <summary>
                <ChevronRight size={16} aria-hidden />
                {node.name}
                {count > 0 && <small className={own.count}>{count}</small>}
              </summary>
              <div className={own.tickList}>
                {tick(node.id, t("teaching.assignment.whole"))}
                {fieldsOf(node.kind).map((field) => tick(`${node.id}.${field.name}`, labelOf(node.kind, field, words)))}
              </div>
            </details>
          );
        })}
      <div className={own.tickList}>{OTHERS.map((one) => tick(one, t(`teaching.assignment.${one}`)))}</div>
    </fieldset>
  );
}

/** The lesson of this document as work that is handed out: what it allows, and its link. */
function AssignmentForm({ scenario, lesson }: { scenario: Scenario; lesson: Lesson }) {
  const { t, format } = useText();
  const id = useId();
  const openDialog = useView((s) => s.openDialog);
  const [choice, setChoice] = useState<AssignmentChoice>(USUAL);
  const [isCopied, setCopied] = useState(false);
  const set = (change: Partial<AssignmentChoice>) => {
    setCopied(false);
    setChoice({ ...choice, ...change });
  };
  const made = useMemo(() => asAssignment(scenario, lesson, choice), [scenario, lesson, choice]);
  const fragment = useMemo(() => encodeLink(made), [made]);
  const address = `${location.origin}${location.pathname}${fragment}`;
  const pick = (
    name: string,
    value: string,
    options: readonly (readonly [string, string])[],
    to: (v: string) => void,
  ) => (
    <div className={styles.setting}>
      <label htmlFor={`${id}-${name}`}>{name}</label>
      <select
        id={`${id}-${name}`}
        className={controls.select}
        value={value}
        onChange={(event) => to(event.target.value)}
      >
        {options.map(([one, label]) => (
          <option key={one} value={one}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
  return (
    <div className={styles.stack}>
      <p className={styles.quiet}>{t("teaching.assignment.intro")}</p>
      <p className={styles.warn}>{t("teaching.assignment.honest")}</p>
      {pick(
        t("teaching.assignment.allow"),
        choice.allow === null ? "lesson" : "list",
        [
          ["lesson", t("teaching.assignment.allowLesson")],
          ["list", t("teaching.assignment.allowList")],
        ],
        (value) => set({ allow: value === "list" ? [...(lesson.lock?.allow ?? [])] : null }),
      )}
      {choice.allow !== null && (
        <AllowList scenario={scenario} allow={choice.allow} onChange={(allow) => set({ allow })} />
      )}
      {pick(
        t("teaching.assignment.kinds"),
        choice.kinds === null ? "lesson" : "list",
        [
          ["lesson", t("teaching.assignment.kindsLesson")],
          ["list", t("teaching.assignment.kindsList")],
        ],
        (value) => set({ kinds: value === "list" ? [...(lesson.palette ?? [])] : null }),
      )}
      {choice.kinds !== null && (
        <fieldset className={own.ticks}>
          <legend className={styles.label}>{t("teaching.assignment.kinds")}</legend>
          <div className={own.tickList}>
            {kindsFor(scenario).map((kind) => (
              <Tick
                key={kind}
                label={t(`kinds.${kind}.name` as "kinds.queue.name")}
                on={choice.kinds?.includes(kind) === true}
                onChange={(on) => set({ kinds: toggled(choice.kinds ?? [], kind, on) })}
              />
            ))}
          </div>
        </fieldset>
      )}
      <div className={styles.setting}>
        <label htmlFor={`${id}-most`}>{t("teaching.assignment.maxNodes")}</label>
        <input
          id={`${id}-most`}
          className={`${controls.input} ${own.number}`}
          type="number"
          min={scenario.nodes.length}
          max={300}
          placeholder={t("teaching.assignment.maxNodesNone")}
          value={choice.maxNodes ?? ""}
          onChange={({ target }) =>
            set({ maxNodes: target.value === "" ? null : Math.max(0, Math.min(300, Math.round(Number(target.value)))) })
          }
        />
      </div>
      {PROHIBITIONS.map((name) => (
        <div key={name} className={styles.setting}>
          <label htmlFor={`${id}-${name}`}>{t(`teaching.assignment.${name}`)}</label>
          {name in HINTS && <small>{t(HINTS[name as keyof typeof HINTS])}</small>}
          <Switch id={`${id}-${name}`} on={choice[name] === true} onChange={(on) => set({ [name]: on })} />
        </div>
      ))}
      {pick(
        t("teaching.assignment.seed"),
        choice.seed ?? "fixed",
        [
          ["fixed", t("teaching.assignment.seedFixed")],
          ["name", t("teaching.assignment.seedName")],
        ],
        (value) => {
          const { seed: _, ...rest } = choice;
          setCopied(false);
          setChoice(value === "name" ? { ...rest, seed: "name" } : rest);
        },
      )}
      <div>
        <label className={styles.label} htmlFor={`${id}-link`}>
          {t("teaching.assignment.link")}
        </label>
        <div className={styles.linkRow}>
          <input
            id={`${id}-link`}
            className={`${controls.input} ${styles.linkField}`}
            readOnly
            value={address}
            onFocus={(event) => event.currentTarget.select()}
          />
          <button
            type="button"
            className={`${controls.button} ${controls.primary} ${styles.big}`}
            onClick={async () => setCopied(await copyText(address))}
          >
            {isCopied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
            {t(isCopied ? "dialogs.copied" : "teaching.assignment.copy")}
          </button>
        </div>
        <p className={styles.length}>
          <b>{t("dialogs.share.length", { n: format.number(address.length) })}</b>
        </p>
        <LengthAdvice fragment={fragment} address={address} />
        <p className={styles.quiet}>{t("teaching.assignment.id", { id: (made.lesson as Lesson).id })}</p>
      </div>
      <LinkQr address={address} />
      <div className={styles.row}>
        <button type="button" className={controls.button} onClick={() => openDialog("results")}>
          {t("teaching.assignment.results")}
        </button>
      </div>
    </div>
  );
}

/** @param scenario the teacher's own document, which stays as it is */
export function AssignmentCode({ scenario }: { scenario: Scenario }) {
  const { t } = useText();
  const lesson = useMemo(
    () => (scenario.lesson === undefined ? null : readLesson(scenario.lesson, scenario).lesson),
    [scenario],
  );
  // What was handed out is not handed on under another name.
  if (lesson?.assignment !== undefined) return null;
  return (
    <details className={section.section}>
      <summary>
        <ChevronRight size={16} aria-hidden />
        {t("teaching.assignment.title")}
      </summary>
      {lesson === null ? (
        <p className={styles.quiet}>
          {t(scenario.lesson === undefined ? "teaching.assignment.noLesson" : "teaching.assignment.unsound")}
        </p>
      ) : (
        <AssignmentForm scenario={scenario} lesson={lesson} />
      )}
    </details>
  );
}
