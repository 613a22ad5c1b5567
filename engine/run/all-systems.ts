import { KafkaDrawing } from "./kafka/kafka-drawing.ts";
import { RedisDrawing } from "./redis/redis-drawing.ts";
import { RocketDrawing } from "./rocketmq/rocketmq-drawing.ts";
import { Sprint } from "./sprint/sprint.ts";
import { addSprints } from "./sprints.ts";
import { addSystem } from "./systems.ts";
import { ZmqDrawing } from "./zeromq/zmq-drawing.ts";

/** Every system at once, and what makes runs fast: command line, tests, bench. */
addSystem("rocketmq", (topology) => new RocketDrawing(topology));
addSystem("kafka", (topology) => new KafkaDrawing(topology));
addSystem("redis", (topology) => new RedisDrawing(topology));
addSystem("zeromq", (topology) => new ZmqDrawing(topology));
addSprints((state) => new Sprint(state));
