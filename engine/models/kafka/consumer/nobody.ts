import type { ConsumerSink } from "./consumer-sink.ts";

class Nobody implements ConsumerSink {
  timer(): void {}
  assigned(): void {}
  revoked(): void {}
  lost(): void {}
  joined(): void {}
  left(): void {}
  rebalancing(): void {}
  stable(): void {}
  committed(): void {}
  positioned(): void {}
}

/** Before the first command to groups there is nobody to tell anything. */
export const NOBODY: ConsumerSink = new Nobody();
