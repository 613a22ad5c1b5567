import type { ScenarioNode } from "../../../engine/scenario/index.ts";
import { metric } from "../../bridge/index.ts";
import { useDocument } from "../../store/document.ts";
import { useRun } from "../../store/run.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { EventSentence } from "../dock/events/EventSentence.tsx";
import { grouped } from "../dock/events/group.ts";
import { weightOf } from "../dock/events/sentence.ts";
import { useEvents } from "../dock/events/use-events.ts";
import { useTick } from "../status/use-tick.ts";
import { AboutModel } from "./AboutModel.tsx";
import inspector from "./Inspector.module.css";
import { EventRule, RuleNote } from "./RuleNote.tsx";
import { RULE_OF_STATE } from "./rules.ts";
import { productOf } from "./rules-redis.ts";
import styles from "./Why.module.css";
import { statesOf } from "./why-now.ts";

const SHOWN = 20;
const ORDINARY = 5;
/** Enough that twenty notable ones are found between the ordinary ones of a busy node. */
const ASKED = 1000;
const NONE: readonly string[] = [];

/** Why a node is as it is: its state in a sentence or two, and the last notable things that happened to it. */
export function Why({ node }: { node: ScenarioNode }) {
  const { t, find, format } = useText();
  const { id } = node;
  useTick(2);
  const scenario = useDocument((s) => s.scenario);
  const badges = useRun((s) => s.badges[id] ?? NONE);
  const isStarted = useRun((s) => s.time > 0 || s.lastEvent > 0);
  const { events } = useEvents({ node: id, hz: 2, keep: ASKED });
  const notable = events.filter((event) => weightOf(event.kind) !== "everyday");
  const groups = notable.length > 0 ? grouped(notable, SHOWN) : grouped(events, ORDINARY);
  const states = isStarted
    ? statesOf(scenario, node, badges, (name) => metric(id, name)).flatMap(({ code, facts }) => {
        const words = find(`panels.inspector.why.state.${code}`, facts);
        return words === undefined ? [] : { code, words };
      })
    : [];
  return (
    <div className={styles.why}>
      {states.length > 0 && (
        <section>
          <h3 className={inspector.sectionTitle}>{t("panels.inspector.why.now")}</h3>
          {states.map(({ code, words }) => (
            <div key={code} className={styles.state}>
              <p>{words}</p>
              {productOf(scenario, node) === "rabbitmq" && <RuleNote rule={RULE_OF_STATE[code]} />}
            </div>
          ))}
        </section>
      )}
      <section>
        <h3 className={inspector.sectionTitle}>{t("panels.inspector.why.recent")}</h3>
        {groups.length === 0 && <p className={inspector.empty}>{t("panels.inspector.why.nothing")}</p>}
        {groups.length > 0 && notable.length === 0 && (
          <p className={inspector.hint}>{t("panels.inspector.why.nothingNotable")}</p>
        )}
        <ol className={styles.list}>
          {groups.map(({ newest, since, count, key }) => (
            <li key={key} data-weight={weightOf(newest.kind)}>
              <span className={styles.time}>
                {count > 1
                  ? t("panels.inspector.why.span", { from: format.clock(since), to: format.clock(newest.t) })
                  : format.clock(newest.t)}
                {count > 1 && (
                  <span className={controls.chip}>{t("panels.inspector.why.times", { n: format.number(count) })}</span>
                )}
              </span>
              <EventSentence event={newest} self={id} />
              <EventRule event={newest} />
            </li>
          ))}
        </ol>
      </section>
      <AboutModel node={node} />
    </div>
  );
}
