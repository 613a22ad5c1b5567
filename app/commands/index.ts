import { arrangeCommands } from "./arrange.tsx";
import { canvasCommands } from "./canvas.tsx";
import { editCommands } from "./edit.tsx";
import { fileCommands } from "./file.tsx";
import { liveCommands } from "./live.tsx";
import { register } from "./registry.ts";
import { runCommands } from "./run.tsx";
import { viewCommands } from "./view.tsx";

export * from "./keys.ts";
export * from "./registry.ts";

register(
  ...runCommands,
  ...liveCommands,
  ...editCommands,
  ...arrangeCommands,
  ...fileCommands,
  ...canvasCommands,
  ...viewCommands,
);
