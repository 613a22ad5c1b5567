import type { Adapter } from "../adapter.ts";
import { ZeromqReplay } from "./zeromq-replay.ts";

export const zeromqAdapter: Adapter = { start: () => new ZeromqReplay() };
