/** Everything that folded frames need; loaded with the first of them. */

export { BundleEdge } from "./BundleEdge.tsx";
export { dressEdges, dressNodes } from "./dress.ts";
export { FoldedNode } from "./FoldedNode.tsx";
export { foldedParts } from "./figures.ts";
export { drawnOf, foldFrames, membersOf, placeAsDrawn, refuseFolded, showAll, standIn } from "./now.ts";
