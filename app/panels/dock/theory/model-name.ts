import type { Words } from "../../../text/index.ts";
import type { QueueTheory } from "./theory-of.ts";

/** `M/M/3`, or that none applies. */
export function modelName({ theory }: QueueTheory, { t }: Pick<Words, "t">): string {
  if (theory.fit === null) return t("theory.none");
  return t(`theory.model.${theory.fit.model}`, { c: theory.inputs.servers, k: theory.inputs.room });
}
