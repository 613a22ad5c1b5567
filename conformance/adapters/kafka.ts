import type { Adapter } from "../adapter.ts";
import { KafkaReplay } from "./kafka-replay.ts";

export const kafkaAdapter: Adapter = { start: (recorded) => new KafkaReplay(recorded) };
