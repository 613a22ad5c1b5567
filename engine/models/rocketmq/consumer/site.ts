import type { MessageStore } from "../../messages.ts";
import type { Meta } from "../../model.ts";
import { QueueBuffer } from "../queue-buffer.ts";
import type { ClusterView, GroupsAtBroker } from "../seam.ts";
import type { ClientState } from "./client-state.ts";
import type { ClientSettings } from "./consumer-config.ts";
import type { RocketConsumerSink } from "./consumer-sink.ts";
import type { ProcessQueue } from "./process-queue.ts";

export const MILLI = 1000;

/** What consumers need of a cluster. */
export type ConsumersCluster = ClusterView & GroupsAtBroker;

const FIRST_CAPACITY = 16;

/** What the parts of the consumers' side share. */
export class Site {
  readonly cluster: ConsumersCluster;
  readonly store: MessageStore;
  readonly settings: ClientSettings;
  /** By number; undefined for those that are gone. */
  readonly clients: (ClientState | undefined)[] = [];
  /** By group: those that run. */
  readonly members: (ClientState[] | undefined)[] = [];
  /** By number; undefined for those that nobody reads any more. */
  readonly processQueues: (ProcessQueue | undefined)[] = [];
  /** By queue: who reads it. */
  readonly readers: (ProcessQueue[] | undefined)[] = [];
  /** Broadcasting: what a client's file says, by group and client's id. */
  readonly files: Map<string, Map<number, number>> = new Map();
  readonly buffer: QueueBuffer = new QueueBuffer();
  ready: Int32Array = new Int32Array(FIRST_CAPACITY);
  readyCount = 0;

  constructor(cluster: ConsumersCluster, settings: ClientSettings) {
    this.cluster = cluster;
    this.store = cluster.store;
    this.settings = settings;
  }

  /** Something may be taken from the client. */
  list(client: ClientState): void {
    if (client.isListed) return;
    client.isListed = true;
    if (this.readyCount === this.ready.length) {
      const wider = new Int32Array(2 * this.ready.length);
      wider.set(this.ready);
      this.ready = wider;
    }
    this.ready[this.readyCount++] = client.number;
  }

  client(queue: ProcessQueue): ClientState | undefined {
    return this.clients[queue.consumer];
  }

  /** Where a broadcasting client keeps its offsets. */
  file(client: ClientState): Map<number, number> {
    const name = JSON.stringify([client.config.group, client.config.clientId]);
    let file = this.files.get(name);
    if (file === undefined) {
      file = new Map();
      this.files.set(name, file);
    }
    return file;
  }

  /** The client stores its offset of one queue, if it knows one. */
  storeOffset(client: ClientState, queue: ProcessQueue, meta: Meta, out: RocketConsumerSink): void {
    if (queue.memory < 0) return;
    if (client.isBroadcasting) {
      this.file(client).set(queue.queue, queue.memory);
      return;
    }
    this.commit(client, queue, queue.memory, meta, out);
  }

  commit(client: ClientState, queue: ProcessQueue, offset: number, meta: Meta, out: RocketConsumerSink): void {
    if (!client.isConnected()) return;
    const { cluster } = this;
    const before = cluster.committed(client.group, queue.queue);
    if (before === offset) return;
    if (!cluster.commit(client.group, queue.queue, offset, meta, out)) return;
    if (cluster.committed(client.group, queue.queue) === offset) out.offsetStored(client.group, queue.queue, offset);
  }
}
