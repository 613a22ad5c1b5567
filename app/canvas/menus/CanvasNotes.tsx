import { EmptyCanvas } from "../EmptyCanvas.tsx";
import { Marquee } from "../Marquee.tsx";
import { NothingFlows } from "../NothingFlows.tsx";
import { NoteCard } from "../nodes/NoteCard.tsx";
import { useLongPress } from "../use-long-press.ts";
import { useMenuKeys } from "../use-menu-keys.ts";
import { useTouchMarquee } from "../use-touch-marquee.ts";
import { Refusal } from "./Refusal.tsx";

/** What stands over the canvas while it is empty, refuses, waits or is drawn on by a finger. None of it is on the first picture, so it comes right behind. */
export default function CanvasNotes() {
  useLongPress();
  useMenuKeys();
  useTouchMarquee();
  return (
    <>
      <EmptyCanvas />
      <Refusal />
      <NothingFlows />
      <Marquee />
      <NoteCard />
    </>
  );
}
