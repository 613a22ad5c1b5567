import { fetched } from "../../fetched.tsx";
import { useCanvas } from "../state.ts";

const NodeMenuList = fetched(() => import("./NodeMenuList.tsx"));

/** The menu of a node, an edge or the canvas; loaded with the first right-click. */
export function NodeMenu() {
  const menu = useCanvas((s) => s.menu);
  if (menu === null) return null;
  return <NodeMenuList {...menu} />;
}
