import type { SendRequest } from "./send-request.ts";

/** Requests on their way in one direction: what left first arrives first. It keeps its memory. */
export class RequestRing {
  private items: SendRequest[] = [];
  private head = 0;
  length = 0;

  first(): SendRequest | undefined {
    return this.length === 0 ? undefined : this.items[this.head];
  }

  push(request: SendRequest): void {
    if (this.length === this.items.length) this.grow(request);
    this.items[(this.head + this.length) & (this.items.length - 1)] = request;
    this.length++;
  }

  take(): SendRequest {
    const request = this.items[this.head] as SendRequest;
    this.head = (this.head + 1) & (this.items.length - 1);
    this.length--;
    return request;
  }

  /** Takes all out, in order. */
  takeAll(): SendRequest[] {
    const all: SendRequest[] = [];
    while (this.length > 0) all.push(this.take());
    return all;
  }

  /** @param filler what stands in places that nobody reads */
  private grow(filler: SendRequest): void {
    const wider: SendRequest[] = [];
    for (let i = 0; i < this.length; i++) {
      wider.push(this.items[(this.head + i) & (this.items.length - 1)] as SendRequest);
    }
    const capacity = Math.max(8, 2 * this.items.length);
    while (wider.length < capacity) wider.push(filler);
    this.items = wider;
    this.head = 0;
  }
}
