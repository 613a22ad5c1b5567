import { Plus, User, Users } from "lucide-react";
import { groupsOf, setSetting } from "../../../engine/scenario/index.ts";
import { useDocument } from "../../store/document.ts";
import { useView } from "../../store/view.ts";
import { useText } from "../../text/index.ts";
import { canvas } from "../control.ts";
import { useCanvas } from "../state.ts";
import { PickList } from "./PickList.tsx";

const ALONE = "alone";
const STEM = "group";

/** Asked of a new reader of a stream: join a group that is there, begin a new one, or read alone. Escape leaves it alone. */
export default function GroupList() {
  const { t } = useText();
  const asking = useCanvas((s) => s.asking);
  const scenario = useDocument((s) => s.scenario);
  const edge = scenario.edges.find((one) => one.id === asking?.edge);
  const stream = scenario.nodes.find((node) => node.id === edge?.from);
  const close = () => {
    useCanvas.setState({ asking: null });
    if (edge) canvas()?.focus(edge.to);
  };
  if (asking === null || edge === undefined || stream === undefined) return null;
  const groups = groupsOf(scenario, stream.id);
  const fresh = (text: string): string => {
    if (text !== "") return text;
    let number = 1;
    while (groups.includes(`${STEM}-${number}`)) number++;
    return `${STEM}-${number}`;
  };
  const join = (group: string) => ({
    id: `=${group}`,
    label: t("redis.ask.join", { group }),
    icon: <Users size={16} aria-hidden />,
  });
  const begin = (text: string) => ({
    id: `=${fresh(text)}`,
    label: t("redis.ask.fresh", { group: fresh(text) }),
    icon: <Plus size={16} aria-hidden />,
  });
  return (
    <PickList
      at={asking.at}
      title={t("redis.ask.title", { name: stream.name })}
      placeholder={t("redis.ask.search")}
      nothing={t("redis.ask.nothing")}
      typed={(text) => (text === "" || groups.includes(text) ? [] : [begin(text)])}
      choices={[
        ...groups.map(join),
        begin(""),
        { id: ALONE, label: t("redis.ask.alone"), icon: <User size={16} aria-hidden /> },
      ]}
      onChoose={(id) => {
        const group = id === ALONE ? "" : id.slice(1);
        useDocument.getState().apply((now) => setSetting(now, edge.id, "group", group).scenario);
        useCanvas.setState({ asking: null });
        useView.getState().select({ edges: [edge.id] });
      }}
      onClose={close}
    />
  );
}
