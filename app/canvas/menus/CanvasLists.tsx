import { EmptyCanvas } from "../EmptyCanvas.tsx";
import { NothingFlows } from "../NothingFlows.tsx";
import { QuickAddList } from "./QuickAddList.tsx";
import { Refusal } from "./Refusal.tsx";
import { TargetList } from "./TargetList.tsx";

/** What opens over the canvas while one draws or waits. None of it is on the first picture, so it comes right behind. */
export default function CanvasLists() {
  return (
    <>
      <EmptyCanvas />
      <QuickAddList />
      <TargetList />
      <Refusal />
      <NothingFlows />
    </>
  );
}
