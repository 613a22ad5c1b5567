import { useMemo, useRef } from "react";
import { brokerOf, groupsOf, type ScenarioNode, settingsAs } from "../../../engine/scenario/index.ts";
import { frames } from "../../bridge/index.ts";
import { warnOfMovingKeys } from "../../panels/shell/keys-move.ts";
import { useDocument } from "../../store/document.ts";
import { useText } from "../../text/index.ts";
import { mark, useLive, write } from "../live.ts";
import styles from "./Face.module.css";
import { Name } from "./Face.tsx";
import own from "./TopicBody.module.css";
import { GROUPS_SHOWN, LANES_MAX, letterOf, memberNames, placeIn } from "./topic-lanes.ts";

// With the first topic that is drawn.
warnOfMovingKeys();

/** A topic as lanes, one a partition: what is kept, what readers may see of it, where each group is, and how far behind. */
export default function TopicBody({ node }: { node: ScenarioNode }) {
  const { t, format } = useText();
  const { id } = node;
  const { partitions, replication } = settingsAs("topic", node);
  // A text, so that the face is drawn again only when the groups are others.
  const names = useDocument((s) => groupsOf(s.scenario, id).join("\n"));
  const groups = useMemo(() => (names === "" ? [] : names.split("\n").sort()), [names]);
  const isReplicated = useDocument((s) => {
    const cluster = brokerOf(s.scenario, node);
    return cluster !== undefined && settingsAs("cluster", cluster).brokers > 1;
  });
  const end = useRef<HTMLSpanElement>(null);
  const legend = useRef<HTMLSpanElement>(null);
  useLive(() => {
    const last = frames.metric(id, "endOffset");
    write(end.current, Number.isNaN(last) ? "" : format.count(last));
    const lags = groups.slice(0, GROUPS_SHOWN).map((group, index) => {
      const lag = frames.metric(id, `lag[${group}]`);
      return `${letterOf(index)} ${group}${Number.isNaN(lag) ? "" : ` ${t("kafka.face.lag", { count: format.count(lag) })}`}`;
    });
    if (groups.length > GROUPS_SHOWN) lags.push(t("kafka.face.moreGroups", { count: groups.length - GROUPS_SHOWN }));
    const into = frames.metric(id, "produce.rate");
    if (groups.length === 0 && !Number.isNaN(into)) lags.push(format.perSecond(into));
    write(legend.current, lags.join(" · "));
  });
  return (
    <div className={`${styles.body} ${own.body}`} data-shape="lanes">
      <div className={styles.head}>
        <Name node={node} />
        <span ref={end} className={own.end} title={t("kafka.face.end")} />
      </div>
      {partitions > LANES_MAX ? (
        <Sum id={id} partitions={partitions} groups={groups} />
      ) : (
        <div className={own.lanes}>
          {Array.from({ length: partitions }, (_, i) => i).map((partition) => (
            <Lane
              key={partition}
              topic={id}
              partition={partition}
              groups={groups}
              replicas={isReplicated ? replication : 0}
            />
          ))}
        </div>
      )}
      <span ref={legend} className={own.legend} />
    </div>
  );
}

function Lane(props: { topic: string; partition: number; groups: readonly string[]; replicas: number }) {
  const { topic, partition, groups, replicas } = props;
  const { t, format } = useText();
  const readers = useDocument((s) =>
    groups.length === 1 ? memberNames(s.scenario, topic, groups[0] as string).join("\n") : "",
  );
  const lane = useRef<HTMLDivElement>(null);
  const seen = useRef<HTMLElement>(null);
  const hidden = useRef<HTMLElement>(null);
  const flags = useRef(new Map<string, HTMLElement>());
  const lag = useRef<HTMLSpanElement>(null);
  const by = useRef<HTMLSpanElement>(null);
  useLive(() => {
    const read = (name: string) => frames.metric(topic, `${name}[${partition}]`);
    const [start, high, last, leader] = [read("startOffset"), read("highWatermark"), read("endOffset"), read("leader")];
    mark(lane.current as Element, "data-offline", String(leader === 0));
    mark(lane.current as Element, "data-trimmed", String(start > 0));
    const percent = (offset: number) => `${(placeIn(start, last, offset) * 100).toFixed(1)}%`;
    const isKnown = !Number.isNaN(last);
    if (seen.current) seen.current.style.width = isKnown && last > start ? percent(high) : "0";
    if (hidden.current) hidden.current.style.left = isKnown ? percent(high) : "100%";
    const behind = groups.map((group, index) => {
      const position = frames.metric(topic, `position[${group}/${partition}]`);
      const flag = flags.current.get(group);
      if (flag) {
        // A flag at the very beginning would stand outside.
        flag.style.left = Number.isNaN(position) || !isKnown ? "0%" : `max(10px, ${percent(position)})`;
        mark(flag, "data-known", String(!Number.isNaN(position) && last > start));
      }
      const left = frames.metric(topic, `lag[${group}/${partition}]`);
      const figure = Number.isNaN(left) ? "–" : format.count(left);
      return groups.length === 1 ? figure : `${letterOf(index)}${figure}`;
    });
    write(lag.current, leader === 0 ? t("kafka.face.offline") : isKnown ? behind.slice(0, 2).join(" ") : "");
    const parts: string[] = [];
    if (replicas > 1 && leader > 0) parts.push(t("kafka.face.leader", { leader, isr: read("isr"), of: replicas }));
    const member = groups.length === 1 ? frames.metric(topic, `member[${groups[0]}/${partition}]`) : 0;
    const reader = readers.split("\n")[member - 1];
    if (reader !== undefined) parts.push(reader);
    else if (isKnown && groups.length === 1) parts.push(t("kafka.face.nobody"));
    write(by.current, parts.join(" · "));
  });
  return (
    <div ref={lane} className={own.lane} title={t("kafka.face.partition", { partition })}>
      <b className={own.number}>{partition}</b>
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
      <span ref={lag} className={own.lag} title={t("kafka.face.lagTip")} />
    </div>
  );
}

/** More partitions than can be told apart: what is kept of all of them. */
function Sum({ id, partitions, groups }: { id: string; partitions: number; groups: readonly string[] }) {
  const { t, format } = useText();
  const figures = useRef<HTMLSpanElement>(null);
  const worst = useRef<HTMLSpanElement>(null);
  useLive(() => {
    const length = frames.metric(id, "length");
    write(figures.current, Number.isNaN(length) ? "" : t("kafka.face.records", { count: format.count(length) }));
    const most = groups.map((group, index) => {
      let partition = -1;
      let lag = -1;
      for (let i = 0; i < partitions; i++) {
        const own = frames.metric(id, `lag[${group}/${i}]`);
        if (own > lag) [partition, lag] = [i, own];
      }
      return lag < 0 ? "" : t("kafka.face.worst", { group: letterOf(index), partition, count: format.count(lag) });
    });
    write(
      worst.current,
      most
        .filter((text) => text !== "")
        .slice(0, 2)
        .join(" · "),
    );
  });
  return (
    <div className={own.sum}>
      <span className={own.sumHead}>{t("kafka.face.partitions", { count: partitions })}</span>
      <span ref={figures} className={styles.small} />
      <span ref={worst} className={styles.small} />
    </div>
  );
}
