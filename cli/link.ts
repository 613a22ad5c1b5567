import { decodeLink, encodeLink } from "../app/share/link.ts";
import { Failure, type Output, onlyFile, parse, readRunnable } from "./output.ts";
import { text } from "./words.ts";

export const linkCommand = {
  usage: "link FILE",
  about: "Prints the link fragment that holds the scenario.",
  perform(args: string[], out: Output): number {
    out.print(encodeLink(readRunnable(onlyFile(parse(args, [], []), "scenario file"))));
    return 0;
  },
};

export const openCommand = {
  usage: "open LINK",
  about: "Prints the scenario that a link (or its fragment) holds, as JSON.",
  perform(args: string[], out: Output): number {
    const link = decodeLink(onlyFile(parse(args, [], []), "link"));
    if (!link.ok) throw new Failure(text(`share.link.${link.code}`, link.facts));
    out.print(JSON.stringify(link.scenario, null, 2));
    return 0;
  },
};
