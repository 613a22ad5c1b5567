import { ArrowDown } from "lucide-react";
import {
  type KeyboardEvent,
  type UIEvent,
  useDeferredValue,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { NO_FILTER, useLife } from "../../../store/life.ts";
import { useView } from "../../../store/view.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { download } from "../../dialogs/download.ts";
import { useIsQuick } from "../messages/quick.ts";
import { EventDetail } from "./EventDetail.tsx";
import { EventSentence, nameOf } from "./EventSentence.tsx";
import styles from "./Events.module.css";
import { EventsBar } from "./EventsBar.tsx";
import { asJsonLines, asText, isFiltering, passes, rowsInSight } from "./event-list.ts";
import { weightOf } from "./sentence.ts";
import { useEvents } from "./use-events.ts";

/** Rows have one height, so that only those in sight need to exist; under a finger they are higher. */
const ROW = matchMedia("(pointer: coarse)").matches ? 40 : 26;
const COPIED_MAX = 5000;

/** Everything that happened, as sentences: filter, hold, copy; a click leads to the node. */
export default function EventsPanel() {
  const words = useText();
  const { t, format } = words;
  const isQuick = useIsQuick();
  const select = useView((s) => s.select);
  const notify = useView((s) => s.notify);
  const own = useLife((s) => s.filter);
  const followsSelection = useLife((s) => s.followsSelection);
  const selected = useView((s) => s.selection.nodes[0]);
  const filter = useMemo(
    () => (followsSelection && selected !== undefined ? { ...own, node: selected } : own),
    [own, followsSelection, selected],
  );
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
  const chosenRow = useRef(active);
  chosenRow.current = active;
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
    let before = element.clientHeight;
    const watch = new ResizeObserver(() => {
      // The line about the chosen event takes its room from the list: what was in sight at its end stays so.
      const end = chosenRow.current === null ? 0 : (chosenRow.current + 1) * ROW;
      const bottom = element.scrollTop + element.clientHeight;
      if (follows.current) element.scrollTop = element.scrollHeight;
      else if (end > bottom && end <= element.scrollTop + before) element.scrollTop += end - bottom;
      before = element.clientHeight;
      setSight({ top: element.scrollTop, height: element.clientHeight });
    });
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
  const goTo = (index: number, inMiddle = false) => {
    const at = Math.max(0, Math.min(count - 1, index));
    setActive(at);
    const element = box.current;
    if (element === null) return;
    follows.current = at === count - 1;
    if (inMiddle) element.scrollTop = Math.max(0, at * ROW - element.clientHeight / 2);
    else if (at * ROW < element.scrollTop) element.scrollTop = at * ROW;
    else if ((at + 1) * ROW > element.scrollTop + element.clientHeight)
      element.scrollTop = (at + 1) * ROW - element.clientHeight;
  };
  // A place in the list means another event once the list is narrowed otherwise.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the filter decides
  useEffect(() => setActive(null), [wanted]);
  // Whoever shows an event here wants to see it: where it stands, or without what hides it.
  const shown = useLife((s) => s.event);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is looked for again as long as the list grows
  useEffect(() => {
    if (shown === 0 || count === 0) return;
    const index = list.findIndex(({ n }) => n === shown);
    if (index < 0) {
      const isOutOfSight = isFiltering(own) && events.some(({ n }) => n === shown);
      if (isOutOfSight) useLife.setState({ filter: NO_FILTER, followsSelection: false });
      return;
    }
    useLife.setState({ event: 0 });
    goTo(index, true);
  }, [shown, count, events]);
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
  const chosen = active === null ? undefined : list[active];
  const isActiveInSight = active !== null && active >= first && active < end;
  return (
    <div className={styles.panel}>
      <EventsBar
        filter={filter}
        count={count}
        all={events.length}
        isHeld={isHeld}
        onHold={() => setHeld(!isHeld)}
        onCopy={copy}
        onExport={() => download("weir-events.jsonl", asJsonLines(list, nameOf), "application/jsonl")}
      />
      {(missed > 0 || isHeld || isQuick) && (
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
      <div className={styles.listBox} hidden={count === 0}>
        <div
          ref={box}
          className={styles.list}
          role="listbox"
          tabIndex={0}
          aria-label={t("panels.dock.events.list")}
          aria-activedescendant={isActiveInSight ? `${base}-${active}` : undefined}
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
                  style={{ height: ROW, transform: `translateY(${index * ROW}px)` }}
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
      {chosen !== undefined && <EventDetail event={chosen} />}
    </div>
  );
}
