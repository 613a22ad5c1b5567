import type { Meta } from "../model.ts";
import type { ChannelState } from "./client-state.ts";
import { PRECONDITION_FAILED } from "./errors.ts";
import { fail } from "./lifecycle.ts";
import type { RabbitSink } from "./sink.ts";
import type { RabbitState } from "./state.ts";
import { TIMER_CHANNEL } from "./timers.ts";

/** How many looks at a channel fit into its timeout: the timeout is found up to one look late, as the broker does. */
const LOOKS = 30;

/**
 * A delivery left unacknowledged for longer than the consumer timeout (30 min) closes the channel: 406. Instead of a time per delivery the channel is looked at now and then,
 * and the next delivery tag of that moment is remembered: what is below it and unsettled one timeout later is too old.
 */
export function watchChannel(channel: ChannelState, meta: Meta, out: RabbitSink): void {
  channel.ticking = true;
  channel.tickTimes.push(meta.now);
  channel.tickTags.push(channel.unacked.next);
  out.timer(meta.now + Math.ceil(channel.consumerTimeout / LOOKS), TIMER_CHANNEL, channel.id);
}

export function lookAtChannel(m: RabbitState, channel: ChannelState, meta: Meta, out: RabbitSink): void {
  if (!channel.open) return;
  channel.ticking = false;
  const { tickTimes, tickTags, unacked } = channel;
  if (unacked.live === 0) {
    tickTimes.length = 0;
    tickTags.length = 0;
    return;
  }
  let passed = 0;
  while (passed < tickTimes.length && (tickTimes[passed] as number) <= meta.now - channel.consumerTimeout) passed++;
  if (passed > 0) {
    if (unacked.oldest() < (tickTags[passed - 1] as number)) {
      fail(m, channel.id, PRECONDITION_FAILED, meta, out);
      return;
    }
    tickTimes.splice(0, passed);
    tickTags.splice(0, passed);
  }
  watchChannel(channel, meta, out);
}
