import { RandomStreams } from "../../../kernel/random.ts";
import type { Meta } from "../../model.ts";
import { describeGroup } from "../groups/describe.ts";
import type { Group } from "../groups/group.ts";
import { committedOffset, deleteGroup, isUnstable, resetOffsets } from "../groups/offsets.ts";
import { GroupsState, groupNamed, type Site } from "../groups/site.ts";
import type { ClusterView, GroupMember } from "../seam.ts";
import { GROUPS_DEFAULTS, type GroupsConfig } from "./consumer-config.ts";
import type { ConsumerSink } from "./consumer-sink.ts";
import type { ConsumerState } from "./consumer-state.ts";
import type { GroupDescription } from "./facade.ts";
import { NOBODY } from "./nobody.ts";

/** Groups as administrators see and change them, and what may be asked of consumers. */
export class GroupsAdministration {
  readonly state: GroupsState = new GroupsState();
  protected readonly at: Site;

  constructor(view: ClusterView, config: Partial<GroupsConfig> = {}) {
    this.at = {
      state: this.state,
      view,
      config: { ...GROUPS_DEFAULTS, ...config },
      meta: { now: 0, streams: new RandomStreams(), stream: -1 },
      out: NOBODY,
    };
  }

  protected enter(meta: Meta, out: ConsumerSink): Site {
    this.at.meta = meta;
    this.at.out = out;
    return this.at;
  }

  protected consumer(number: number): ConsumerState {
    return this.state.consumers[number] as ConsumerState;
  }

  /** What of the membership may change by polling on; two equal answers mean that it has come to rest. */
  membership(number: number): readonly unknown[] {
    const { phase, generation, mustRejoin, holdings } = this.consumer(number);
    return [phase, generation, mustRejoin, holdings.map(({ partition, position }) => [partition, position])];
  }

  buffered(number: number): number {
    let count = 0;
    for (const { fetched, cursor } of this.consumer(number).holdings) count += fetched.count - cursor;
    return count;
  }

  /** Copies of records that were fetched and not given out. */
  forEachBuffered(visit: (copy: number) => void): void {
    for (const consumer of this.state.consumers) {
      if (consumer === null) continue;
      for (const { fetched, cursor } of consumer.holdings) {
        for (let i = cursor; i < fetched.count; i++) visit(fetched.handles[i] as number);
      }
    }
  }

  // ---- groups

  groupId(name: string): number {
    return this.state.groupNumbers.get(name) ?? -1;
  }

  groupName(group: number): string {
    return (this.state.groups[group] as Group).name;
  }

  describe(group: number): GroupDescription {
    return describeGroup(this.at.view, this.state.groups[group] as Group);
  }

  /** Administrators know of it: somebody has joined it, or it has offsets. */
  exists(name: string): boolean {
    const number = this.groupId(name);
    return number >= 0 && (this.state.groups[number] as Group).exists;
  }

  committedOffset(group: number, partition: number, meta?: Meta): number {
    if (meta !== undefined) this.at.meta = meta;
    return committedOffset(this.at, this.state.groups[group] as Group, partition);
  }

  /** An open transaction holds an offset of the partition: who asks waits. */
  isUnstable(group: number, partition: number): boolean {
    return isUnstable(this.state.groups[group] as Group, partition);
  }

  offsetsOf(group: number): ReadonlyMap<number, number> {
    return (this.state.groups[group] as Group).offsets;
  }

  /** An administrator sets offsets. @returns Kafka's code of the refusal */
  reset(name: string, offsets: ReadonlyMap<number, number>, meta: Meta, out: ConsumerSink): string {
    return resetOffsets(this.enter(meta, out), groupNamed(this.state, name), offsets);
  }

  /** @returns Kafka's code of the refusal */
  deleteGroup(name: string): string {
    const number = this.groupId(name);
    return number < 0 ? "GROUP_ID_NOT_FOUND" : deleteGroup(this.state.groups[number] as Group);
  }

  /** What the consumer shows of itself to a transaction. */
  shownTo(number: number): GroupMember {
    const { config, shownId, shownGeneration } = this.consumer(number);
    return {
      group: config.group ?? "",
      memberId: shownId,
      generation: shownGeneration,
      instanceId: config.instanceId,
    };
  }
}
