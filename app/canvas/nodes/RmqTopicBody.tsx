import { useMemo, useRef } from "react";
import { brokerOf, groupsOf, lanesOf, type ScenarioNode, settingsAs } from "../../../engine/scenario/index.ts";
import { frames } from "../../bridge/index.ts";
import { useDocument } from "../../store/document.ts";
import { useText } from "../../text/index.ts";
import { mark, useLive, write } from "../live.ts";
import styles from "./Face.module.css";
import { Name } from "./Face.tsx";
import own from "./TopicBody.module.css";
import { GROUPS_SHOWN, LANES_MAX, letterOf, memberNames, placeIn } from "./topic-lanes.ts";

const NO_BREAK = "\u00a0";

/** A RocketMQ topic as lanes, one a queue; what waits for its time or for a commit is in none of them and stands above. */
export default function RmqTopicBody({ node }: { node: ScenarioNode }) {
  const { t, format } = useText();
  const { id } = node;
  const { queues, messageType } = settingsAs("rmqTopic", node);
  const lanes = useDocument((s) => lanesOf(s.scenario, node));
  // A text, so that the face is drawn again only when the groups are others.
  const names = useDocument((s) => groupsOf(s.scenario, id).join("\n"));
  const groups = useMemo(() => (names === "" ? [] : names.split("\n").sort()), [names]);
  const end = useRef<HTMLSpanElement>(null);
  const hidden = useRef<HTMLSpanElement>(null);
  const legend = useRef<HTMLSpanElement>(null);
  useLive(() => {
    const read = (name: string) => frames.metric(id, name);
    const last = read("endOffset");
    write(end.current, Number.isNaN(last) ? "" : format.count(last));
    const held: string[] = [];
    if (read("delayed") > 0) held.push(t("rocketmq.face.delayed", { count: format.count(read("delayed")) }));
    if (messageType === "transaction" && !Number.isNaN(last)) {
      held.push(t("rocketmq.face.half", { count: format.count(read("half")) }));
      const [commit, rollback] = [format.count(read("commit.total")), format.count(read("rollback.total"))];
      held.push(t("rocketmq.face.ends", { commit, rollback }));
      const checks = read("check.total");
      if (checks > 0) held.push(t("rocketmq.face.checks", { count: checks, shown: format.count(checks) }));
    }
    // A line may end between two figures, not within one.
    const figures = held.join(" · ").split(" · ");
    write(hidden.current, figures.map((words) => words.replaceAll(" ", NO_BREAK)).join(" · "));
    mark(hidden.current as Element, "data-shown", String(held.length > 0));
    const lags = groups.slice(0, GROUPS_SHOWN).map((group, index) => {
      const lag = read(`lag[${group}]`);
      const words = Number.isNaN(lag) ? "" : ` ${t("rocketmq.face.lag", { count: format.count(lag) })}`;
      return `${letterOf(index)} ${group}${words}`;
    });
    if (groups.length > GROUPS_SHOWN) lags.push(t("rocketmq.face.moreGroups", { count: groups.length - GROUPS_SHOWN }));
    if (groups.length === 0 && !Number.isNaN(read("produce.rate"))) lags.push(format.perSecond(read("produce.rate")));
    write(legend.current, lags.join(" · "));
  });
  return (
    <div className={`${styles.body} ${own.body}`} data-shape="lanes">
      <div className={styles.head}>
        <Name node={node} />
        <span ref={end} className={own.end} title={t("rocketmq.face.end")} />
      </div>
      <span ref={hidden} className={own.held} />
      {lanes > LANES_MAX ? (
        <Sum id={id} lanes={lanes} groups={groups} />
      ) : (
        <div className={own.lanes}>
          {Array.from({ length: lanes }, (_, i) => i).map((lane) => (
            <Lane key={lane} topic={node} lane={lane} queues={queues} groups={groups} />
          ))}
        </div>
      )}
      <span ref={legend} className={own.legend} />
    </div>
  );
}

function Lane(props: { topic: ScenarioNode; lane: number; queues: number; groups: readonly string[] }) {
  const { topic, lane, queues, groups } = props;
  const { id } = topic;
  const { t, format } = useText();
  const readers = useDocument((s) =>
    groups.length === 1 ? memberNames(s.scenario, id, groups[0] as string).join("\n") : "",
  );
  const masters = useDocument((s) => {
    const brokers = brokerOf(s.scenario, topic);
    return brokers === undefined ? 1 : settingsAs("brokerSet", brokers).masters;
  });
  const row = useRef<HTMLDivElement>(null);
  const stored = useRef<HTMLElement>(null);
  const flags = useRef(new Map<string, HTMLElement>());
  const lag = useRef<HTMLSpanElement>(null);
  const by = useRef<HTMLSpanElement>(null);
  useLive(() => {
    const read = (name: string) => frames.metric(id, `${name}[${lane}]`);
    const of = (name: string, group: string) => frames.metric(id, `${name}[${group}/${lane}]`);
    const [start, last, offline] = [read("startOffset"), read("endOffset"), read("offline")];
    mark(row.current as Element, "data-offline", String(offline === 1));
    mark(row.current as Element, "data-trimmed", String(start > 0));
    mark(row.current as Element, "data-suspended", String(groups.some((group) => of("suspended", group) === 1)));
    const percent = (offset: number) => `${(placeIn(start, last, offset) * 100).toFixed(1)}%`;
    const isKnown = !Number.isNaN(last);
    if (stored.current) stored.current.style.width = isKnown && last > start ? "100%" : "0";
    const behind = groups.map((group, index) => {
      const position = of("position", group);
      const flag = flags.current.get(group);
      if (flag) {
        // A flag at the very beginning would stand outside.
        flag.style.left = Number.isNaN(position) || !isKnown ? "0%" : `max(10px, ${percent(position)})`;
        mark(flag, "data-known", String(!Number.isNaN(position) && last > start));
      }
      const left = of("lag", group);
      const figure = Number.isNaN(left) ? "–" : format.count(left);
      return groups.length === 1 ? figure : `${letterOf(index)}${figure}`;
    });
    write(lag.current, offline === 1 ? t("rocketmq.face.offline") : isKnown ? behind.slice(0, 2).join(" ") : "");
    const parts: string[] = [];
    const member = groups.length === 1 ? frames.metric(id, `member[${groups[0]}/${lane}]`) : 0;
    const reader = readers.split("\n")[member - 1];
    if (reader !== undefined) parts.push(reader);
    else if (isKnown && groups.length === 1) parts.push(t("rocketmq.face.nobody"));
    if (groups.some((group) => of("suspended", group) === 1)) parts.push(t("rocketmq.face.suspended"));
    write(by.current, parts.join(" · "));
  });
  const queue = lane % queues;
  const broker = "abc"[Math.floor(lane / queues)] ?? "";
  const title = masters > 1 ? t("rocketmq.face.queueAt", { queue, broker }) : t("rocketmq.face.queue", { queue });
  return (
    <div ref={row} className={own.lane} title={title}>
      <b className={own.number}>{masters > 1 ? `${broker}${queue}` : queue}</b>
      <span className={own.track}>
        <i ref={stored} className={own.seen} />
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
      <span ref={lag} className={own.lag} title={t("rocketmq.face.lagTip")} />
    </div>
  );
}

/** More queues than can be told apart: what is kept of all of them. */
function Sum({ id, lanes, groups }: { id: string; lanes: number; groups: readonly string[] }) {
  const { t, format } = useText();
  const figures = useRef<HTMLSpanElement>(null);
  const worst = useRef<HTMLSpanElement>(null);
  useLive(() => {
    const length = frames.metric(id, "length");
    write(figures.current, Number.isNaN(length) ? "" : t("rocketmq.face.messages", { count: format.count(length) }));
    const most = groups.flatMap((group, index) => {
      let queue = -1;
      let lag = -1;
      for (let i = 0; i < lanes; i++) {
        const left = frames.metric(id, `lag[${group}/${i}]`);
        if (left > lag) [queue, lag] = [i, left];
      }
      return lag < 0 ? [] : [t("rocketmq.face.worst", { group: letterOf(index), queue, count: format.count(lag) })];
    });
    write(worst.current, most.slice(0, 2).join(" · "));
  });
  return (
    <div className={own.sum}>
      <span className={own.sumHead}>{t("rocketmq.face.queues", { count: lanes })}</span>
      <span ref={figures} className={styles.small} />
      <span ref={worst} className={styles.small} />
    </div>
  );
}
