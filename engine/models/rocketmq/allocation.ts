import { utf8 } from "../../kernel/utf8.ts";
import { md5Head } from "./md5.ts";

/** A queue of a topic at one broker group. */
export interface MessageQueue {
  readonly topic: string;
  readonly broker: string;
  readonly id: number;
}

/**
 * How the members of a group share a topic's queues. Every client asks for itself, with the same two lists: all queues, by topic, broker and number; all
 * members' ids, as texts. @returns the queues of the client at `index`, in order
 */
export type AllocationStrategy = (
  queues: readonly MessageQueue[],
  clients: readonly string[],
  index: number,
) => MessageQueue[];

/** By text, unit by unit, as Java compares: capitals before small letters. */
export const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const compareQueues = (a: MessageQueue, b: MessageQueue): number =>
  compareTexts(a.topic, b.topic) || compareTexts(a.broker, b.broker) || a.id - b.id;

/**
 * AllocateMessageQueueAveragely, the default: blocks one after another; of what is left over, the first clients get one more each.
 * 8 queues, 3 clients: 0–2, 3–5, 6–7. With more clients than queues the last ones get nothing.
 */
export const averagely: AllocationStrategy = (queues, clients, index) => {
  const rest = queues.length % clients.length;
  const size = (queues.length - rest) / clients.length;
  const start = index * size + Math.min(index, rest);
  return queues.slice(start, start + size + (index < rest ? 1 : 0));
};

/** AllocateMessageQueueAveragelyByCircle: dealt out one by one. 8 queues, 3 clients: 0 3 6, 1 4 7, 2 5. */
export const byCircle: AllocationStrategy = (queues, clients, index) =>
  queues.filter((_, place) => place % clients.length === index);

/**
 * AllocateMessageQueueConsistentHash: every client has points on a ring, a queue belongs to the next point from its own place on.
 * @param points of each client; 10 unless told otherwise
 */
export const consistentHash =
  (points = 10): AllocationStrategy =>
  (queues, clients, index) => {
    const ring: { readonly at: number; readonly client: number }[] = [];
    clients.forEach((id, client) => {
      for (let point = 0; point < points; point++) ring.push({ at: md5Head(utf8(`${id}-${point}`)), client });
    });
    ring.sort((a, b) => a.at - b.at);
    return queues.filter(({ topic, broker, id }) => {
      const at = md5Head(utf8(`MessageQueue [topic=${topic}, brokerName=${broker}, queueId=${id}]`));
      return (ring.find((point) => point.at >= at) ?? ring[0])?.client === index;
    });
  };

/** AllocateMessageQueueByConfig: a fixed list, whoever else there is. */
export const byConfig =
  (list: readonly MessageQueue[]): AllocationStrategy =>
  () => [...list];

/**
 * AllocateMessageQueueByMachineRoom: of the brokers called `room@…` only those in these rooms; a block each, then what is left over, one by one.
 * 8 queues, 3 clients: 0 1 6, 2 3 7, 4 5.
 */
export const byMachineRoom =
  (rooms: readonly string[]): AllocationStrategy =>
  (queues, clients, index) => {
    const near = queues.filter(({ broker }) => {
      const parts = broker.split("@");
      return parts.length === 2 && rooms.includes(parts[0] as string);
    });
    const rest = near.length % clients.length;
    const size = (near.length - rest) / clients.length;
    const own = near.slice(index * size, (index + 1) * size);
    if (index < rest) own.push(near[clients.length * size + index] as MessageQueue);
    return own;
  };

/** Where brokers and clients stand. */
export interface MachineRooms {
  ofBroker(broker: string): string;
  ofClient(client: string): string;
}

/**
 * AllocateMachineRoomNearby: the queues of a room for the clients in it; those of rooms without a client for all. Within each room by another strategy.
 */
export const nearby =
  (rooms: MachineRooms, within: AllocationStrategy): AllocationStrategy =>
  (queues, clients, index) => {
    const client = clients[index] as string;
    const own = rooms.ofClient(client);
    const result: MessageQueue[] = [];
    const share = (room: string, members: readonly string[]): void => {
      const there = queues.filter(({ broker }) => rooms.ofBroker(broker) === room);
      if (there.length > 0) result.push(...within(there, members, members.indexOf(client)));
    };
    share(
      own,
      clients.filter((id) => rooms.ofClient(id) === own),
    );
    const occupied = new Set(clients.map((id) => rooms.ofClient(id)));
    const empty = [...new Set(queues.map(({ broker }) => rooms.ofBroker(broker)))].filter(
      (room) => !occupied.has(room),
    );
    for (const room of empty.sort(compareTexts)) share(room, clients);
    return result;
  };
