/** How an attempt to send ends without an answer of the broker: RocketMQ's classes. */
export const CONNECT = "RemotingConnectException";
export const CONNECTION_LOST = "RemotingSendRequestException";
export const TIMEOUT = "RemotingTimeoutException";
