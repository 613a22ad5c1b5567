/** The only door to the engine. */
export * from "./engine-client.ts";
export type { FrameStore } from "./frames.ts";
export * from "./headless.ts";
export * from "./visibility.ts";
