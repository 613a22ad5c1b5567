import { BROKER } from "./about-broker.ts";
import { CLIENTS } from "./about-clients.ts";
import type { Feature } from "./about-feature.ts";
import { QUEUES } from "./about-queues.ts";
import { ROUTING } from "./about-routing.ts";

/** What the RabbitMQ model does, in the order in which it is told. */
export const FEATURES: readonly Feature[] = [...ROUTING, ...QUEUES, ...CLIENTS, ...BROKER];
