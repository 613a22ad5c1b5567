import { kindSpec, type ScenarioNode } from "../../../engine/scenario/index.ts";
import { useDocument } from "../../store/document.ts";
import { useView } from "../../store/view.ts";
import { useText } from "../../text/index.ts";
import { versionsFollowed } from "../dialogs/about-versions.ts";
import styles from "./Inspector.module.css";

const SHORT: Readonly<Record<string, string>> = {
  "4": "4.x",
  kafka: "4.3",
  rocketmq: "5.3",
  redis: "7",
  zeromq: "4.3",
};

/** Which version of the product a node follows, and the way to what its model does and leaves out. */
export function AboutModel({ node }: { node: ScenarioNode }) {
  const { t } = useText();
  const openDialog = useView((s) => s.openDialog);
  const version = useDocument((s) => versionsFollowed(s.scenario, node)[0]?.version ?? "");
  const system = kindSpec(node.kind)?.system;
  return (
    <p className={styles.model}>
      {system && (
        <span>
          {t("about.follows", { product: t(`about.products.${system}`), version: SHORT[version] ?? version })}
        </span>
      )}
      <button type="button" className={styles.link} onClick={() => openDialog("about", { id: node.id })}>
        {t("about.title")}
      </button>
    </p>
  );
}
