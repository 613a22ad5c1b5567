import { ArrowDown, Copy, FilterX, Pause, Play, Search } from "lucide-react";
import {
  type KeyboardEvent,
  type UIEvent,
  useDeferredValue,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { SPEEDS } from "../../../../engine/worker/protocol.ts";
import { useDocument } from "../../../store/document.ts";
import { useRun } from "../../../store/run.ts";
import { useView } from "../../../store/view.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { IconButton } from "../../shell/IconButton.tsx";
import { EventSentence, nameOf } from "./EventSentence.tsx";
import styles from "./Events.module.css";
import { asText, type EventFilter, isFiltering, NO_FILTER, passes, rowsInSight } from "./event-list.ts";
import { KINDS_SHOWN, weightOf } from "./sentence.ts";
import { useEvents } from "./use-events.ts";

/** Rows have one height, so that only those in sight need to exist. */
const ROW = 26;
/** Above this speed ordinary events are not kept one by one; the engine's own limit. */
const QUICK = 50;
const COPIED_MAX = 5000;

/** Everything that happened, as sentences: filter, hold, copy; a click leads to the node. */
export default function EventsPanel() {
  const words = useText();
  const { t, format } = words;
  const nodes = useDocument((s) => s.scenario.nodes);
  const speed = useRun((s) => s.speed);
  const select = useView((s) => s.select);
  const notify = useView((s) => s.notify);
  const [filter, setFilter] = useState<EventFilter>(NO_FILTER);
  const [isHeld, setHeld] = useState(false);
  const { events, missed } = useEvents({ hold: isHeld, ...(filter.node !== "" && { node: filter.node }) });
  const wanted = useDeferredValue(filter);
  const list = useMemo(
    () => (isFiltering(wanted) ? events.filter((event) => passes(event, wanted, words, nameOf)) : events),
    [events, wanted, words],
  );

  const box = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState({ top: 0, height: 200 });
  const follows = useRef(true);
  const [isAtEnd, setAtEnd] = useState(true);
  const [active, setActive] = useState<number | null>(null);
  const base = useId();
  const count = list.length;
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    if (follows.current && count > 0) element.scrollTop = element.scrollHeight;
    setSight({ top: element.scrollTop, height: element.clientHeight });
  }, [count]);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const watch = new ResizeObserver(() => setSight({ top: element.scrollTop, height: element.clientHeight }));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const scroll = (event: UIEvent<HTMLDivElement>) => {
    const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
    setSight({ top: scrollTop, height: clientHeight });
    follows.current = scrollHeight - scrollTop - clientHeight < ROW;
    setAtEnd(follows.current);
  };
  const toEnd = () => {
    follows.current = true;
    setAtEnd(true);
    box.current?.scrollTo({ top: box.current.scrollHeight });
  };
  const goTo = (index: number) => {
    const at = Math.max(0, Math.min(count - 1, index));
    setActive(at);
    const element = box.current;
    if (element === null) return;
    follows.current = at === count - 1;
    if (at * ROW < element.scrollTop) element.scrollTop = at * ROW;
    else if ((at + 1) * ROW > element.scrollTop + element.clientHeight)
      element.scrollTop = (at + 1) * ROW - element.clientHeight;
  };
  const press = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(sight.height / ROW) - 1);
    const from = active ?? count;
    const to: Record<string, number> = {
      ArrowDown: from + 1,
      ArrowUp: from - 1,
      PageDown: from + page,
      PageUp: from - page,
      Home: 0,
      End: count - 1,
    };
    const next = to[event.key];
    if (next !== undefined && count > 0) {
      event.preventDefault();
      goTo(next);
    } else if (event.key === "Enter" && active !== null) {
      const node = list[active]?.node;
      if (node) select({ nodes: [node] });
    }
  };
  const copy = async () => {
    const copied = list.slice(-COPIED_MAX);
    try {
      await navigator.clipboard.writeText(asText(copied, words, nameOf));
      notify({ tone: "success", key: "panels.dock.events.copied", facts: { count: copied.length } });
    } catch {
      notify({ tone: "error", key: "panels.dock.events.copyFailed" });
    }
  };
  const { first, end } = rowsInSight(count, ROW, sight.top, sight.height);
  const isActiveInSight = active !== null && active >= first && active < end;
  return (
    <div className={styles.panel}>
      <div className={styles.bar}>
        <label className={styles.find}>
          <Search size={14} aria-hidden />
          <input
            type="search"
            className={styles.findInput}
            aria-label={t("panels.dock.events.search")}
            placeholder={t("panels.dock.events.search")}
            value={filter.text}
            onChange={(event) => setFilter({ ...filter, text: event.target.value })}
          />
        </label>
        <select
          className={`${controls.select} ${styles.menu}`}
          aria-label={t("panels.dock.events.node")}
          value={filter.node}
          onChange={(event) => setFilter({ ...filter, node: event.target.value })}
        >
          <option value="">{t("panels.dock.events.anyNode")}</option>
          {nodes.map((node) => (
            <option key={node.id} value={node.id}>
              {node.name}
            </option>
          ))}
        </select>
        <select
          className={`${controls.select} ${styles.menu}`}
          aria-label={t("panels.dock.events.kind")}
          value={filter.kind}
          onChange={(event) => setFilter({ ...filter, kind: event.target.value })}
        >
          <option value="">{t("panels.dock.events.anyKind")}</option>
          {KINDS_SHOWN.map((kind) => (
            <option key={kind} value={kind}>
              {t(`events.kinds.${kind}`)}
            </option>
          ))}
        </select>
        {isFiltering(filter) && (
          <IconButton label={t("panels.dock.events.clear")} onClick={() => setFilter(NO_FILTER)}>
            <FilterX size={16} />
          </IconButton>
        )}
        <span className={styles.count}>{t("panels.dock.events.count", { count })}</span>
        <IconButton
          label={t(isHeld ? "panels.dock.events.resume" : "panels.dock.events.pause")}
          aria-pressed={isHeld}
          onClick={() => setHeld(!isHeld)}
        >
          {isHeld ? <Play size={16} /> : <Pause size={16} />}
        </IconButton>
        <IconButton label={t("panels.dock.events.copy")} disabled={count === 0} onClick={copy}>
          <Copy size={16} />
        </IconButton>
      </div>
      {(missed > 0 || isHeld || speed > QUICK || speed === SPEEDS.at(-1)) && (
        <p className={styles.remark}>
          {isHeld
            ? t("panels.dock.events.held")
            : missed > 0
              ? t("events.missed", { n: format.number(missed) })
              : t("panels.dock.events.quick")}
        </p>
      )}
      {count === 0 && (
        <p className={styles.empty}>
          {t(isFiltering(filter) ? "panels.dock.events.noneMatch" : "panels.dock.events.none")}
        </p>
      )}
      <div
        ref={box}
        className={styles.list}
        role="listbox"
        tabIndex={0}
        aria-label={t("panels.dock.events.list")}
        aria-activedescendant={isActiveInSight ? `${base}-${active}` : undefined}
        hidden={count === 0}
        onScroll={scroll}
        onKeyDown={press}
      >
        <div style={{ height: count * ROW }} role="presentation">
          {list.slice(first, end).map((event, offset) => {
            const index = first + offset;
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the list, which names the active row
              // biome-ignore lint/a11y/useFocusableInteractive: the focus stays on the list
              <div
                key={event.n}
                id={`${base}-${index}`}
                role="option"
                aria-selected={index === active}
                aria-posinset={index + 1}
                aria-setsize={count}
                className={styles.row}
                data-weight={weightOf(event.kind)}
                style={{ transform: `translateY(${index * ROW}px)` }}
                onClick={() => {
                  setActive(index);
                  if (event.node !== "") select({ nodes: [event.node] });
                }}
              >
                <span className={styles.time}>{format.clock(event.t)}</span>
                <span className={styles.kind}>{words.find(`events.kinds.${event.kind}`) ?? event.kind}</span>
                <span className={styles.sentence}>
                  <EventSentence event={event} plain />
                </span>
              </div>
            );
          })}
        </div>
      </div>
      {!isAtEnd && count > 0 && (
        <button type="button" className={`${controls.button} ${styles.toEnd}`} onClick={toEnd}>
          <ArrowDown size={14} aria-hidden />
          {t("panels.dock.events.newest")}
        </button>
      )}
    </div>
  );
}
