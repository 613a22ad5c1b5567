import { useRef } from "react";
import { brokerOf, lanesOf, type ScenarioNode, settingsAs } from "../../../engine/scenario/index.ts";
import { frames } from "../../bridge/index.ts";
import { useDocument } from "../../store/document.ts";
import { useText } from "../../text/index.ts";
import { mark, useLive, write } from "../live.ts";
import own from "./TopicBody.module.css";
import { type LaneTold, TopicFace } from "./TopicFace.tsx";

const NO_BREAK = "\u00a0";

/** A RocketMQ topic as lanes, one a queue; what waits for its time or for a commit is in none of them and stands above. */
export default function RmqTopicBody({ node }: { node: ScenarioNode }) {
  const { t } = useText();
  const { queues } = settingsAs("rmqTopic", node);
  const lanes = useDocument((s) => lanesOf(s.scenario, node));
  const isSpread = useDocument((s) => {
    const brokers = brokerOf(s.scenario, node);
    return brokers !== undefined && settingsAs("brokerSet", brokers).masters > 1;
  });
  const laneOf = (lane: number): LaneTold => {
    const queue = lane % queues;
    const broker = "abc"[Math.floor(lane / queues)] ?? "";
    return {
      number: isSpread ? `${broker}${queue}` : queue,
      title: isSpread ? t("rocketmq.face.queueAt", { queue, broker }) : t("rocketmq.face.queue", { queue }),
      read: (groups) => {
        const read = (name: string) => frames.metric(node.id, `${name}[${lane}]`);
        const end = read("endOffset");
        const isHeld = groups.some((group) => frames.metric(node.id, `suspended[${group}/${lane}]`) === 1);
        return {
          start: read("startOffset"),
          end,
          readable: end,
          isOffline: read("offline") === 1,
          isHeld,
          behind: isHeld ? t("rocketmq.face.suspended") : "",
        };
      },
    };
  };
  return (
    <TopicFace node={node} system="rocketmq" lanes={lanes} laneOf={laneOf}>
      <Held node={node} />
    </TopicFace>
  );
}

/** What is stored, and in no queue yet. */
function Held({ node }: { node: ScenarioNode }) {
  const { t, format } = useText();
  const line = useRef<HTMLSpanElement>(null);
  const { messageType } = settingsAs("rmqTopic", node);
  useLive(() => {
    const read = (name: string) => frames.metric(node.id, name);
    const held: string[] = [];
    if (read("delayed") > 0) held.push(t("rocketmq.face.delayed", { count: format.count(read("delayed")) }));
    if (messageType === "transaction" && !Number.isNaN(read("half"))) {
      held.push(t("rocketmq.face.half", { count: format.count(read("half")) }));
      const [commit, rollback] = [format.count(read("commit.total")), format.count(read("rollback.total"))];
      held.push(t("rocketmq.face.ends", { commit, rollback }));
      const checks = read("check.total");
      if (checks > 0) held.push(t("rocketmq.face.checks", { count: checks, shown: format.count(checks) }));
    }
    // A line may end between two figures, not within one.
    const figures = held.join(" · ").split(" · ");
    write(line.current, figures.map((words) => words.replaceAll(" ", NO_BREAK)).join(" · "));
    mark(line.current, "data-shown", String(held.length > 0));
  });
  return <span ref={line} className={own.held} />;
}
