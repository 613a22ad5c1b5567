import { ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import { mayChange } from "../../../engine/lesson/index.ts";
import { alternateOf, deadLetterOf, type Scenario } from "../../../engine/scenario/index.ts";
import { useDocument } from "../../store/document.ts";
import { useLesson } from "../../store/lesson.ts";
import { useText } from "../../text/index.ts";
import { FieldRow } from "./FieldRow.tsx";
import styles from "./Inspector.module.css";
import { type FieldState, fieldStates, type Item, isNode, itemOf, useEdit } from "./use-edit.ts";
import { labelOf } from "./words.ts";

/** The node that a drawn link names for a setting, when there is such a link: then the link decides. */
function decidedBy(scenario: Scenario, item: Item | undefined, field: string): string | undefined {
  if (item === undefined || !isNode(item)) return undefined;
  const edge =
    item.kind === "queue" && (field === "deadLetterExchange" || field === "deadLetterKey")
      ? deadLetterOf(scenario, item)?.edge
      : item.kind === "exchange" && field === "alternate"
        ? alternateOf(scenario, item)?.edge
        : undefined;
  return scenario.nodes.find((node) => node.id === edge?.to)?.name;
}

/** A setting that a lesson keeps to itself. */
function HiddenRow({ state }: { state: FieldState }) {
  const words = useText();
  return (
    <p className={styles.hint} data-field={state.field.name}>
      {labelOf(state.kind, state.field, words)}: {words.t("lesson.hiddenField")}
    </p>
  );
}

/** The form of one or several nodes or edges: every field of the schema that has a meaning now. */
export function Settings({ ids, disabled }: { ids: readonly string[]; disabled: boolean }) {
  const { t } = useText();
  const scenario = useDocument((s) => s.scenario);
  const edit = useEdit(ids);
  const restrictions = useDocument((s) => s.restrictions);
  const masked = useLesson((s) => s.masked);
  const [isAdvanced, setAdvanced] = useState(false);
  const key = ids.join(" ");
  const states = useMemo(() => {
    const items = key.split(" ").flatMap((id) => itemOf(scenario, id) ?? []);
    return fieldStates(scenario, items);
  }, [scenario, key]);
  const single = ids.length === 1 ? itemOf(scenario, ids[0] ?? "") : undefined;
  const basic = states.filter(({ field }) => field.group === "basic");
  const advanced = states.filter(({ field }) => field.group === "advanced");
  const changed = advanced.filter((state) => state.changed).length;
  const row = (state: FieldState) => {
    const path = (id: string) => `${id}.${state.field.name}`;
    if (ids.some((id) => masked.has(path(id)))) return <HiddenRow key={`${key} ${state.field.name}`} state={state} />;
    const isLocked = restrictions !== null && ids.some((id) => !mayChange(restrictions, id, state.field.name));
    const name = decidedBy(scenario, single, state.field.name);
    return (
      <FieldRow
        key={`${key} ${state.field.name}`}
        state={state}
        edit={edit}
        disabled={disabled || isLocked || state.field.imported === true}
        note={
          isLocked ? t("lesson.lockedField") : name === undefined ? undefined : t("panels.inspector.decides", { name })
        }
        path={ids.length === 1 ? path(key) : undefined}
        around={(other) => states.find(({ field }) => field.name === other)?.value ?? null}
      />
    );
  };
  if (states.length === 0)
    return (
      <p className={styles.empty}>
        {t(ids.length > 1 ? "panels.inspector.noShared" : "panels.inspector.nothingToSet")}
      </p>
    );
  return (
    <>
      <div className={styles.fields}>{basic.map(row)}</div>
      {advanced.length > 0 && (
        <section className={styles.advanced}>
          <button
            type="button"
            className={styles.fold}
            aria-expanded={isAdvanced}
            onClick={() => setAdvanced(!isAdvanced)}
          >
            <ChevronRight size={14} aria-hidden />
            {changed > 0 ? t("panels.inspector.advanced", { count: changed }) : t("panels.inspector.advancedNone")}
          </button>
          {isAdvanced && <div className={styles.fields}>{advanced.map(row)}</div>}
        </section>
      )}
    </>
  );
}
