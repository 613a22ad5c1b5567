import { kindSpec, type ScenarioNode } from "../../../engine/scenario/index.ts";
import { useDocument } from "../../store/document.ts";
import { useView } from "../../store/view.ts";
import { useText } from "../../text/index.ts";
import { versionsFollowed } from "../dialogs/about-versions.ts";
import styles from "./Inspector.module.css";

/** Which version of the product a node follows, and the way to what its model does and leaves out. */
export function AboutModel({ node }: { node: ScenarioNode }) {
  const { t } = useText();
  const openDialog = useView((s) => s.openDialog);
  const version = useDocument((s) => versionsFollowed(s.scenario, node)[0] ?? "");
  const isProduct = kindSpec(node.kind)?.group === "rabbitmq";
  return (
    <p className={styles.model}>
      {isProduct && <span>{t("about.follows", { version: version === "4" ? "4.x" : version })}</span>}
      <button type="button" className={styles.link} onClick={() => openDialog("about", { id: node.id })}>
        {t("about.title")}
      </button>
    </p>
  );
}
