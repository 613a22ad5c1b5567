import { kindSpec } from "../../../engine/scenario/index.ts";
import { useDocument } from "../../store/document.ts";
import { useView } from "../../store/view.ts";
import { useText } from "../../text/index.ts";
import { AboutModel } from "./AboutModel.tsx";
import { Connections } from "./Connections.tsx";
import { DocumentSettings } from "./DocumentSettings.tsx";
import { EdgeHeader, EdgeSettings } from "./EdgeInspector.tsx";
import styles from "./Inspector.module.css";
import { Live } from "./Live.tsx";
import { NodeHeader } from "./NodeHeader.tsx";
import { Settings } from "./Settings.tsx";
import { SeveralHeader } from "./SeveralHeader.tsx";
import { Tabs } from "./Tabs.tsx";
import { Why } from "./Why.tsx";

function NodeInspector({ id }: { id: string }) {
  const { t } = useText();
  const node = useDocument((s) => s.scenario.nodes.find((one) => one.id === id));
  const readOnly = useDocument((s) => s.readOnly);
  const isView = useDocument((s) => s.origin === "link");
  if (node === undefined) return null;
  const spec = kindSpec(node.kind);
  const isModelled = spec?.modelled === true;
  const connects = isModelled && spec.ports.in.length + spec.ports.out.length > 0;
  const settings = (
    <>
      {readOnly && <p className={styles.notice}>{t(isView ? "welcome.viewOnly" : "panels.inspector.readOnly")}</p>}
      {node.locked && <p className={styles.notice}>{t("panels.inspector.locked")}</p>}
      {spec === undefined && <p className={styles.notice}>{t("panels.inspector.placeholder")}</p>}
      <Settings ids={[id]} disabled={readOnly || node.locked === true} />
      {isModelled && <AboutModel node={node} />}
    </>
  );
  return (
    <>
      <NodeHeader node={node} />
      <Tabs
        tabs={{
          settings,
          ...(isModelled && { live: <Live id={id} kind={node.kind} /> }),
          ...(connects && { connections: <Connections id={id} /> }),
          ...(isModelled && { why: <Why node={node} /> }),
        }}
      />
    </>
  );
}

function EdgeInspector({ id }: { id: string }) {
  const edge = useDocument((s) => s.scenario.edges.find((one) => one.id === id));
  if (edge === undefined) return null;
  return (
    <>
      <EdgeHeader edge={edge} />
      <Tabs tabs={{ settings: <EdgeSettings edge={edge} />, live: <Live id={id} kind="edge" /> }} />
    </>
  );
}

function SeveralInspector({ nodes, edges }: { nodes: readonly string[]; edges: readonly string[] }) {
  const { t } = useText();
  const readOnly = useDocument((s) => s.readOnly);
  const isLocked = useDocument((s) => s.scenario.nodes.some((node) => node.locked && nodes.includes(node.id)));
  return (
    <>
      <SeveralHeader nodes={nodes} edges={edges} />
      <div className={styles.body}>
        {isLocked && <p className={styles.notice}>{t("panels.inspector.locked")}</p>}
        <h3 className={styles.sectionTitle}>{t("panels.inspector.sharedSettings")}</h3>
        <Settings ids={[...nodes, ...edges]} disabled={readOnly || isLocked} />
      </div>
    </>
  );
}

/** Everything about what is selected; about the document when nothing is. */
export default function Inspector() {
  const { nodes, edges } = useView((s) => s.selection);
  const [node] = nodes;
  const [edge] = edges;
  return (
    <div className={styles.inspector}>
      {nodes.length + edges.length > 1 ? (
        <SeveralInspector nodes={nodes} edges={edges} />
      ) : node !== undefined ? (
        <NodeInspector key={node} id={node} />
      ) : edge !== undefined ? (
        <EdgeInspector key={edge} id={edge} />
      ) : (
        <DocumentSettings />
      )}
    </div>
  );
}
