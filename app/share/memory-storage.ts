import type { DeviceStorage } from "./library.ts";

/** A browser's storage for tests: it can be full, or refuse. */
export class MemoryStorage implements DeviceStorage {
  readonly items = new Map<string, string>();
  /** UTF-16 units that one value may have. */
  room: number = Number.POSITIVE_INFINITY;
  /** UTF-16 units that all values together may have. */
  total: number = Number.POSITIVE_INFINITY;
  /** Every write fails so. */
  refuses: "QuotaExceededError" | "SecurityError" | null = null;

  get length(): number {
    return this.items.size;
  }
  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    if (this.refuses) throw new DOMException("no", this.refuses);
    const others = this.used() - (this.items.get(key)?.length ?? 0);
    if (value.length > this.room || others + value.length > this.total) {
      throw new DOMException("no room", "QuotaExceededError");
    }
    this.items.set(key, value);
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
  used(): number {
    return [...this.items.values()].reduce((sum, value) => sum + value.length, 0);
  }
}
