import { Fragment } from "react";
import type { RunEvent } from "../../../../engine/worker/protocol.ts";
import { useDocument } from "../../../store/document.ts";
import { useView } from "../../../store/view.ts";
import { useText } from "../../../text/index.ts";
import styles from "./Events.module.css";
import { sentenceParts } from "./sentence.ts";

/** The name of a node of the document, the ends of a connection, or of one of its alerts (`alert:0`); `kind:q1` asks for a node's kind. */
export const nameOf = (id: string): string | undefined => {
  const { nodes, edges, alerts } = useDocument.getState().scenario;
  if (id.startsWith("kind:")) return nodes.find((node) => node.id === id.slice(5))?.kind;
  if (id.startsWith("alert:")) return alerts[Number(id.slice(6))]?.name;
  const found = nodes.find((node) => node.id === id);
  const edge = found === undefined ? edges.find((other) => other.id === id) : undefined;
  if (edge === undefined) return found?.name;
  const end = (of: string) => nodes.find((node) => node.id === of)?.name ?? of;
  return `${end(edge.from)} → ${end(edge.to)}`;
};

/** An event in words; names of other nodes are links to them. @param self the node it is shown at, whose name needs no link */
export function EventSentence({ event, self, plain = false }: { event: RunEvent; self?: string; plain?: boolean }) {
  const words = useText();
  const nodes = useDocument((s) => s.scenario.nodes);
  const select = useView((s) => s.select);
  const parts = sentenceParts(event, words, nameOf);
  return (
    <span>
      {parts.map((part, index) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one sentence have no identity but their place
        if (typeof part === "string") return <Fragment key={index}>{part}</Fragment>;
        if (plain || part.node === self || !nodes.some((node) => node.id === part.node))
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <b key={index} className={styles.own}>
              {part.name}
            </b>
          );
        return (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={index}
            type="button"
            className={styles.nodeLink}
            onClick={() => select({ nodes: [part.node] })}
          >
            {part.name}
          </button>
        );
      })}
    </span>
  );
}
