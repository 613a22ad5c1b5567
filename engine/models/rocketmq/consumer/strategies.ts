import {
  type AllocationStrategy,
  averagely,
  byCircle,
  byConfig,
  byMachineRoom,
  consistentHash,
  type MessageQueue,
  nearby,
} from "../allocation.ts";

/** An allocation strategy as plain data, so that a run can be captured with it. */
export type StrategyPlan =
  | { readonly name: "AVG" }
  | { readonly name: "AVG_BY_CIRCLE" }
  /** @property points of each client on the ring; RocketMQ's default is 10 */
  | { readonly name: "CONSISTENT_HASH"; readonly points: number }
  /** These, whoever else there is. */
  | { readonly name: "CONFIG"; readonly list: readonly MessageQueue[] }
  | { readonly name: "MACHINE_ROOM"; readonly rooms: readonly string[] }
  /** A broker's room is what stands before `brokerMark` in its name, a client's what stands before `clientMark` in its id. */
  | {
      readonly name: "MACHINE_ROOM_NEARBY";
      readonly brokerMark: string;
      readonly clientMark: string;
      readonly within: StrategyPlan;
    };

const before = (text: string, mark: string): string => text.split(mark)[0] as string;

export function strategyOf(plan: StrategyPlan): AllocationStrategy {
  switch (plan.name) {
    case "AVG":
      return averagely;
    case "AVG_BY_CIRCLE":
      return byCircle;
    case "CONSISTENT_HASH":
      return consistentHash(plan.points);
    case "CONFIG":
      return byConfig(plan.list);
    case "MACHINE_ROOM":
      return byMachineRoom(plan.rooms);
    case "MACHINE_ROOM_NEARBY": {
      const { brokerMark, clientMark, within } = plan;
      const rooms = {
        ofBroker: (broker: string): string => before(broker, brokerMark),
        ofClient: (client: string): string => before(client, clientMark),
      };
      return nearby(rooms, strategyOf(within));
    }
  }
}
