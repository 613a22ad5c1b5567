import type { Meta } from "../../model.ts";
import { brokerFilter } from "../filter/broker-filter.ts";
import type { PullStatus } from "../pull.ts";
import { READ_FORBIDDEN, READ_FOUND, READ_ILLEGAL, READ_NO_MATCH, READ_NO_QUEUE, READ_UNAVAILABLE } from "../seam.ts";
import { TopicInterest } from "./client-state.ts";
import type { Wanted } from "./consumer-config.ts";
import type { RocketConsumerSink } from "./consumer-sink.ts";
import type { Popped, PopRequest, PullAnswer } from "./facade.ts";
import type { Site } from "./site.ts";

/** What a pop handed out, for its receipt. */
interface Receipt {
  readonly group: number;
  readonly queue: number;
  readonly offset: number;
  readonly popTime: number;
}

const RECEIPTS_MAX = 65_536;

/** Consumers that ask: pull names a queue and an offset, pop leaves both to the broker. */
export class ByHand {
  private readonly site: Site;
  private readonly receipts: Map<number, Receipt> = new Map();
  private lastReceipt = 0;

  constructor(site: Site) {
    this.site = site;
  }

  pull(
    group: string,
    queue: number,
    offset: number,
    max: number,
    wanted: Wanted,
  ): PullAnswer | { readonly error: string } {
    const { cluster, buffer } = this.site;
    const filter = brokerFilter(wanted.expression, wanted.isSql);
    if (offset < 0 || filter === null || (wanted.isSql && !cluster.takesConditions))
      return { error: "MQClientException" };
    if (cluster.groupSettings(cluster.groupId(group))?.consumeEnable === false) return { error: "NO_PERMISSION" };
    let status: PullStatus = "NO_NEW_MSG";
    switch (cluster.readOn(queue, offset, max, filter, buffer)) {
      case READ_UNAVAILABLE:
        return { error: "MQClientException" };
      case READ_FORBIDDEN:
        // The client itself refuses: it knows of no queue that can be read (rocketmq/send/write-only).
        return { error: "MQClientException" };
      case READ_NO_QUEUE:
        return { error: "INVALID_PARAMETER" };
      case READ_ILLEGAL:
        status = "OFFSET_ILLEGAL";
        break;
      case READ_NO_MATCH:
        status = "NO_MATCHED_MSG";
        break;
      case READ_FOUND:
        status = "FOUND";
        break;
    }
    const { next, min, max: end } = buffer;
    const interest = new TopicInterest(wanted, 0);
    const offsets: number[] = [];
    if (status === "FOUND")
      for (let i = 0; i < buffer.count; i++)
        if (interest.passes(buffer.tags[i] as number, cluster)) offsets.push(buffer.offsets[i] as number);
    return { status, next, min, max: end, offsets };
  }

  commit(group: string, queue: number, offset: number, meta: Meta, out: RocketConsumerSink): string {
    const { cluster } = this.site;
    const id = cluster.groupId(group);
    if (!cluster.commit(id, queue, offset, meta, out)) return "MQClientException";
    out.offsetStored(id, queue, offset);
    return "";
  }

  pop(request: PopRequest, meta: Meta, out: RocketConsumerSink): readonly Popped[] | { readonly error: string } {
    const { cluster, buffer, store } = this.site;
    const topic = cluster.topicId(request.topic);
    const filter = brokerFilter(request.filter.expression, request.filter.isSql);
    if (topic < 0) return { error: "TOPIC_NOT_EXIST" };
    if (filter === null) return { error: "SUBSCRIPTION_PARSE_FAILED" };
    const { queue, max, invisibleMs } = request;
    const group = cluster.groupId(request.group);
    const isFirst = request.from === "FIRST";
    const code = cluster.pop(group, topic, queue, max, invisibleMs, isFirst, filter, buffer, meta, out);
    if (code === READ_FORBIDDEN) return { error: "NO_PERMISSION" };
    if (code === READ_UNAVAILABLE) return { error: "SERVICE_NOT_AVAILABLE" };
    return Array.from({ length: buffer.count }, (_, i) => {
      const at = buffer.queues[i] as number;
      const offset = buffer.offsets[i] as number;
      const receipt = this.keep({ group, queue: at, offset, popTime: buffer.popTime });
      const handle = store.clone(buffer.handles[i] as number);
      return { receipt, queue: at, offset, handle, times: buffer.times[i] as number };
    });
  }

  private keep(receipt: Receipt): number {
    this.receipts.set(++this.lastReceipt, receipt);
    // Nobody comes with one as old as that.
    this.receipts.delete(this.lastReceipt - RECEIPTS_MAX);
    return this.lastReceipt;
  }

  /** A second acknowledgement, or one that comes too late, is answered like any other. */
  ack(number: number, meta: Meta, out: RocketConsumerSink): string {
    const receipt = this.receipts.get(number);
    if (receipt === undefined) return "INVALID_RECEIPT_HANDLE";
    const { group, queue, offset, popTime } = receipt;
    return this.site.cluster.popAck(group, queue, offset, popTime, meta, out);
  }

  changeInvisible(number: number, invisibleMs: number, meta: Meta, out: RocketConsumerSink): number {
    const receipt = this.receipts.get(number);
    if (receipt === undefined) return -1;
    const { group, queue, offset, popTime } = receipt;
    const renewed = this.site.cluster.popChange(group, queue, offset, popTime, invisibleMs, meta, out);
    return renewed < 0 ? -1 : this.keep({ group, queue, offset, popTime: renewed });
  }
}
