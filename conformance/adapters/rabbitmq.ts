import type { Adapter } from "../adapter.ts";
import { RabbitReplay } from "./rabbitmq-replay.ts";

export const rabbitmqAdapter: Adapter = { start: (recorded) => new RabbitReplay(recorded) };
