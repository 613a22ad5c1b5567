import { type ReactNode, useState } from "react";
import { fieldsOf } from "../../../../engine/scenario/index.ts";
import { useDocument } from "../../../store/document.ts";
import { useRun } from "../../../store/run.ts";
import { useText } from "../../../text/index.ts";
import { metricInFull } from "../../../text/metric-words.ts";
import { labelOf } from "../../inspector/words.ts";
import { targetName } from "../timeline/words.ts";
import styles from "./Author.module.css";
import { ticked } from "./ticks.ts";

interface Choice {
  list: readonly string[];
  onChange(list: string[] | undefined): void;
}
type Entry = readonly [entry: string, label: string];

/** Its contents are there only while it is open: a drawing has hundreds of fields. */
function Folded({ title, count, children }: { title: string; count: number; children(): ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={styles.fold} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {title} {count > 0 && <b>{count}</b>}
      </summary>
      {isOpen && children()}
    </details>
  );
}

function Ticks({ entries, list, onChange }: Choice & { entries: readonly Entry[] }) {
  return (
    <div className={styles.ticks}>
      {entries.map(([entry, label]) => (
        <label key={entry}>
          <input
            type="checkbox"
            checked={list.includes(entry)}
            onChange={({ target }) => onChange(ticked(list, entry, target.checked))}
          />
          <span>{label}</span>
        </label>
      ))}
    </div>
  );
}

/** The parts that a step outlines, picked from all that is drawn. */
export function HighlightTicks({ list, onChange }: Choice) {
  const words = useText();
  const scenario = useDocument((s) => s.scenario);
  return (
    <Folded title={words.t("lesson.author.ticks.highlight")} count={list.length}>
      {() => (
        <Ticks
          entries={[...scenario.nodes, ...scenario.edges].map(({ id }) => [id, targetName(scenario, id, words)])}
          list={list}
          onChange={onChange}
        />
      )}
    </Folded>
  );
}

/** Entries of every part, a fold each. What is in the list and none of them stays, by its bare name, to be taken out. */
function ByPart({
  title,
  list,
  onChange,
  entriesOf,
}: Choice & { title: string; entriesOf(id: string, kind: string): Entry[] }) {
  const words = useText();
  const scenario = useDocument((s) => s.scenario);
  const parts = () =>
    [...scenario.nodes, ...scenario.edges]
      .map(({ id, kind }) => ({ id, name: targetName(scenario, id, words), entries: entriesOf(id, kind) }))
      .filter(({ entries }) => entries.length > 0);
  return (
    <Folded title={title} count={list.length}>
      {() => {
        const all = parts();
        const known = new Set(all.flatMap(({ entries }) => entries.map(([entry]) => entry)));
        const others = list.filter((entry) => !known.has(entry));
        return (
          <>
            {all.map(({ id, name, entries }) => (
              <Folded key={id} title={name} count={entries.filter(([entry]) => list.includes(entry)).length}>
                {() => <Ticks entries={entries} list={list} onChange={onChange} />}
              </Folded>
            ))}
            <Ticks entries={others.map((entry) => [entry, entry])} list={list} onChange={onChange} />
          </>
        );
      }}
    </Folded>
  );
}

/** Settings that get a control under the canvas. */
export function ExposeTicks(choice: Choice) {
  const words = useText();
  return (
    <ByPart
      {...choice}
      title={words.t("lesson.author.ticks.expose")}
      entriesOf={(id, kind) => fieldsOf(kind).map((field) => [`${id}.${field.name}`, labelOf(kind, field, words)])}
    />
  );
}

/** Settings and figures that are shown nowhere while the lesson runs. */
export function HideTicks(choice: Choice) {
  const words = useText();
  const layout = useRun((s) => s.layout);
  return (
    <ByPart
      {...choice}
      title={words.t("lesson.author.ticks.hide")}
      entriesOf={(id, kind) => [
        ...fieldsOf(kind).map((field): Entry => [`values:${id}.${field.name}`, labelOf(kind, field, words)]),
        // A figure with a part is hidden by the whole of it.
        ...(layout?.nodes.find((node) => node.id === id)?.metrics ?? [])
          .filter((metric) => !metric.includes("."))
          .map((metric): Entry => [`values:${id}.${metric}`, metricInFull(metric, kind, words)]),
      ]}
    />
  );
}
