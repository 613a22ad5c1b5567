import { RedisDrawing } from "./redis/redis-drawing.ts";
import { addSystem } from "./systems.ts";
import { ZmqDrawing } from "./zeromq/zmq-drawing.ts";

/** Every system at once: command line, tests, bench. */
addSystem("redis", (topology) => new RedisDrawing(topology));
addSystem("zeromq", (topology) => new ZmqDrawing(topology));
