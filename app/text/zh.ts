/** The Simplified Chinese table, loaded only when it is wanted. Same keys as `en.ts`; plurals need `_other` alone. */
import about from "./zh/about.ts";
import canvas from "./zh/canvas.ts";
import commands from "./zh/commands.ts";
import compare from "./zh/compare.ts";
import connection from "./zh/connection.ts";
import definitions from "./zh/definitions.ts";
import dialogs from "./zh/dialogs.ts";
import events from "./zh/events.ts";
import experiments from "./zh/experiments.ts";
import fields from "./zh/fields.ts";
import fold from "./zh/fold.ts";
import issues from "./zh/issues.ts";
import kafka from "./zh/kafka.ts";
import kinds from "./zh/kinds.ts";
import lesson from "./zh/lesson.ts";
import life from "./zh/life.ts";
import measures from "./zh/measures.ts";
import metrics from "./zh/metrics.ts";
import operations from "./zh/operations.ts";
import panels from "./zh/panels.ts";
import problems from "./zh/problems.ts";
import redis from "./zh/redis.ts";
import rocketmq from "./zh/rocketmq.ts";
import rules from "./zh/rules.ts";
import share from "./zh/share.ts";
import shell from "./zh/shell.ts";
import teaching from "./zh/teaching.ts";
import theory from "./zh/theory.ts";
import welcome from "./zh/welcome.ts";
import zeromq from "./zh/zeromq.ts";

export default {
  about,
  canvas,
  commands,
  compare,
  connection,
  definitions,
  dialogs,
  events,
  experiments,
  fields,
  fold,
  issues,
  kafka,
  kinds,
  lesson,
  life,
  measures,
  metrics,
  operations,
  panels,
  problems,
  redis,
  rocketmq,
  rules,
  share,
  shell,
  teaching,
  theory,
  welcome,
  zeromq,
};
