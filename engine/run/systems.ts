/** The systems that a run can hold brokers of. */
export const SYSTEMS = ["rabbitmq"] as const;
export type System = (typeof SYSTEMS)[number];
