import {
  AlignJustify,
  CircleQuestionMark,
  Cog,
  Frame,
  List,
  Plug,
  Radio,
  Rows3,
  Send,
  Server,
  Shuffle,
  Split,
  StickyNote,
  Users,
  Workflow,
} from "lucide-react";
import { kindSpec } from "../../../engine/scenario/index.ts";

const GLYPHS: Record<string, typeof Cog> = {
  send: Send,
  cog: Cog,
  workflow: Workflow,
  split: Split,
  "rows-3": Rows3,
  server: Server,
  users: Users,
  list: List,
  "align-justify": AlignJustify,
  radio: Radio,
  plug: Plug,
  shuffle: Shuffle,
  "sticky-note": StickyNote,
  frame: Frame,
};

/** The small picture of a kind, named by its schema. */
export function Glyph({ kind, size = 14 }: { kind: string; size?: number }) {
  const Icon = GLYPHS[kindSpec(kind)?.glyph ?? ""] ?? CircleQuestionMark;
  return <Icon size={size} strokeWidth={1.9} aria-hidden />;
}
