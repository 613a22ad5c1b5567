import type { GroupDescription } from "../consumer/facade.ts";
import type { ClusterView } from "../seam.ts";
import type { Group } from "./group.ts";
import type { GroupsState } from "./site.ts";

/** A group as administrators see it: what members have is shown only while it is settled. */
export function describeGroup(_state: GroupsState, view: ClusterView, group: Group): GroupDescription {
  const isShown = group.phase === "Stable" || group.target !== null;
  return {
    state: group.phase,
    generation: group.generation,
    assignor: group.assignor ?? "",
    members: group.members.map(({ request, assignment }) => ({
      consumer: request.consumer,
      clientId: request.clientId,
      instanceId: request.instanceId,
      partitions: isShown ? assignment.map((name) => view.partitionNamed(name)).filter((one) => one >= 0) : [],
    })),
  };
}
