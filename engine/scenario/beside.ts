import { type Connected, connect } from "./edit.ts";
import { usualTypeBeside } from "./sockets.ts";
import type { Scenario, ScenarioNode, Settings } from "./types.ts";

/** A new node behind another (or, `isBefore`, before it): of what a socket or proxy can talk to there is one usual type. Nothing for other kinds. */
export function settingsBeside(neighbour: ScenarioNode, kind: string, isBefore = false): Settings | undefined {
  const type = usualTypeBeside(neighbour, kind, isBefore);
  return type === undefined ? undefined : { type };
}

/** Draws an edge from the first to the second; between two sockets from whichever makes the messages. */
export function connectNew(scenario: Scenario, from: string, to: string): Connected {
  const connected = connect(scenario, from, to);
  if (connected.ok || !["socket-direction", "socket-pair"].includes(connected.refused.code)) return connected;
  const turned = connect(scenario, to, from);
  return turned.ok ? turned : connected;
}
