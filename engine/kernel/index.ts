export * from "./calendar.ts";
export * from "./distributions.ts";
export * from "./invariant.ts";
export * from "./math.ts";
export * from "./random.ts";
export * from "./snapshot.ts";
export * from "./time.ts";
