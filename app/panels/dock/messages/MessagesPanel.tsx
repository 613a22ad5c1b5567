import { Search } from "lucide-react";
import { type KeyboardEvent, useDeferredValue, useEffect, useState } from "react";
import { useDocument } from "../../../store/document.ts";
import { useLife } from "../../../store/life.ts";
import { useText } from "../../../text/index.ts";
import { listenForFollowed } from "./follow.ts";
import { showMessage } from "./go.ts";
import styles from "./Messages.module.css";
import { useIsQuick } from "./quick.ts";
import { TraceView } from "./TraceView.tsx";
import { useFound } from "./use-trace.ts";

/** Finds a message, and shows its life. */
export default function MessagesPanel() {
  const { t, format } = useText();
  const message = useLife((s) => s.message);
  const nodes = useDocument((s) => s.scenario.nodes);
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text);
  const found = useFound(wanted.trim());
  const isQuick = useIsQuick();
  const nameOf = (id: string) => nodes.find((node) => node.id === id)?.name ?? id;
  useEffect(listenForFollowed, []);
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    const number = /^#?(\d+)$/.exec(text.trim())?.[1];
    const first = number === undefined ? found[0]?.message : Number(number);
    if (first !== undefined) showMessage(first);
  };
  return (
    <div className={styles.panel} data-chosen={message !== null || undefined}>
      <div className={styles.finder}>
        <label className={styles.find}>
          <Search size={14} aria-hidden />
          <input
            type="search"
            aria-label={t("life.searchLabel")}
            placeholder={t("life.search")}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={press}
          />
        </label>
        <ul className={styles.found} aria-label={wanted.trim() === "" ? t("life.recent") : t("life.searchLabel")}>
          {found.map((one) => (
            <li key={one.message}>
              <button
                type="button"
                className={styles.foundOne}
                aria-current={one.message === message}
                onClick={() => showMessage(one.message)}
              >
                <b>#{one.message}</b>
                <span className={styles.foundKey}>{one.key || one.routingKey || nameOf(one.node)}</span>
                <span className={styles.foundTime}>{format.clock(one.t)}</span>
              </button>
            </li>
          ))}
        </ul>
        {found.length === 0 && (
          <p className={styles.empty}>
            {t(isQuick ? "life.tooQuick" : wanted.trim() === "" ? "life.nothingYet" : "life.noneFound")}
          </p>
        )}
      </div>
      {message === null ? <p className={styles.pick}>{t("life.pick")}</p> : <TraceView message={message} />}
    </div>
  );
}
