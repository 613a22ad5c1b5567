import { KINDS, type NodeKind, settingsBeside, usualNext } from "../../../engine/scenario/index.ts";
import { useDocument } from "../../store/document.ts";
import { useText } from "../../text/index.ts";
import { addConnected, dropNode } from "../actions.ts";
import { Glyph } from "../nodes/Glyph.tsx";
import { useCanvas } from "../state.ts";
import { PickList } from "./PickList.tsx";

const close = () => useCanvas.setState({ quickAdd: null });

/** Names the kinds that can stand here; Enter places one, and connects it when the list was opened by drawing a line. */
export function QuickAddList() {
  const { t } = useText();
  const open = useCanvas((s) => s.quickAdd);
  if (open === null) return null;
  const source = useDocument.getState().scenario.nodes.find((node) => node.id === open.from);
  const usual = source && usualNext(source.kind);
  const fitting = KINDS.filter((spec) => open.kinds === undefined || open.kinds.includes(spec.kind));
  // What most often follows comes first, so that Enter alone is right.
  fitting.sort((a, b) => Number(b.kind === usual) - Number(a.kind === usual));
  // Of a socket's peer the type is known.
  const peer = (kind: string) => (source && settingsBeside(source, kind)?.type) ?? "";
  const choices = fitting.map((spec) => ({
    id: spec.kind,
    label: [t(`kinds.${spec.kind}.name`), peer(spec.kind)].join(" ").trim(),
    also: `${spec.kind} ${t(`kinds.groups.${spec.group}`)}`,
    about: t(`kinds.${spec.kind}.tip`),
    icon: <Glyph kind={spec.kind} size={16} />,
  }));
  return (
    <PickList
      at={open.at}
      title={t(open.from ? "canvas.quickAdd.behind" : "canvas.quickAdd.title")}
      placeholder={t("canvas.quickAdd.search")}
      nothing={t("canvas.quickAdd.nothing")}
      choices={choices}
      onChoose={(kind) => {
        close();
        if (open.from !== undefined) addConnected(kind as NodeKind, open.from, open.place);
        else dropNode(kind as NodeKind, open.place, open.isPointedAt);
      }}
      onClose={close}
    />
  );
}
