import { compilePattern, type Policy, policyOf, type Scenario, type Table } from "../scenario/index.ts";
import { isStorable } from "./arguments.ts";
import type { DefinitionsFile, PermissionRow, PolicyRow } from "./file.ts";
import { type Notices, some } from "./notices.ts";

const APPLY_TO = ["queues", "exchanges", "all", "classic_queues", "quorum_queues", "streams"] as const;
const POLICIES_MAX = 300;
const USERS_MAX = 100;

/** What a policy may say that the broker's model here follows (semantics/rabbitmq.md §3); the rest is kept for the export. */
const FOLLOWED = new Set([
  "message-ttl",
  "expires",
  "max-length",
  "max-length-bytes",
  "overflow",
  "dead-letter-exchange",
  "dead-letter-routing-key",
  "dead-letter-strategy",
  "delivery-limit",
  "consumer-timeout",
  "alternate-exchange",
  "max-age",
]);

export function readPolicies(rows: readonly PolicyRow[], notices: Notices): Policy[] {
  const policies: Policy[] = [];
  for (const row of rows) {
    const { name, pattern, priority, definition, place } = row;
    const applyTo = APPLY_TO.find((word) => word === row.applyTo);
    if (applyTo === undefined || !isStorable(definition)) {
      notices.warning("policy-skipped", place, { name, applyTo: row.applyTo.slice(0, 60) });
    } else if (policies.length >= POLICIES_MAX) {
      notices.warning("policies-cut", place, { max: POLICIES_MAX, count: rows.length });
      break;
    } else policies.push({ name, pattern, "apply-to": applyTo, priority, definition });
  }
  return policies;
}

/** Says of each policy what it does to the drawing: what is in force nowhere, and which of its keys nothing here follows. */
export function reportPolicies(
  scenario: Scenario,
  policies: readonly Policy[],
  rows: readonly PolicyRow[],
  notices: Notices,
): void {
  const uses = new Map<Policy, number>();
  for (const node of scenario.nodes) {
    if (node.kind !== "queue" && node.kind !== "exchange") continue;
    const policy = policyOf(scenario, node);
    if (policy !== undefined) uses.set(policy, (uses.get(policy) ?? 0) + 1);
  }
  for (const policy of policies) {
    const { name, definition, pattern } = policy;
    const path = rows.find((row) => row.name === name)?.place ?? "policies";
    const count = uses.get(policy) ?? 0;
    const keys = Object.keys(definition);
    if (compilePattern(pattern) === null || count === 0) notices.info("policy-unused", path, { name, pattern });
    else notices.info("policy-applied", path, { name, count, keys: some(keys) });
    const others = keys.filter((key) => !FOLLOWED.has(key));
    if (others.length > 0) notices.info("policy-keys-kept", path, { name, keys: some(others) });
  }
}

/** Users with rights in one virtual host. Passwords stay in the file. */
export function readUsers(rows: readonly PermissionRow[], notices: Notices): Table[] {
  const users = new Map<string, Table>();
  for (const { user, configure, write, read, place } of rows) {
    if (users.has(user)) notices.warning("repeated", place, { name: user });
    else users.set(user, { name: user, configure, write, read });
  }
  const list = [...users.values()];
  if (list.length > USERS_MAX) notices.warning("users-cut", "permissions", { max: USERS_MAX, count: list.length });
  return list.slice(0, USERS_MAX);
}

/** What a broker's file holds beside the graph, and has no place in a drawing. */
export function reportDiscarded(file: DefinitionsFile, vhost: string, notices: Notices): void {
  if (file.users.length > 0)
    notices.info("passwords-discarded", "users", { count: file.users.length, names: some(file.users) });
  const known = new Set(file.users);
  const strangers = file.permissions.filter((row) => row.vhost === vhost && !known.has(row.user));
  if (strangers.length > 0)
    notices.info("user-not-defined", strangers[0]?.place ?? "permissions", {
      names: some(strangers.map((row) => row.user)),
    });
  const topics = file.topicPermissions.filter((row) => row.vhost === vhost);
  if (topics.length > 0)
    notices.warning("topic-permissions-discarded", "topic_permissions", {
      count: topics.length,
      names: some(topics.map((row) => row.user)),
    });
  for (const { component, name, place, vhost: own } of file.parameters) {
    if (own !== vhost) continue;
    if (component === "shovel") notices.warning("shovel-discarded", place, { name });
    else if (component.startsWith("federation")) notices.warning("federation-discarded", place, { name, component });
    else notices.warning("parameter-discarded", place, { name, component });
  }
  if (file.globalParameters.length > 0)
    notices.info("global-parameters-discarded", "global_parameters", { names: some(file.globalParameters) });
  const limited = file.vhosts.find((row) => row.name === vhost && row.hasLimits);
  if (limited !== undefined) notices.info("vhost-limits-discarded", limited.place, { vhost });
  for (const key of file.otherKeys) notices.info("key-ignored", key.slice(0, 60), { name: key.slice(0, 60) });
  for (const { place, text } of file.placeholders)
    notices.warning("placeholder-kept", place, { text: text.slice(0, 60) });
}
