import type { Meta } from "../../model.ts";
import type { GroupsConfig } from "../consumer/consumer-config.ts";
import type { ConsumerSink } from "../consumer/consumer-sink.ts";
import type { ConsumerState, Holding } from "../consumer/consumer-state.ts";
import type { ClusterView } from "../seam.ts";
import { Group, type Member } from "./group.ts";

/** What a member that waited is told. */
export const ANSWER_JOINED = 0;
export const ANSWER_SYNCED = 1;
export const ANSWER_FENCED = 2;
/** Its request for partitions came to nothing: the group rebalances again. */
export const ANSWER_REJOIN = 3;
/** The group has dropped it while it waited. */
export const ANSWER_UNKNOWN = 4;

export interface Answer {
  readonly member: Member;
  readonly kind: number;
}

/** All groups, members and consumers of a cluster. */
export class GroupsState {
  readonly groups: Group[] = [];
  readonly groupNumbers: Map<string, number> = new Map();
  readonly members: Member[] = [];
  /** By number; null once they are closed. */
  readonly consumers: (ConsumerState | null)[] = [];
  /** Partition → consumers that have it, of all groups. */
  readonly holders: Holding[][] = [];
  /** Answers of the coordinator that have not reached their members yet. */
  readonly answers: Answer[] = [];
  /** Consumers whose waiting poll may go on. */
  ready: Int32Array = new Int32Array(16);
  readyCount = 0;
}

/** Where functions of groups and consumers work: the state, the cluster, and the command that is being carried out. One is kept and set anew for each command. */
export interface Site {
  readonly state: GroupsState;
  readonly view: ClusterView;
  readonly config: GroupsConfig;
  meta: Meta;
  out: ConsumerSink;
}

/** @returns the group of this name, new when there is none */
export function groupNamed(state: GroupsState, name: string): Group {
  const known = state.groupNumbers.get(name);
  if (known !== undefined) return state.groups[known] as Group;
  const group = new Group(state.groups.length, name);
  state.groups.push(group);
  state.groupNumbers.set(name, group.number);
  return group;
}

/** The consumer's waiting poll may go on. */
export function makeReady(state: GroupsState, consumer: ConsumerState): void {
  if (!consumer.isPolling || consumer.isListed) return;
  consumer.isListed = true;
  if (state.readyCount === state.ready.length) {
    const wider = new Int32Array(2 * state.ready.length);
    wider.set(state.ready);
    state.ready = wider;
  }
  state.ready[state.readyCount++] = consumer.number;
}
