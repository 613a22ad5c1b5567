import type { AboutArea, SimplificationId } from "./about-simplifications.ts";

/** Recorded cases: `group/name` with `*` for any text, as `dlx/*`; of those, when `with` is given, only cases whose steps contain that text. */
export type Proof = string | { readonly cases: string; readonly with: string };

/** Something that RabbitMQ does, and what became of it here. Ids are language-free; the words are the page's (`about.rabbitmq.features.<id>`). */
export interface Feature {
  readonly id: string;
  readonly area: AboutArea;
  /** whole = as the broker, simplified = but for what `simplified` names, not = left out for the reason that `simplified` names */
  readonly modelled: "whole" | "simplified" | "not";
  readonly simplified?: readonly SimplificationId[];
  /** Rules that the page quotes when this happens. */
  readonly rules?: readonly string[];
  /** Recorded cases that prove it. Without any, `tests` says what does. */
  readonly proof: readonly Proof[];
  /** Files of tests of our own, for what no recording shows. */
  readonly tests?: readonly string[];
}

/** The random runs on queues whose steps contain the text. */
export const queues = (text: string): Proof => ({ cases: "queue-fuzz/*", with: text });
/** The random topologies whose steps contain the text. */
export const routes = (text: string): Proof => ({ cases: "routing-fuzz/*", with: text });
export const quorumQueues = queues('"quorum"');
export const MODEL = "engine/models/rabbitmq";
