import { useDocument } from "../../store/document.ts";
import { useRun } from "../../store/run.ts";
import { useText } from "../../text/index.ts";
import { EventSentence } from "../dock/events/EventSentence.tsx";
import { weightOf } from "../dock/events/sentence.ts";
import { useEvents } from "../dock/events/use-events.ts";
import inspector from "./Inspector.module.css";
import styles from "./Why.module.css";

const SHOWN = 20;
const ORDINARY = 5;
/** Enough that twenty notable ones are found between the ordinary ones of a busy node. */
const ASKED = 1000;
const NONE: readonly string[] = [];

/** Why a node is as it is: its state in a sentence, and the last notable things that happened to it. */
export function Why({ id, name }: { id: string; name: string }) {
  const { t, find, format } = useText();
  const badges = useRun((s) => s.badges[id] ?? NONE);
  const isStarted = useRun((s) => s.time > 0 || s.lastEvent > 0);
  const isQueue = useDocument((s) => s.scenario.nodes.find((node) => node.id === id)?.kind === "queue");
  const consumers = useDocument(
    (s) => s.scenario.edges.filter((edge) => edge.kind === "consume" && edge.from === id).length,
  );
  const { events } = useEvents({ node: id, hz: 2, keep: ASKED });
  const notable = events.filter((event) => weightOf(event.kind) !== "everyday").slice(-SHOWN);
  const shown = (notable.length > 0 ? notable : events.slice(-ORDINARY)).toReversed();
  const states = badges.flatMap((badge) => find(`panels.inspector.why.state.${badge}`, { name }) ?? []);
  if (isQueue && consumers === 0) states.push(t("panels.inspector.why.state.unlimited", { name }));
  if (states.length === 0 && isStarted) states.push(t("panels.inspector.why.state.normal", { name }));
  return (
    <div className={styles.why}>
      {states.length > 0 && (
        <section>
          <h3 className={inspector.sectionTitle}>{t("panels.inspector.why.now")}</h3>
          {states.map((state) => (
            <p key={state} className={styles.state}>
              {state}
            </p>
          ))}
        </section>
      )}
      <section>
        <h3 className={inspector.sectionTitle}>{t("panels.inspector.why.recent")}</h3>
        {shown.length === 0 && <p className={inspector.empty}>{t("panels.inspector.why.nothing")}</p>}
        {shown.length > 0 && notable.length === 0 && (
          <p className={inspector.hint}>{t("panels.inspector.why.nothingNotable")}</p>
        )}
        <ol className={styles.list}>
          {shown.map((event) => (
            <li key={event.n} data-weight={weightOf(event.kind)}>
              <span className={styles.time}>{format.clock(event.t)}</span>
              <EventSentence event={event} self={id} />
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}
