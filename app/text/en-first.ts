/** The subjects of which the first picture of the page is made; they come with it. The others follow at once, in `en-rest.ts`. */
import canvas from "./en/canvas.ts";
import commands from "./en/commands.ts";
import connection from "./en/connection.ts";
import kinds from "./en/kinds.ts";
import shell from "./en/shell.ts";
import welcome from "./en/welcome.ts";

export default { canvas, commands, connection, kinds, shell, welcome };
