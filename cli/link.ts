import { decodeLink, encodeLink, LINK_LENGTH_MAX } from "../app/share/link.ts";
import { type Command, Failure, onlyFile, parse, readRunnable } from "./output.ts";
import { text } from "./words.ts";

export const linkCommand: Command = {
  usage: "link FILE",
  about: "Prints the link fragment that holds the scenario.",
  perform(args, out) {
    const link = encodeLink(readRunnable(onlyFile(parse(args, [], []), "scenario file")));
    if (link.length > LINK_LENGTH_MAX)
      throw new Failure(text("dialogs.share.tooLong", { n: link.length, max: LINK_LENGTH_MAX }));
    out.print(link);
    return 0;
  },
};

export const openCommand: Command = {
  usage: "open LINK",
  about: "Prints the scenario that a link (or its fragment) holds, as JSON.",
  perform(args, out) {
    const link = decodeLink(onlyFile(parse(args, [], []), "link"));
    if (!link.ok) throw new Failure(text(`share.link.${link.code}`, link.facts));
    out.print(JSON.stringify(link.scenario, null, 2));
    return 0;
  },
};
