import { Copy, FileDown, FilterX, Hash, LocateFixed, Pause, Play, Search, X } from "lucide-react";
import type { ReactNode } from "react";
import { useDocument } from "../../../store/document.ts";
import { type EventFilter, NO_FILTER, useLife } from "../../../store/life.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { IconButton } from "../../shell/IconButton.tsx";
import styles from "./Events.module.css";
import { isFiltering } from "./event-list.ts";
import { GROUPS, groupFilter, KIND_GROUPS } from "./kind-groups.ts";

interface Props {
  filter: EventFilter;
  /** Events listed, and of how many. */
  count: number;
  all: number;
  isHeld: boolean;
  onHold(): void;
  onCopy(): void;
  onExport(): void;
}

const change = (part: Partial<EventFilter>) => useLife.setState((s) => ({ filter: { ...s.filter, ...part } }));

/** What the list is narrowed to, how much is left of it, and what can be done with it. */
export function EventsBar({ filter, count, all, isHeld, onHold, onCopy, onExport }: Props) {
  const { t, format } = useText();
  const followsSelection = useLife((s) => s.followsSelection);
  const nodes = useDocument((s) => s.scenario.nodes);
  return (
    <div className={styles.bar}>
      <label className={styles.find}>
        <Search size={14} aria-hidden />
        <input
          type="search"
          className={styles.findInput}
          aria-label={t("panels.dock.events.search")}
          placeholder={t("panels.dock.events.search")}
          value={filter.text}
          onChange={(event) => change({ text: event.target.value })}
        />
      </label>
      <label className={styles.number}>
        <Hash size={14} aria-hidden />
        <input
          className={styles.findInput}
          inputMode="numeric"
          aria-label={t("panels.dock.events.message")}
          placeholder={t("panels.dock.events.messageShort")}
          value={filter.message > 0 ? String(filter.message) : ""}
          onChange={(event) => change({ message: Number(event.target.value.replace(/\D/g, "").slice(0, 9)) })}
        />
      </label>
      <select
        className={`${controls.select} ${styles.menu}`}
        aria-label={t("panels.dock.events.node")}
        value={filter.node}
        disabled={followsSelection}
        onChange={(event) => change({ node: event.target.value })}
      >
        <option value="">{t("panels.dock.events.anyNode")}</option>
        {nodes.map((node) => (
          <option key={node.id} value={node.id}>
            {node.name}
          </option>
        ))}
      </select>
      <IconButton
        label={t("panels.dock.events.followSelection")}
        aria-pressed={followsSelection}
        onClick={() => useLife.setState({ followsSelection: !followsSelection })}
      >
        <LocateFixed size={16} />
      </IconButton>
      <KindMenu value={filter.kind} />
      <Narrowed filter={filter} />
      {isFiltering(filter) && (
        <IconButton
          label={t("panels.dock.events.clear")}
          onClick={() => useLife.setState({ filter: NO_FILTER, followsSelection: false })}
        >
          <FilterX size={16} />
        </IconButton>
      )}
      <span className={styles.count}>
        {count === all
          ? t("panels.dock.events.count", { count })
          : t("panels.dock.events.countOf", { n: format.number(count), all: format.number(all) })}
      </span>
      <IconButton
        label={t(isHeld ? "panels.dock.events.resume" : "panels.dock.events.pause")}
        aria-pressed={isHeld}
        onClick={onHold}
      >
        {isHeld ? <Play size={16} /> : <Pause size={16} />}
      </IconButton>
      <IconButton label={t("panels.dock.events.copy")} disabled={count === 0} onClick={onCopy}>
        <Copy size={16} />
      </IconButton>
      <IconButton label={t("panels.dock.events.export")} disabled={count === 0} onClick={onExport}>
        <FileDown size={16} />
      </IconButton>
    </div>
  );
}

/** Kinds in their groups, each group also as a whole. */
function KindMenu({ value }: { value: string }) {
  const { t, find } = useText();
  return (
    <select
      className={`${controls.select} ${styles.menu}`}
      aria-label={t("panels.dock.events.kind")}
      value={value}
      onChange={(event) => change({ kind: event.target.value })}
    >
      <option value="">{t("panels.dock.events.anyKind")}</option>
      {GROUPS.map((group) => {
        const label = t(`panels.dock.events.groups.${group}`);
        return (
          <optgroup key={group} label={label}>
            <option value={groupFilter(group)}>{t("panels.dock.events.wholeGroup", { group: label })}</option>
            {KIND_GROUPS[group].map((kind) => (
              <option key={kind} value={kind}>
                {find(`events.kinds.${kind}`)}
              </option>
            ))}
          </optgroup>
        );
      })}
    </select>
  );
}

/** The reason that the ledger led here with; it has no field of its own, so it can only be taken away. */
function Narrowed({ filter }: { filter: EventFilter }) {
  const { t, find } = useText();
  if (filter.reason === "") return null;
  const reason: ReactNode = find(`events.reasons.${filter.reason}`) ?? filter.reason;
  return (
    <span className={styles.reason}>
      {reason}
      <IconButton label={t("panels.dock.events.anyReason")} onClick={() => change({ reason: "" })}>
        <X size={14} />
      </IconButton>
    </span>
  );
}
