import { ExternalLink } from "lucide-react";
import type { RunEvent } from "../../../engine/worker/protocol.ts";
import { useDocument } from "../../store/document.ts";
import { useText } from "../../text/index.ts";
import { RULES, type RuleId, ruleOf } from "./rules.ts";
import { KAFKA_RULES, kafkaRuleOf } from "./rules-kafka.ts";
import { productOf, REDIS_RULES, type RedisRuleId, redisRuleOf } from "./rules-redis.ts";
import { ROCKETMQ_RULES, rocketmqRuleOf } from "./rules-rocketmq.ts";
import { ZEROMQ_RULES, zeromqRuleOf } from "./rules-zeromq.ts";
import styles from "./Why.module.css";

interface Quoted {
  words: string;
  source: string;
  from: string;
}

/** A rule of a product, folded; its source is a link that only the reader follows. */
function Note({ words, source, from }: Quoted) {
  const { t } = useText();
  return (
    <details className={styles.rule}>
      <summary>{t("rules.title")}</summary>
      <p>
        {words}{" "}
        <a href={source} target="_blank" rel="noreferrer">
          {from}
          <ExternalLink size={11} role="img" aria-label={t("rules.opens")} />
        </a>
      </p>
    </details>
  );
}

/** One rule of RabbitMQ, when it is known which. */
export function RuleNote({ rule }: { rule: RuleId | undefined }) {
  const { t } = useText();
  if (rule === undefined) return null;
  return <Note words={t(`rules.say.${rule}`)} source={RULES[rule]} from={t("rules.source")} />;
}

function RedisNote({ rule }: { rule: RedisRuleId | undefined }) {
  const { t } = useText();
  if (rule === undefined) return null;
  return <Note words={t(`redis.rules.${rule}`)} source={REDIS_RULES[rule]} from={t("redis.source")} />;
}

function ZeromqNote({ rule }: { rule: ReturnType<typeof zeromqRuleOf> }) {
  const { t } = useText();
  if (rule === undefined) return null;
  return <Note words={t(`zeromq.rules.${rule}`)} source={ZEROMQ_RULES[rule]} from={t("zeromq.source")} />;
}

function KafkaNote({ rule }: { rule: ReturnType<typeof kafkaRuleOf> }) {
  const { t } = useText();
  if (rule === undefined) return null;
  return <Note words={t(`kafka.rules.${rule}`)} source={KAFKA_RULES[rule]} from={t("kafka.source")} />;
}

function RocketmqNote({ rule }: { rule: ReturnType<typeof rocketmqRuleOf> }) {
  const { t } = useText();
  if (rule === undefined) return null;
  return <Note words={t(`rocketmq.rules.${rule}`)} source={ROCKETMQ_RULES[rule]} from={t("rocketmq.source")} />;
}

/** The rule behind an event: that of the product at whose node, or with whose client, it happened. */
export function EventRule({ event }: { event: RunEvent }) {
  const node = useDocument((s) => s.scenario.nodes.find(({ id }) => id === event.node));
  const product = useDocument((s) => productOf(s.scenario, node));
  if (product === "redis") return <RedisNote rule={redisRuleOf(event, node)} />;
  if (product === "kafka") return <KafkaNote rule={kafkaRuleOf(event, node)} />;
  if (product === "rocketmq") return <RocketmqNote rule={rocketmqRuleOf(event, node)} />;
  if (product === "zeromq") return <ZeromqNote rule={zeromqRuleOf(event, node)} />;
  return product === "rabbitmq" ? <RuleNote rule={ruleOf(event, node)} /> : null;
}
