import type { Micros } from "../kernel/time.ts";
import type { RabbitHost } from "./rabbit-host.ts";

/** So many nodes share a timer's datum with the number of their start. */
const NODES = 8;

/**
 * The nodes of a broker's cluster as processes of their own. A node that crashed comes back after the broker's restart time; one that was stopped stays down until it is
 * started. What happens to queues, leaders and clients meanwhile is the model's affair.
 */
export class RabbitNodes {
  /** Grows with each stop and start of a node, so that a start that was planned for another stop means nothing. */
  private readonly starts: number[] = [];

  /** @param node from 0 @param back µs until it is back by itself, −1 = not by itself @returns false when it is not there or down already */
  stop(host: RabbitHost, node: number, kill: boolean, back: Micros, timer: number): boolean {
    if (!(node >= 0 && node < host.model.nodes) || host.model.downNodes.includes(node)) return false;
    host.model.stopNode(node, kill, host.tick(), host);
    const start = this.count(node);
    if (back >= 0) host.core.timer(host.index, host.core.now + back, timer, start * NODES + node);
    return true;
  }

  /** @returns false when it runs already */
  start(host: RabbitHost, node: number): boolean {
    if (host.isDown || !host.model.downNodes.includes(node)) return false;
    this.count(node);
    host.model.startNode(node, host.tick(), host);
    return true;
  }

  /** The time of a crashed node has come. @param datum what `stop` gave the timer */
  due(host: RabbitHost, datum: number): void {
    const node = datum % NODES;
    if (this.starts[node] === Math.floor(datum / NODES)) this.start(host, node);
  }

  private count(node: number): number {
    const next = (this.starts[node] ?? 0) + 1;
    this.starts[node] = next;
    return next;
  }
}
