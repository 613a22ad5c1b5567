export type { CountResult, ExchangeOptions, QueueOptions, QueueResult } from "./declaring.ts";
export type { Refusal, Result } from "./errors.ts";
export { extrasOf, returnsOf } from "./extras.ts";
export { visibleHeaders } from "./kinds.ts";
export { GUEST, RabbitModel } from "./rabbit.ts";
export type { RabbitSink } from "./sink.ts";
export type { RabbitConfig } from "./state.ts";
export type { ConsumeOptions } from "./subscribing.ts";
export { plainTable } from "./values.ts";
