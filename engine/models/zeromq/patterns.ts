import { dealer } from "./dealer.ts";
import type { SocketType } from "./options.ts";
import { pair } from "./pair.ts";
import type { Pattern } from "./pattern.ts";
import { pull, push } from "./pipeline.ts";
import { rep } from "./rep.ts";
import { req } from "./req.ts";
import { router } from "./router.ts";
import { pub, xpub } from "./xpub.ts";
import { sub, xsub } from "./xsub.ts";

export const PATTERNS: Readonly<Record<SocketType, Pattern>> = {
  PUSH: push,
  PULL: pull,
  PUB: pub,
  SUB: sub,
  XPUB: xpub,
  XSUB: xsub,
  REQ: req,
  REP: rep,
  DEALER: dealer,
  ROUTER: router,
  PAIR: pair,
};
