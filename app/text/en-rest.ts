/** The subjects of panels and dialogs. */
import about from "./en/about.ts";
import compare from "./en/compare.ts";
import definitions from "./en/definitions.ts";
import dialogs from "./en/dialogs.ts";
import events from "./en/events.ts";
import experiments from "./en/experiments.ts";
import fields from "./en/fields.ts";
import fold from "./en/fold.ts";
import issues from "./en/issues.ts";
import kafka from "./en/kafka.ts";
import lesson from "./en/lesson.ts";
import life from "./en/life.ts";
import measures from "./en/measures.ts";
import metrics from "./en/metrics.ts";
import operations from "./en/operations.ts";
import panels from "./en/panels.ts";
import problems from "./en/problems.ts";
import redis from "./en/redis.ts";
import rocketmq from "./en/rocketmq.ts";
import rules from "./en/rules.ts";
import share from "./en/share.ts";
import teaching from "./en/teaching.ts";
import theory from "./en/theory.ts";
import zeromq from "./en/zeromq.ts";

export default {
  about,
  compare,
  definitions,
  dialogs,
  events,
  experiments,
  fields,
  fold,
  issues,
  kafka,
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
  teaching,
  theory,
  zeromq,
};
