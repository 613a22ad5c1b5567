import type { Adapter } from "../adapter.ts";
import { RedisReplay } from "./redis-replay.ts";

export const redisAdapter: Adapter = { start: () => new RedisReplay() };
