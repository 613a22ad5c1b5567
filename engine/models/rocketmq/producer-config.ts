/** What a producer is set up with; RocketMQ's names and defaults, times in ms. */
export interface ProducerConfig {
  /** Of transactions: any member may be asked. */
  readonly producerGroup: string;
  readonly sendMsgTimeout: number;
  /** Of one attempt of several, −1 = as long as all together. */
  readonly sendMsgMaxTimeoutPerRequest: number;
  readonly retryTimesWhenSendFailed: number;
  readonly retryTimesWhenSendAsyncFailed: number;
  readonly retryAnotherBrokerWhenNotStoreOK: boolean;
  readonly sendLatencyFaultEnable: boolean;
  /** Bytes of a body. */
  readonly maxMessageSize: number;
  /** Queues of a topic that its first message makes. */
  readonly defaultTopicQueueNums: number;
  /** How often it asks for routes. */
  readonly pollNameServerInterval: number;
  readonly heartbeatBrokerInterval: number;
}

export const PRODUCER_DEFAULTS: ProducerConfig = {
  producerGroup: "DEFAULT_PRODUCER",
  sendMsgTimeout: 3000,
  sendMsgMaxTimeoutPerRequest: -1,
  retryTimesWhenSendFailed: 2,
  retryTimesWhenSendAsyncFailed: 2,
  retryAnotherBrokerWhenNotStoreOK: false,
  sendLatencyFaultEnable: false,
  maxMessageSize: 4 * 1024 * 1024,
  defaultTopicQueueNums: 4,
  pollNameServerInterval: 30_000,
  heartbeatBrokerInterval: 30_000,
};

const NUMBERS = [
  "sendMsgTimeout",
  "sendMsgMaxTimeoutPerRequest",
  "retryTimesWhenSendFailed",
  "retryTimesWhenSendAsyncFailed",
  "maxMessageSize",
  "defaultTopicQueueNums",
  "pollNameServerInterval",
] as const;
const SWITCHES = ["retryAnotherBrokerWhenNotStoreOK", "sendLatencyFaultEnable"] as const;

/** Settings out of RocketMQ's own words. @throws Error for a name or number that cannot be read */
export function producerConfig(
  words: Readonly<Record<string, string>>,
  before: ProducerConfig = PRODUCER_DEFAULTS,
): ProducerConfig {
  const set: { -readonly [Key in keyof ProducerConfig]: ProducerConfig[Key] } = { ...before };
  for (const [name, text] of Object.entries(words)) {
    const number = NUMBERS.find((one) => one === name);
    const flag = SWITCHES.find((one) => one === name);
    if (number !== undefined && Number.isInteger(Number(text))) set[number] = Number(text);
    else if (flag !== undefined) set[flag] = text === "true";
    else if (name === "producerGroup") set.producerGroup = text;
    else throw new Error(`${name} = ${text} is no setting of a producer`);
  }
  return set;
}
