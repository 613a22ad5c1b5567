import { canvasCommands } from "./canvas.ts";
import { editCommands } from "./edit.ts";
import { fileCommands } from "./file.ts";
import { register } from "./registry.ts";
import { runCommands } from "./run.ts";
import { viewCommands } from "./view.ts";

export * from "./keys.ts";
export * from "./registry.ts";

register(...runCommands, ...editCommands, ...fileCommands, ...canvasCommands, ...viewCommands);
