import { Fragment } from "react";
import { type Piece, piecesOf } from "../../../engine/lesson/index.ts";
import { canvas } from "../../canvas/control.ts";
import { fetched } from "../../fetched.tsx";
import { useDocument } from "../../store/document.ts";
import { useView } from "../../store/view.ts";
import styles from "./Lesson.module.css";

const TermLink = fetched(
  () => import("./terms/TermLink.tsx"),
  ({ words }) => words,
);

function NodeLink({ id, words }: { id: string; words: string }) {
  const exists = useDocument((s) => s.scenario.nodes.some((node) => node.id === id));
  if (!exists) return <b>{words}</b>;
  return (
    <button
      type="button"
      className={styles.nodeLink}
      onClick={() => {
        useView.getState().select({ nodes: [id] });
        canvas()?.focus(id);
      }}
    >
      {words}
    </button>
  );
}

function PieceView({ piece }: { piece: Piece }) {
  switch (piece.is) {
    case "break":
      return <br />;
    case "bold":
      return <b>{piece.text}</b>;
    case "code":
      return <code>{piece.text}</code>;
    case "node":
      return <NodeLink id={piece.to} words={piece.text} />;
    case "term":
      return <TermLink id={piece.to} words={piece.text} />;
    default:
      return piece.text;
  }
}

/** Words of a lesson: plain text with its few marks, never anything else. */
export function LessonText({ text }: { text: string }) {
  const seen = new Map<string, number>();
  return piecesOf(text).map((piece) => {
    const name = JSON.stringify(piece);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return (
      <Fragment key={`${name}${count}`}>
        <PieceView piece={piece} />
      </Fragment>
    );
  });
}
