import type { GroupDescription } from "../consumer/facade.ts";
import type { ClusterView } from "../seam.ts";
import type { Group } from "./group.ts";

/** A group as administrators see it. During a rebalance members are shown with what they had before. */
export function describeGroup(view: ClusterView, group: Group): GroupDescription {
  return {
    state: group.phase,
    generation: group.generation,
    assignor: group.assignor ?? "",
    members: group.members.map(({ request, clientId, assignment }) => ({
      consumer: request.consumer,
      clientId,
      instanceId: request.instanceId,
      partitions: assignment.map((name) => view.partitionNamed(name)).filter((one) => one >= 0),
    })),
  };
}
