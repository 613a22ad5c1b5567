import { type Scenario, type ScenarioNode, settingsAs, settingsOf } from "../../../engine/scenario/index.ts";

/** One sentence about how a node is now: text key `panels.inspector.why.state.<code>`. */
export interface State {
  code: string;
  facts: Readonly<Record<string, string | number>>;
}

/** What a full disk does differs from product to product. */
const DISK_FULL: Readonly<Record<string, string>> = {
  redis: "diskFullRedis",
  cluster: "diskFullKafka",
  brokerSet: "diskFullRocket",
};

/** Above this share of time at work nobody is waiting for work. */
const BUSY = 0.97;

/** A group whose oldest unread record is older has fallen behind. µs */
const LATE_MICROS = 5_000_000;

/**
 * How a node is now and why, from its badges, settings and figures. @param read a metric of the node; NaN while unknown
 * @returns nothing when nothing is known; `normal` only when nothing stands out
 */
export function statesOf(
  scenario: Scenario,
  node: ScenarioNode,
  badges: readonly string[],
  read: (metric: string) => number,
): State[] {
  const name = { name: node.name };
  const states = badges.map((badge): State => {
    const number = /^down-(\d)$/.exec(badge)?.[1];
    if (number !== undefined) return { code: "nodeDown", facts: { ...name, number } };
    const [place, of] = badge.split("-");
    if (place === "leader" || place === "home") return { code: place, facts: { ...name, number: of ?? "" } };
    const isStore = ["queue", "list", "stream"].includes(node.kind);
    if (badge === "paused" && isStore) return { code: "heldBack", facts: name };
    if (badge === "disk-full") return { code: DISK_FULL[node.kind] ?? badge, facts: name };
    if (badge === "no-group" && node.kind !== "stream") return { code: "noGroupReader", facts: name };
    if (badge === "away" && node.kind === "topic") return { code: "awayTopic", facts: name };
    if (badge === "away" && ["list", "stream"].includes(node.kind)) return { code: "awayKey", facts: name };
    if (badge === "away" && node.kind === "rmqTopic") return { code: "awayRoute", facts: name };
    if (badge === "crashed") return { code: crashed(scenario, node), facts: name };
    return { code: badge, facts: name };
  });
  const settings = settingsOf(node);
  // What was deleted went with it, by no rule.
  const isAway = badges.includes("away");
  const over = (value: number, than: number) => !Number.isNaN(value) && value >= than;
  if (node.kind === "queue") {
    const max = settings.maxLength;
    const ready = read("ready");
    if (typeof max === "number" && over(ready, max) && max > 0) {
      const refuses = settings.overflow !== "drop-head";
      states.push({ code: refuses ? "full" : "fullDrops", facts: { ...name, max } });
    }
    const hasConsumer = scenario.edges.some((edge) => edge.kind === "consume" && edge.from === node.id);
    if (!hasConsumer) states.push({ code: "unread", facts: name });
    else if (over(read("consumerUtilisation"), BUSY) && over(ready, 1)) states.push({ code: "behind", facts: name });
    if (over(read("expired.rate"), Number.MIN_VALUE)) states.push({ code: "expiring", facts: name });
  } else if (node.kind === "list" || node.kind === "stream") {
    const hasConsumer = scenario.edges.some((edge) => edge.kind === "consume" && edge.from === node.id);
    if (!hasConsumer) states.push({ code: "unread", facts: name });
    else if (over(read("consumerUtilisation"), BUSY) && over(read("ready"), 1))
      states.push({ code: "behind", facts: name });
    if (!isAway && over(read("discarded.rate"), Number.MIN_VALUE)) states.push({ code: "trimming", facts: name });
  } else if (node.kind === "topic") {
    if (over(read("offline"), 1)) states.push({ code: "offline", facts: { ...name, count: read("offline") } });
    else if (over(read("underReplicated"), 1))
      states.push({ code: "underReplicated", facts: { ...name, count: read("underReplicated") } });
    const hasReader = scenario.edges.some((edge) => edge.kind === "consume" && edge.from === node.id);
    if (!hasReader) states.push({ code: "unreadTopic", facts: name });
    if (!isAway && over(read("discarded.rate"), Number.MIN_VALUE)) states.push({ code: "retaining", facts: name });
  } else if (node.kind === "group") {
    if (read("members") === 0) states.push({ code: "nobodyHere", facts: name });
    if (over(read("idleMembers"), 1))
      states.push({ code: "idleMembers", facts: { ...name, count: read("idleMembers") } });
    if (over(read("lagTime"), LATE_MICROS)) states.push({ code: "groupBehind", facts: name });
  } else if (node.kind === "rmqTopic") {
    if (over(read("offline"), 1)) states.push({ code: "masterAway", facts: { ...name, count: read("offline") } });
    if (over(read("half"), 1)) states.push({ code: "half", facts: { ...name, count: read("half") } });
    if (over(read("delayed"), 1)) states.push({ code: "delaying", facts: { ...name, count: read("delayed") } });
    const hasReader = scenario.edges.some((edge) => edge.kind === "consume" && edge.from === node.id);
    if (!hasReader) states.push({ code: "unreadTopic", facts: name });
  } else if (node.kind === "rmqGroup") {
    if (read("members") === 0) states.push({ code: "nobodyHere", facts: name });
    if (over(read("idleMembers"), 1))
      states.push({ code: "idleForQueues", facts: { ...name, count: read("idleMembers") } });
    if (over(read("retrying"), 1)) states.push({ code: "laddered", facts: { ...name, count: read("retrying") } });
    if (over(read("dead"), 1)) states.push({ code: "deadLetters", facts: { ...name, count: read("dead") } });
    if (over(read("lagTime"), LATE_MICROS)) states.push({ code: "groupLate", facts: name });
  } else if (node.kind === "channel") {
    if (over(read("missed.rate"), Number.MIN_VALUE)) states.push({ code: "unheard", facts: name });
    if (over(read("disconnected.rate"), Number.MIN_VALUE)) states.push({ code: "cutOff", facts: name });
  } else if (node.kind === "socket" || node.kind === "proxy") {
    if (over(read("dropped.rate"), Number.MIN_VALUE)) states.push({ code: "peerFull", facts: name });
    if (over(read("utilisation"), BUSY)) states.push({ code: "busy", facts: name });
  } else if (node.kind === "consumer" || node.kind === "service") {
    if (over(read("utilisation"), BUSY)) states.push({ code: "busy", facts: name });
    if (over(read("errors.rate"), Number.MIN_VALUE)) states.push({ code: "failing", facts: name });
  } else if (node.kind === "exchange") {
    if (over(read("unroutable.rate"), Number.MIN_VALUE)) states.push({ code: "dropping", facts: name });
  } else if (node.kind === "producer") {
    if (over(read("retry.rate"), Number.MIN_VALUE)) states.push({ code: "retrying", facts: name });
    if (over(read("rejected.rate"), Number.MIN_VALUE)) states.push({ code: "rejected", facts: name });
  }
  if (states.length === 0 && !Number.isNaN(read(FIRST[node.kind] ?? ""))) states.push({ code: "normal", facts: name });
  return states;
}

/** What became of what a client had in hand when it crashed: that is another thing in every system. */
function crashed(scenario: Scenario, node: ScenarioNode): string {
  if (node.kind === "producer") return "crashedProducer";
  if (node.kind === "socket" || node.kind === "proxy") return "crashedSocket";
  for (const edge of scenario.edges) {
    if (edge.kind !== "consume" || edge.to !== node.id) continue;
    const store = scenario.nodes.find(({ id }) => id === edge.from);
    if (store?.kind === "topic" || store?.kind === "rmqTopic") return "crashedReader";
    if (store?.kind === "list") return settingsAs("list", store).take === "pop" ? "crashedPopped" : "crashedMoved";
    if (store?.kind === "stream" && settingsAs("consume", edge).group !== "") return "crashedPending";
    if (store?.kind === "channel" || store?.kind === "stream") return "crashedListener";
  }
  return settingsOf(node).ack === "auto" ? "crashedPopped" : "crashed";
}

/** A metric that every running node of a kind has. */
const FIRST: Readonly<Record<string, string>> = {
  producer: "publish.total",
  exchange: "in.total",
  queue: "ready",
  consumer: "processed.total",
  service: "processed.total",
  broker: "up",
  list: "ready",
  stream: "length",
  topic: "length",
  group: "members",
  cluster: "up",
  rmqTopic: "length",
  rmqGroup: "members",
  brokerSet: "up",
  channel: "publish.total",
  redis: "up",
  socket: "peers",
  proxy: "peers",
};
