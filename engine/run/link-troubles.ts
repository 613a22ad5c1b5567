import { fromMs } from "../kernel/time.ts";
import type { ScenarioEdge } from "../scenario/types.ts";
import { linkConfig } from "./config.ts";
import type { LinkConfig } from "./link.ts";

/** What is wrong with a link beside what is drawn; null = nothing. Several things can be wrong at once. */
export interface LinkTrouble {
  /** Cut by hand or script, and by how many partitions of the network. */
  cut: boolean;
  partitions: number;
  /** Share of messages lost on top, 0…1. */
  loss: number;
  /** ms on top. */
  delay: number;
  /** Bytes per second, 0 = as drawn. */
  bandwidth: number;
}

export const noTrouble = (): LinkTrouble => ({ cut: false, partitions: 0, loss: 0, delay: 0, bandwidth: 0 });

export const isTroubled = (of: LinkTrouble): boolean =>
  of.cut || of.partitions > 0 || of.loss > 0 || of.delay > 0 || of.bandwidth > 0;

/** The link as it is drawn, with its troubles. */
export function troubledConfig(edge: ScenarioEdge, trouble: LinkTrouble | null): LinkConfig {
  const drawn = linkConfig(edge);
  if (trouble === null) return drawn;
  const config = { ...drawn };
  if (trouble.cut || trouble.partitions > 0) config.cut = true;
  if (trouble.loss > 0) config.loss = 1 - (1 - drawn.loss) * (1 - trouble.loss);
  if (trouble.bandwidth > 0) {
    const most = trouble.bandwidth / 1e6;
    config.bandwidth = drawn.bandwidth > 0 ? Math.min(drawn.bandwidth, most) : most;
  }
  const delay = fromMs(trouble.delay);
  if (config.constant >= 0) config.constant += delay;
  else config.extra += delay;
  return config;
}

/** How a face shows them. */
export function troubleBadges(of: LinkTrouble): string[] {
  const found: string[] = [];
  if (of.cut || of.partitions > 0) found.push("cut");
  if (of.loss > 0) found.push("lossy");
  if (of.delay > 0) found.push("delayed");
  if (of.bandwidth > 0) found.push("narrow");
  return found;
}
