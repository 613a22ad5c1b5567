export interface Event {
  time: number;
  /** Breaks ties: what was planned first happens first. */
  order: number;
  perform: () => void;
}

/** The textbook's binary heap of objects. */
export class EventHeap {
  private readonly events: Event[] = [];
  private order = 0;

  push(time: number, perform: () => void): void {
    const { events } = this;
    events.push({ time, order: this.order++, perform });
    let at = events.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(events[at] as Event, events[parent] as Event)) break;
      this.swap(at, parent);
      at = parent;
    }
  }

  /** Takes the earliest event, if it is not later than `until`. */
  popUntil(until: number): Event | undefined {
    const { events } = this;
    const [first] = events;
    if (first === undefined || first.time > until) return undefined;
    const last = events.pop() as Event;
    if (events.length === 0) return first;
    events[0] = last;
    let at = 0;
    for (;;) {
      let least = at;
      for (let child = 2 * at + 1; child <= 2 * at + 2 && child < events.length; child++) {
        if (before(events[child] as Event, events[least] as Event)) least = child;
      }
      if (least === at) return first;
      this.swap(at, least);
      at = least;
    }
  }

  private swap(i: number, j: number): void {
    const { events } = this;
    const event = events[i] as Event;
    events[i] = events[j] as Event;
    events[j] = event;
  }
}

function before(a: Event, b: Event): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}
