/** Reply codes of the protocol and their names. */
const NAMES: Record<number, string> = {
  311: "CONTENT_TOO_LARGE",
  312: "NO_ROUTE",
  320: "CONNECTION_FORCED",
  403: "ACCESS_REFUSED",
  404: "NOT_FOUND",
  405: "RESOURCE_LOCKED",
  406: "PRECONDITION_FAILED",
  503: "COMMAND_INVALID",
  530: "NOT_ALLOWED",
  540: "NOT_IMPLEMENTED",
  541: "INTERNAL_ERROR",
};

export const NO_ROUTE = 312;
export const CONNECTION_FORCED = 320;
export const ACCESS_REFUSED = 403;
export const NOT_FOUND = 404;
export const RESOURCE_LOCKED = 405;
export const PRECONDITION_FAILED = 406;
export const COMMAND_INVALID = 503;
export const NOT_ALLOWED = 530;
export const NOT_IMPLEMENTED = 540;
export const INTERNAL_ERROR = 541;
/** Not of the protocol: the socket was cut without a word. */
export const SOCKET_CUT = 0;

export const errorName = (code: number): string => NAMES[code] ?? "";

/** Hard errors close the connection, the others only the channel. */
export const closesConnection = (code: number): boolean => code === CONNECTION_FORCED || code > 500;

/** A refused command: the sink has been told of the closed channel or connection. */
export interface Refusal {
  readonly ok: false;
  readonly code: number;
  readonly name: string;
}
export type Result = { readonly ok: true; readonly id: number } | Refusal;

export const refusal = (code: number): Refusal => ({ ok: false, code, name: errorName(code) });
