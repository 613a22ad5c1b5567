import type { RunNode } from "../topology.ts";

/** Groups stand in no host's list of places: their numbers begin here. */
const GROUP_PLACES = 1_000_000;

/** The frame that is drawn around a group's members. */
export interface GroupFrame<Settings> {
  readonly run: RunNode;
  settings: Settings;
  /** What brokers and clients call the group: its name when it was drawn. As a topic it cannot be renamed, so its offsets stay its own. */
  readonly own: string;
}

/** Consumer groups that are drawn as frames, by the names that they have in the drawing. */
export class GroupFrames<Settings> {
  private readonly frames: Map<string, GroupFrame<Settings>> = new Map();
  private count = 0;

  /** A frame is there; `run.place` tells so from now on. */
  add(run: RunNode, settings: Settings): void {
    run.place = GROUP_PLACES + this.count++;
    this.frames.set(run.name, { run, settings, own: this.free(run.name) });
  }

  get(name: string): GroupFrame<Settings> | undefined {
    return this.frames.get(name);
  }

  /** `run` has its new name already. */
  rename(run: RunNode): void {
    const known = [...this.frames].find(([, frame]) => frame.run === run);
    if (known === undefined) return;
    const [before, frame] = known;
    this.frames.delete(before);
    this.frames.set(run.name, frame);
  }

  remove(run: RunNode): void {
    this.frames.delete(run.name);
  }

  /** What brokers call a group of the drawing, framed or only named at an edge; "" stays "": no group. */
  ownName(name: string): string {
    return this.frames.get(name)?.own ?? (name === "" ? "" : this.free(name));
  }

  /** A name that no frame's group has: one that was renamed keeps its own. */
  private free(wanted: string): string {
    const taken = new Set([...this.frames.values()].map(({ own }) => own));
    let name = wanted;
    for (let n = 2; taken.has(name); n++) name = `${wanted}-${n}`;
    return name;
  }
}
