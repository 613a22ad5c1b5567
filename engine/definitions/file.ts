import type { Table } from "../scenario/index.ts";

/**
 * A broker's definitions after reading: every part has the type it should have, what was left out has its default, and each row remembers where it stood, so that a
 * notice can name the place. One file can hold several virtual hosts.
 */
export interface DefinitionsFile {
  vhosts: VhostRow[];
  exchanges: ExchangeRow[];
  queues: QueueRow[];
  bindings: BindingRow[];
  policies: PolicyRow[];
  permissions: PermissionRow[];
  /** Names only: password hashes are not read. */
  users: string[];
  topicPermissions: TopicPermissionRow[];
  /** Shovels, federation upstreams, operator policies and other run-time parameters. */
  parameters: ParameterRow[];
  globalParameters: string[];
  /** Top-level keys that definitions do not have. */
  otherKeys: string[];
  /** Texts that a template was to replace before the broker reads the file. */
  placeholders: { place: string; text: string }[];
}

interface Row {
  /** `queues[3]`: where it stands in the file. */
  place: string;
  vhost: string;
}

export interface VhostRow {
  place: string;
  name: string;
  /** Queue type of durable queues that name none: `classic`, `quorum`, `stream`. */
  defaultQueueType: string | null;
  hasLimits: boolean;
}

export interface ExchangeRow extends Row {
  name: string;
  type: string;
  durable: boolean;
  autoDelete: boolean;
  internal: boolean;
  arguments: Table;
}

export interface QueueRow extends Row {
  name: string;
  durable: boolean;
  autoDelete: boolean;
  exclusive: boolean;
  arguments: Table;
}

export interface BindingRow extends Row {
  source: string;
  destination: string;
  destinationType: "queue" | "exchange";
  routingKey: string;
  arguments: Table;
}

export interface PolicyRow extends Row {
  name: string;
  pattern: string;
  applyTo: string;
  priority: number;
  definition: Table;
}

export interface PermissionRow extends Row {
  user: string;
  configure: string;
  write: string;
  read: string;
}

export interface TopicPermissionRow extends Row {
  user: string;
}

export interface ParameterRow extends Row {
  component: string;
  name: string;
}

/** What one virtual host holds. */
export interface VhostSummary {
  name: string;
  exchanges: number;
  queues: number;
  bindings: number;
}

/** All virtual hosts of a file, those it lists first; objects may name others. */
export function vhostsOf(file: DefinitionsFile): VhostSummary[] {
  const summaries = new Map<string, VhostSummary>();
  const of = (name: string): VhostSummary => {
    const known = summaries.get(name) ?? { name, exchanges: 0, queues: 0, bindings: 0 };
    summaries.set(name, known);
    return known;
  };
  for (const { name } of file.vhosts) of(name);
  for (const { vhost } of file.exchanges) of(vhost).exchanges++;
  for (const { vhost } of file.queues) of(vhost).queues++;
  for (const { vhost } of file.bindings) of(vhost).bindings++;
  for (const { vhost } of [...file.policies, ...file.permissions]) of(vhost);
  return [...summaries.values()];
}

/** The virtual host to begin with: `/` when it holds anything, else the one with the most queues, then exchanges; the first of equals. */
export function usualVhost(file: DefinitionsFile): string {
  const all = vhostsOf(file);
  const size = ({ queues, exchanges }: VhostSummary) => queues * 10_000 + exchanges;
  const root = all.find(({ name }) => name === "/");
  if (root !== undefined && size(root) > 0) return "/";
  let best = root ?? all[0];
  for (const one of all) if (best === undefined || size(one) > size(best)) best = one;
  return best?.name ?? "/";
}
