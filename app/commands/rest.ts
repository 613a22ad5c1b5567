import { engine } from "../bridge/index.ts";
import { watchOver } from "../bridge/watchdog.ts";
import { arrangeCommands } from "./arrange.ts";
import { foldCommands } from "./fold.ts";
import { gatherCommands } from "./gather.ts";
import { growCommands } from "./grow.ts";
import { insertCommands } from "./inserts.ts";
import { liveCommands } from "./live.ts";
import { register } from "./registry.ts";
import { followAddress, teachingCommands } from "./teaching.ts";
import { watchCommands } from "./watch.ts";

/** Commands that nobody can want before the first picture stands: they come with the rest of the words. */
register(
  ...liveCommands,
  ...insertCommands,
  ...arrangeCommands,
  ...foldCommands,
  ...teachingCommands,
  ...watchCommands,
  ...growCommands,
  ...gatherCommands,
);
followAddress();
watchOver(engine);
