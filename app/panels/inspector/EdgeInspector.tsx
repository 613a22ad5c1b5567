import { Trash2 } from "lucide-react";
import { remove, type ScenarioEdge } from "../../../engine/scenario/index.ts";
import { useDocument } from "../../store/document.ts";
import { useView } from "../../store/view.ts";
import { useText } from "../../text/index.ts";
import { IconButton } from "../shell/IconButton.tsx";
import styles from "./Inspector.module.css";
import { Settings } from "./Settings.tsx";

const useEnds = (edge: ScenarioEdge) => {
  const from = useDocument((s) => s.scenario.nodes.find((node) => node.id === edge.from));
  const to = useDocument((s) => s.scenario.nodes.find((node) => node.id === edge.to));
  return { from, to };
};

/** Ends, kind and delete of one edge. */
export function EdgeHeader({ edge }: { edge: ScenarioEdge }) {
  const { t, find } = useText();
  const apply = useDocument((s) => s.apply);
  const readOnly = useDocument((s) => s.readOnly);
  const { from, to } = useEnds(edge);
  const isLocked = from?.locked === true || to?.locked === true;
  const ends = { from: from?.name ?? edge.from, to: to?.name ?? edge.to };
  return (
    <div className={styles.header}>
      <div className={styles.heading}>
        <h2 className={styles.title} title={t("panels.inspector.edge.title", ends)}>
          {t("panels.inspector.edge.title", ends)}
        </h2>
        <div className={styles.kind}>{find(`kinds.${edge.kind}.name`) ?? edge.kind}</div>
      </div>
      <IconButton
        label={t("panels.inspector.remove")}
        disabled={readOnly || isLocked}
        reason={isLocked ? t("panels.inspector.locked") : undefined}
        onClick={() => apply((scenario) => remove(scenario, [edge.id]))}
      >
        <Trash2 size={16} />
      </IconButton>
    </div>
  );
}

export function EdgeSettings({ edge }: { edge: ScenarioEdge }) {
  const { t, find } = useText();
  const readOnly = useDocument((s) => s.readOnly);
  const select = useView((s) => s.select);
  const { from, to } = useEnds(edge);
  const isLocked = from?.locked === true || to?.locked === true;
  return (
    <>
      <p className={styles.hint}>
        {edge.kind === "publish" && to?.kind === "queue"
          ? t("panels.inspector.edge.direct")
          : (find(`kafka.tips.${edge.kind}.${edge.kind === "publish" ? to?.kind : from?.kind}`) ??
            find(`rocketmq.tips.${edge.kind}.${edge.kind === "publish" ? to?.kind : from?.kind}`) ??
            find(`redis.tips.${edge.kind}.${edge.kind === "publish" ? to?.kind : from?.kind}`) ??
            find(`kinds.${edge.kind}.tip`) ??
            "")}
      </p>
      <Settings ids={[edge.id]} disabled={readOnly || isLocked} />
      <div className={`${styles.section} ${styles.links}`}>
        {[from, to].map(
          (node) =>
            node && (
              <button key={node.id} type="button" className={styles.link} onClick={() => select({ nodes: [node.id] })}>
                {t("panels.inspector.edge.goTo", { name: node.name })}
              </button>
            ),
        )}
      </div>
    </>
  );
}
