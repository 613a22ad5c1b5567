import type { Meta } from "../model.ts";
import { ACK, answer, REJECT, REQUEUE } from "./answers.ts";
import type { ChannelState } from "./client-state.ts";
import { closeConnection } from "./lifecycle.ts";
import { publish } from "./publishing.ts";
import type { RabbitSink } from "./sink.ts";
import type { RabbitState } from "./state.ts";

/**
 * Memory or disk alarm: a connection that publishes is told and blocked; nothing more is read from its socket — publishes and acks alike — until the alarm ends. Connections
 * that only consume go on. semantics/rabbitmq §17; conformance rabbitmq/alarm/*.
 */
export function blockPublisher(m: RabbitState, id: number, out: RabbitSink): void {
  const connection = m.connections[id];
  if (!connection?.open || connection.blocked) return;
  connection.blocked = true;
  out.blocked(id);
}

/** Whether commands of this channel wait in the socket. */
export const isHeldBack = (m: RabbitState, channel: ChannelState): boolean =>
  m.connections[channel.connection]?.blocked ?? false;

export function setAlarm(m: RabbitState, on: boolean, meta: Meta, out: RabbitSink): void {
  m.isAlarmed = on;
  if (on) return;
  for (const connection of m.connections) {
    if (!connection?.blocked) continue;
    connection.blocked = false;
    if (!connection.isLeft) out.unblocked(connection.id);
    const held = connection.held;
    connection.held = [];
    for (const command of held) {
      if (command.what === "publish") publish(m, command.channel, command.exchange, command.copy, meta, out);
      else if (command.what === "ack") answer(m, command.channel, command.tag, command.multiple, ACK, meta, out);
      else {
        const what = command.requeue ? REQUEUE : REJECT;
        answer(m, command.channel, command.tag, command.multiple, what, meta, out);
      }
    }
    if (connection.isLeft) closeConnection(m, connection.id, meta, out);
  }
}
