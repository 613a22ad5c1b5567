import { Route } from "lucide-react";
import type { RunEvent } from "../../../../engine/worker/protocol.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { EventRule } from "../../inspector/RuleNote.tsx";
import { showMessage } from "../messages/go.ts";
import { EventSentence } from "./EventSentence.tsx";
import styles from "./Events.module.css";

/** The chosen event whole: its sentence with links to nodes, the way to its message, the rule behind it. */
export function EventDetail({ event }: { event: RunEvent }) {
  const { t } = useText();
  return (
    <div className={styles.detail}>
      <p className={styles.detailSentence}>
        <EventSentence event={event} />
      </p>
      {event.message >= 0 && (
        <button type="button" className={controls.button} onClick={() => showMessage(event.message)}>
          <Route size={14} aria-hidden />
          {t("panels.dock.events.trace", { message: event.message })}
        </button>
      )}
      <EventRule event={event} />
    </div>
  );
}
