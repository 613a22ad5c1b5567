import { useMemo, useRef } from "react";
import { groupsOf, type ScenarioNode } from "../../../engine/scenario/index.ts";
import { frames } from "../../bridge/index.ts";
import { useDocument } from "../../store/document.ts";
import { useText } from "../../text/index.ts";
import { mark, useLive, write } from "../live.ts";
import styles from "./Face.module.css";
import { Name } from "./Face.tsx";
import own from "./StreamBody.module.css";
import { letterOf, placeIn } from "./topic-lanes.ts";

/** Groups that have a line of their own on the face. */
const SHOWN = 2;

/** The log as a lane: where it begins, how far each group has read, and how many entries lie between it and the end. */
export default function StreamBody({ node }: { node: ScenarioNode }) {
  const { t, format } = useText();
  const { id } = node;
  // A text, so that the face is drawn again only when the groups are others.
  const names = useDocument((s) => groupsOf(s.scenario, id).join("\n"));
  const groups = useMemo(() => (names === "" ? [] : names.split("\n")), [names]);
  const end = useRef<HTMLSpanElement>(null);
  const trimmed = useRef<HTMLElement>(null);
  const flags = useRef(new Map<string, HTMLElement>());
  const lags = useRef(new Map<string, HTMLElement>());
  const total = useRef<HTMLSpanElement>(null);
  useLive(() => {
    const length = frames.metric(id, "length");
    const last = frames.metric(id, "endOffset");
    const isTrimmed = last > length;
    write(end.current, Number.isNaN(last) ? "" : format.count(last));
    if (trimmed.current) mark(trimmed.current, "data-trimmed", String(isTrimmed));
    for (const group of groups) {
      const lag = frames.metric(id, `lag[${group}]`);
      const pending = frames.metric(id, `pending[${group}]`);
      const flag = flags.current.get(group);
      const place = Number.isNaN(last) ? 1 : placeIn(isTrimmed ? last - length : 0, last, last - (lag || 0));
      if (flag) flag.style.left = `${(place * 100).toFixed(1)}%`;
      const figures = Number.isNaN(lag) ? "" : `${format.count(lag)} · ${format.count(pending)}`;
      write(lags.current.get(group) ?? null, figures);
    }
    const into = frames.metric(id, "produce.rate");
    const parts = [
      Number.isNaN(length) ? "" : t("redis.face.entries", { count: format.count(length) }),
      Number.isNaN(into) ? "" : format.perSecond(into),
    ];
    write(total.current, parts.filter((part) => part !== "").join(" · "));
  });
  const more = groups.length - SHOWN;
  return (
    <div className={styles.body} data-shape="lanes">
      <div className={styles.head}>
        <Name node={node} />
        <span ref={end} className={own.end} title={t("redis.face.end")} />
      </div>
      <div className={styles.depth}>
        <span className={own.kept} />
        <i ref={trimmed} className={own.trimmed} />
        {groups.map((group, index) => (
          <b
            key={group}
            ref={(element) => void (element ? flags.current.set(group, element) : flags.current.delete(group))}
            className={own.flag}
            title={group}
          >
            {letterOf(index)}
          </b>
        ))}
      </div>
      {groups.slice(0, SHOWN).map((group, index) => (
        <div key={group} className={own.group} title={t("redis.face.lagPending", { group })}>
          <b>{letterOf(index)}</b>
          <span className={own.groupName}>{group}</span>
          <span
            ref={(element) => void (element ? lags.current.set(group, element) : lags.current.delete(group))}
            className={own.lag}
          />
        </div>
      ))}
      {groups.length < SHOWN ? (
        <span ref={total} className={styles.small} />
      ) : (
        more > 0 && <span className={own.more}>{t("redis.face.moreGroups", { count: more })}</span>
      )}
    </div>
  );
}
