import type { Meta } from "../model.ts";
import { compareTexts } from "./allocation.ts";
import type { ClusterState } from "./cluster-state.ts";
import { brokerFilter } from "./filter/broker-filter.ts";
import { GROUP_DEFAULTS, type GroupState, newGroup } from "./group-state.ts";
import { EVERYTHING, type GroupSettings, type Subscription } from "./seam.ts";
import type { ClusterSink } from "./sink.ts";
import { TIMER_MEMBERS } from "./timers.ts";
import { ensureGroupTopic } from "./topics.ts";

/** A member that was not heard of for so long is gone, µs. */
const CLIENT_EXPIRY = 120_000_000;

export const retryTopicOf = (group: string): string => `%RETRY%${group}`;
export const deadLetterTopicOf = (group: string): string => `%DLQ%${group}`;

/** The group of this name; made up when it is new. */
export function groupNamed(state: ClusterState, name: string): GroupState {
  const known = state.groupIds.get(name);
  if (known !== undefined) return state.groups[known] as GroupState;
  const group = newGroup(state.groups.length, name);
  state.groups.push(group);
  state.groupIds.set(name, group.id);
  return group;
}

/** Brokers know the group from now on: as told, or as the first member makes it. */
export function makeKnown(
  state: ClusterState,
  group: GroupState,
  settings: GroupSettings | null,
  meta: Meta,
  out: ClusterSink,
): void {
  group.settings = settings ?? group.settings ?? GROUP_DEFAULTS;
  const { retryQueues } = group.settings;
  if (retryQueues <= 0) return;
  for (const { id, isAnswering } of state.brokers) {
    if (isAnswering) ensureGroupTopic(state, retryTopicOf(group.name), id, retryQueues, meta, out);
  }
}

/** A heartbeat of a client (ConsumerManager.registerConsumer). */
export function heartbeat(
  state: ClusterState,
  group: GroupState,
  client: string,
  subscriptions: readonly Subscription[],
  meta: Meta,
  out: ClusterSink,
): void {
  if (!state.brokers.some(({ isAnswering }) => isAnswering)) return;
  if (subscriptions.length > 0) makeKnown(state, group, null, meta, out);
  const member = group.members.get(client);
  let isNews = false;
  if (member === undefined) {
    group.members.set(client, { client, heardAt: meta.now });
    group.names = null;
    isNews = true;
  } else member.heardAt = meta.now;
  if (group.membersTimer < 0) wantMembersTimer(group, meta, out);
  if (takeSubscriptions(group, subscriptions)) isNews = true;
  if (isNews) state.watcher?.membersChanged(group.id, meta, state.watcherSink ?? out);
}

/** Of two subscriptions to one topic the newer one counts; topics that this member does not name are forgotten for all. @returns whether something changed */
function takeSubscriptions(group: GroupState, subscriptions: readonly Subscription[]): boolean {
  let isNews = false;
  for (const subscription of subscriptions) {
    const known = group.subscriptions.get(subscription.topic);
    if (known !== undefined && known.version >= subscription.version) continue;
    group.subscriptions.set(subscription.topic, subscription);
    group.filters.set(subscription.topic, brokerFilter(subscription.expression, subscription.isSql) ?? EVERYTHING);
    if (known === undefined || known.expression !== subscription.expression) isNews = true;
  }
  for (const topic of [...group.subscriptions.keys()]) {
    if (subscriptions.some((one) => one.topic === topic)) continue;
    group.subscriptions.delete(topic);
    group.filters.delete(topic);
    isNews = true;
  }
  return isNews;
}

export function leave(state: ClusterState, group: GroupState, client: string, meta: Meta, out: ClusterSink): void {
  if (!group.members.delete(client)) return;
  group.names = null;
  if (group.members.size === 0) {
    group.subscriptions.clear();
    group.filters.clear();
  }
  state.watcher?.membersChanged(group.id, meta, state.watcherSink ?? out);
}

/** Members' names, in order. */
export function namesOf(group: GroupState): readonly string[] {
  group.names ??= [...group.members.keys()].sort(compareTexts);
  return group.names;
}

function wantMembersTimer(group: GroupState, meta: Meta, out: ClusterSink): void {
  let oldest = Number.POSITIVE_INFINITY;
  for (const { heardAt } of group.members.values()) oldest = Math.min(oldest, heardAt);
  if (oldest === Number.POSITIVE_INFINITY) return;
  group.membersTimer = Math.max(meta.now, oldest + CLIENT_EXPIRY);
  out.timer(group.membersTimer, TIMER_MEMBERS, group.id);
}

/** Members that were not heard of for two minutes are gone. */
export function membersTimer(state: ClusterState, group: GroupState, meta: Meta, out: ClusterSink): void {
  if (group.membersTimer !== meta.now) return;
  group.membersTimer = -1;
  for (const { client, heardAt } of [...group.members.values()]) {
    if (meta.now - heardAt >= CLIENT_EXPIRY) leave(state, group, client, meta, out);
  }
  wantMembersTimer(group, meta, out);
}
