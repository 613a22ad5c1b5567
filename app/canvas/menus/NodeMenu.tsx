import { lazy, Suspense } from "react";
import { useCanvas } from "../state.ts";

const NodeMenuList = lazy(() => import("./NodeMenuList.tsx"));

/** The menu of a node, an edge or the canvas; loaded with the first right-click. */
export function NodeMenu() {
  const menu = useCanvas((s) => s.menu);
  if (menu === null) return null;
  return (
    <Suspense fallback={null}>
      <NodeMenuList {...menu} />
    </Suspense>
  );
}
