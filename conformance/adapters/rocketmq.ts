import type { Adapter } from "../adapter.ts";
import { RocketReplay } from "./rocketmq-replay.ts";

export const rocketmqAdapter: Adapter = { start: (recorded) => new RocketReplay(recorded) };
