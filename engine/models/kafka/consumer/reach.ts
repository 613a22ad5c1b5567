import type { Site } from "../groups/site.ts";
import type { ConsumerState } from "./consumer-state.ts";

/** Nothing stands between the consumer and the brokers, and some broker answers. */
export function canReach(at: Site, consumer: ConsumerState): boolean {
  return !consumer.isCut && !consumer.isFrozen && at.view.isUp();
}
