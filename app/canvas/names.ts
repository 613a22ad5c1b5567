import {
  hasWay,
  type Scenario,
  type ScenarioEdge,
  type ScenarioNode,
  settingsOf,
  socketType,
} from "../../engine/scenario/index.ts";
import { frames } from "../bridge/index.ts";
import { useRun } from "../store/run.ts";
import type { Words } from "../text/index.ts";
import { membersOf } from "./drawing.ts";
import { useCanvas } from "./state.ts";

/** What a node or edge is called by assistive technology, figures included: "Queue orders, ready 12, unacked 3, receives 4/s, to worker ×2" (product.md §12.1). */

const known = (value: number) => !Number.isNaN(value);

export const nodeName = (scenario: Scenario, node: ScenarioNode, words: Words): string =>
  nodeParts(scenario, node, words).join(words.t("canvas.spoken.comma"));

/** The same in pieces: kind and name first, then a figure or a fact each. */
export function nodeParts(scenario: Scenario, node: ScenarioNode, words: Words): string[] {
  const { t, find, format } = words;
  const parts = [`${find(`kinds.${node.kind}.name`) ?? t("kinds.unknown.name")} ${node.name}`];
  const figure = (name: string) => frames.metric(node.id, name);
  if (node.folded) parts.push(...(useCanvas.getState().folding?.foldedParts(node, words) ?? []));
  if ((node.kind === "queue" || node.kind === "list") && known(figure("ready"))) {
    parts.push(t("canvas.spoken.ready", { count: format.count(figure("ready")) }));
    parts.push(t("canvas.spoken.unacked", { count: format.count(figure("unacked")) }));
    parts.push(t("canvas.spoken.receives", { rate: format.rate(figure("publish.rate")) }));
  } else if (node.kind === "stream" && known(figure("length"))) {
    parts.push(t("redis.spoken.entries", { count: format.count(figure("length")) }));
    parts.push(t("redis.spoken.lag", { count: format.count(figure("lag")) }));
    parts.push(t("redis.spoken.pending", { count: format.count(figure("pending")) }));
  } else if (node.kind === "topic" && known(figure("length"))) {
    parts.push(t("kafka.spoken.partitions", { count: Number(settingsOf(node).partitions) }));
    parts.push(t("kafka.spoken.records", { count: format.count(figure("length")) }));
    parts.push(t("kafka.spoken.lag", { count: format.count(figure("lag")) }));
  } else if (node.kind === "group" && known(figure("members"))) {
    parts.push(t("kafka.spoken.members", { count: figure("members") }));
    if (figure("idleMembers") > 0) parts.push(t("kafka.spoken.idle", { count: figure("idleMembers") }));
    parts.push(t("kafka.spoken.lag", { count: format.count(figure("lag")) }));
  } else if (node.kind === "rmqTopic" && known(figure("length"))) {
    parts.push(t("rocketmq.spoken.queues", { count: Number(settingsOf(node).queues) }));
    parts.push(t("rocketmq.spoken.messages", { count: format.count(figure("length")) }));
    parts.push(t("rocketmq.spoken.lag", { count: format.count(figure("lag")) }));
    for (const name of ["delayed", "half"] as const)
      if (figure(name) > 0) parts.push(t(`rocketmq.spoken.${name}`, { count: format.count(figure(name)) }));
  } else if (node.kind === "rmqGroup" && known(figure("members"))) {
    parts.push(t("rocketmq.spoken.members", { count: figure("members") }));
    parts.push(t("rocketmq.spoken.lag", { count: format.count(figure("lag")) }));
    for (const [name, metric] of [
      ["idle", "idleMembers"],
      ["retrying", "retrying"],
      ["dead", "dead"],
    ] as const)
      if (figure(metric) > 0) parts.push(t(`rocketmq.spoken.${name}`, { count: format.count(figure(metric)) }));
  } else if (node.kind === "channel" && known(figure("subscribers"))) {
    parts.push(t("redis.spoken.subscribers", { count: format.count(figure("subscribers")) }));
    parts.push(t("redis.spoken.missed", { count: format.count(figure("missed.total")) }));
  } else if (node.kind === "socket") {
    parts.push(socketType(node));
    if (known(figure("queued"))) {
      const made = Math.max(figure("publish.rate"), figure("processed.rate"));
      parts.push(
        t(hasWay(socketType(node)) ? "canvas.spoken.publishes" : "canvas.spoken.processes", {
          rate: format.rate(made),
        }),
      );
      parts.push(t("zeromq.spoken.queued", { count: format.count(figure("queued")) }));
      if (figure("dropped.total") > 0)
        parts.push(t("zeromq.spoken.dropped", { count: format.count(figure("dropped.total")) }));
    }
  } else if (node.kind === "proxy" && known(figure("queued"))) {
    parts.push(t("zeromq.spoken.forwards", { rate: format.rate(figure("forwarded.rate")) }));
    parts.push(t("zeromq.spoken.queued", { count: format.count(figure("queued")) }));
    if (known(figure("idleWorkers")))
      parts.push(t("zeromq.spoken.free", { count: format.count(figure("idleWorkers")) }));
    if (figure("dropped.total") > 0)
      parts.push(t("zeromq.spoken.dropped", { count: format.count(figure("dropped.total")) }));
  } else if (node.kind === "producer" && known(figure("publish.rate"))) {
    parts.push(t("canvas.spoken.publishes", { rate: format.rate(figure("publish.rate")) }));
  } else if (node.kind === "exchange" && known(figure("in.rate"))) {
    parts.push(t("canvas.spoken.routes", { in: format.rate(figure("in.rate")), out: format.rate(figure("out.rate")) }));
  } else if (known(figure("utilisation"))) {
    parts.push(t("canvas.spoken.busy", { share: format.share(figure("utilisation")) }));
    parts.push(t("canvas.spoken.processes", { rate: format.rate(figure("processed.rate")) }));
  }
  for (const badge of useRun.getState().badges[node.id] ?? []) parts.push(find(`canvas.badges.${badge}`) ?? badge);
  const targets = scenario.edges
    .filter((edge) => edge.from === node.id)
    .map((edge) => scenario.nodes.find((other) => other.id === edge.to))
    .filter((other) => other !== undefined)
    .map((other) => (times(other) > 1 ? `${other.name} ×${times(other)}` : other.name));
  if (targets.length > 0) parts.push(t("canvas.spoken.to", { names: targets.join(t("canvas.spoken.and")) }));
  if (node.locked) parts.push(t("canvas.spoken.locked"));
  return parts;
}

const times = (node: ScenarioNode): number => Number(settingsOf(node).instances ?? 1);

export const edgeName = (scenario: Scenario, edge: ScenarioEdge, label: string, words: Words): string =>
  edgeParts(scenario, edge, label, words).join(words.t("canvas.spoken.comma"));

/** The same in pieces: what it joins first. */
export function edgeParts(scenario: Scenario, edge: ScenarioEdge, label: string, { t, find, format }: Words): string[] {
  const name = (id: string) => scenario.nodes.find((node) => node.id === id)?.name ?? id;
  const ends = { from: name(edge.from), to: name(edge.to) };
  const members = membersOf(edge.id);
  const parts = [
    members.length > 1
      ? t("fold.line", { count: members.length, ...ends })
      : t("canvas.spoken.edge", { kind: find(`kinds.${edge.kind}.name`) ?? t("kinds.unknown.name"), ...ends }),
  ];
  if (label !== "") {
    const ask = scenario.nodes.find((node) => node.id === edge.from)?.kind === "channel" ? "pattern" : "group";
    if (edge.kind === "consume") parts.push(`${t(`connection.ask.${ask}`)} ${label}`);
    else if (edge.kind === "deadLetter") parts.push(t("redis.face.after", { count: label }));
    else parts.push(t("canvas.spoken.key", { key: label }));
  }
  for (const badge of new Set(members.flatMap((id) => useRun.getState().badges[id] ?? [])))
    parts.push(find(`canvas.badges.${badge}`) ?? badge);
  const rate = members.reduce((sum, id) => sum + frames.metric(id, "messages.rate"), 0);
  if (known(rate)) parts.push(t("canvas.spoken.carries", { rate: format.rate(rate) }));
  return parts;
}
