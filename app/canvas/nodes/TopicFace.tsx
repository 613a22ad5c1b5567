import { type ReactNode, useMemo, useRef } from "react";
import { groupsOf, type ScenarioNode } from "../../../engine/scenario/index.ts";
import { frames } from "../../bridge/index.ts";
import { useDocument } from "../../store/document.ts";
import { useText } from "../../text/index.ts";
import { mark, useLive, write } from "../live.ts";
import styles from "./Face.module.css";
import { Name } from "./Face.tsx";
import own from "./TopicBody.module.css";
import { GROUPS_SHOWN, LANES_MAX, letterOf, memberNames, placeIn } from "./topic-lanes.ts";

/** The systems whose topics are logs that groups read; what each calls the same thing stands under the same names in its table of texts. */
type LogSystem = "kafka" | "rocketmq";

/** How a lane is now. */
export interface LaneState {
  /** Offsets: the oldest that is kept, the next to be written, and up to where readers may see. NaN while unknown. */
  start: number;
  end: number;
  readable: number;
  isOffline: boolean;
  /** A failed message holds it. */
  isHeld?: boolean;
  /** Words before and behind the name of whoever reads it. */
  before?: string;
  behind?: string;
}

/** A partition or queue as its system tells it. */
export interface LaneTold {
  number: number | string;
  title: string;
  read(groups: readonly string[]): LaneState;
}

interface Props {
  node: ScenarioNode;
  system: LogSystem;
  lanes: number;
  /** @param lane its place, from 0 */
  laneOf(lane: number): LaneTold;
  /** Between the heading and the lanes. */
  children?: ReactNode;
}

/** A topic as lanes: what is kept, what readers may see of it, where each group is, and how far behind. */
export function TopicFace({ node, system, lanes, laneOf, children }: Props) {
  const { t, format } = useText();
  const { id } = node;
  // A text, so that the face is drawn again only when the groups are others.
  const names = useDocument((s) => groupsOf(s.scenario, id).join("\n"));
  const groups = useMemo(() => (names === "" ? [] : names.split("\n").sort()), [names]);
  const end = useRef<HTMLSpanElement>(null);
  const legend = useRef<HTMLSpanElement>(null);
  useLive(() => {
    const last = frames.metric(id, "endOffset");
    write(end.current, Number.isNaN(last) ? "" : format.count(last));
    const lags = groups.slice(0, GROUPS_SHOWN).map((group, index) => {
      const lag = frames.metric(id, `lag[${group}]`);
      const words = Number.isNaN(lag) ? "" : ` ${t(`${system}.face.lag`, { count: format.count(lag) })}`;
      // The flag of one group alone carries no letter.
      return `${groups.length > 1 ? `${letterOf(index)} ` : ""}${group}${words}`;
    });
    if (groups.length > GROUPS_SHOWN)
      lags.push(t(`${system}.face.moreGroups`, { count: groups.length - GROUPS_SHOWN }));
    const into = frames.metric(id, "produce.rate");
    if (groups.length === 0 && !Number.isNaN(into)) lags.push(format.perSecond(into));
    write(legend.current, lags.join(" · "));
  });
  return (
    <div className={`${styles.body} ${own.body}`} data-shape="lanes">
      <div className={styles.head}>
        <Name node={node} />
        <span ref={end} className={own.end} title={t(`${system}.face.end`)} />
      </div>
      {children}
      {lanes > LANES_MAX ? (
        <Sum id={id} system={system} lanes={lanes} groups={groups} />
      ) : (
        <div className={own.lanes}>
          {Array.from({ length: lanes }, (_, lane) => lane).map((lane) => (
            <Lane key={lane} topic={id} system={system} lane={lane} groups={groups} told={laneOf(lane)} />
          ))}
        </div>
      )}
      <span ref={legend} className={own.legend} />
    </div>
  );
}

interface LaneProps {
  topic: string;
  system: LogSystem;
  lane: number;
  groups: readonly string[];
  told: LaneTold;
}

function Lane({ topic, system, lane, groups, told }: LaneProps) {
  const { t, format } = useText();
  const readers = useDocument((s) =>
    groups.length === 1 ? memberNames(s.scenario, topic, groups[0] as string).join("\n") : "",
  );
  const row = useRef<HTMLDivElement>(null);
  const seen = useRef<HTMLElement>(null);
  const hidden = useRef<HTMLElement>(null);
  const flags = useRef(new Map<string, HTMLElement>());
  const lag = useRef<HTMLSpanElement>(null);
  const by = useRef<HTMLSpanElement>(null);
  useLive(() => {
    const { start, end, readable, isOffline, isHeld = false, before = "", behind = "" } = told.read(groups);
    mark(row.current, "data-offline", String(isOffline));
    mark(row.current, "data-trimmed", String(start > 0));
    mark(row.current, "data-suspended", String(isHeld));
    const percent = (offset: number) => `${(placeIn(start, end, offset) * 100).toFixed(1)}%`;
    const isKnown = !Number.isNaN(end);
    if (seen.current) seen.current.style.width = isKnown && end > start ? percent(readable) : "0";
    if (hidden.current) hidden.current.style.left = isKnown ? percent(readable) : "100%";
    const lags = groups.map((group, index) => {
      const position = frames.metric(topic, `position[${group}/${lane}]`);
      const flag = flags.current.get(group);
      if (flag) {
        // A flag at the very beginning would stand outside.
        flag.style.left = Number.isNaN(position) || !isKnown ? "0%" : `max(10px, ${percent(position)})`;
        mark(flag, "data-known", String(!Number.isNaN(position) && end > start));
      }
      const left = frames.metric(topic, `lag[${group}/${lane}]`);
      const figure = Number.isNaN(left) ? "–" : format.count(left);
      return groups.length === 1 ? figure : `${letterOf(index)}${figure}`;
    });
    write(lag.current, isOffline ? t(`${system}.face.offline`) : isKnown ? lags.slice(0, 2).join(" ") : "");
    const member = groups.length === 1 ? frames.metric(topic, `member[${groups[0]}/${lane}]`) : 0;
    const nobody = isKnown && groups.length === 1 ? t(`${system}.face.nobody`) : "";
    const parts = [before, readers.split("\n")[member - 1] ?? nobody, behind];
    write(by.current, parts.filter((part) => part !== "").join(" · "));
  });
  return (
    <div ref={row} className={own.lane} title={told.title}>
      <b className={own.number}>{told.number}</b>
      <span className={own.track}>
        <i ref={seen} className={own.seen} />
        <i ref={hidden} className={own.hidden} />
        <i className={own.trimmed} />
        {groups.map((group, index) => (
          <b
            key={group}
            ref={(element) => void (element ? flags.current.set(group, element) : flags.current.delete(group))}
            className={own.flag}
            title={group}
          >
            {groups.length > 1 ? letterOf(index) : ""}
          </b>
        ))}
        <span ref={by} className={own.by} />
      </span>
      <span ref={lag} className={own.lag} title={t(`${system}.face.lagTip`)} />
    </div>
  );
}

/** More lanes than can be told apart: what is kept of all of them. */
function Sum({ id, system, lanes, groups }: Pick<LaneProps, "system" | "groups"> & { id: string; lanes: number }) {
  const { t, format } = useText();
  const figures = useRef<HTMLSpanElement>(null);
  const worst = useRef<HTMLSpanElement>(null);
  useLive(() => {
    const length = frames.metric(id, "length");
    write(figures.current, Number.isNaN(length) ? "" : t(`${system}.face.kept`, { count: format.count(length) }));
    const most = groups.flatMap((group, index) => {
      let lane = -1;
      let lag = -1;
      for (let i = 0; i < lanes; i++) {
        const left = frames.metric(id, `lag[${group}/${i}]`);
        if (left > lag) [lane, lag] = [i, left];
      }
      return lag < 0 ? [] : [t(`${system}.face.worst`, { group: letterOf(index), lane, count: format.count(lag) })];
    });
    write(worst.current, most.slice(0, 2).join(" · "));
  });
  return (
    <div className={own.sum}>
      <span className={own.sumHead}>{t(`${system}.face.lanes`, { count: lanes })}</span>
      <span ref={figures} className={styles.small} />
      <span ref={worst} className={styles.small} />
    </div>
  );
}
