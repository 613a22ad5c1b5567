import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { kindSpec, type ScenarioNode } from "../../../engine/scenario/index.ts";
import { fetched } from "../../fetched.tsx";
import type { FlowNode } from "../flow-model.ts";
import { hexagon, lanes, lanesBehind } from "../shapes.ts";
import styles from "./Face.module.css";
import { Face, Name } from "./Face.tsx";

/** What is written on them comes with the first drawing that has one. */
const StreamBody = fetched(() => import("./StreamBody.tsx"), BesideLanes);
const TopicBody = fetched(() => import("./TopicBody.tsx"), BesideLanes);
const RmqTopicBody = fetched(() => import("./RmqTopicBody.tsx"), BesideLanes);
const ChannelBody = fetched(() => import("./ChannelBody.tsx"), BesideHexagon);

/** A stream of entries or a topic that several read at their own pace, or a channel that hands on and keeps nothing. */
export const StoreNode = memo(function StoreNode({ data, selected, width = 192, height = 96 }: NodeProps<FlowNode>) {
  const { node } = data;
  const isChannel = kindSpec(node.kind)?.shape === "hexagon";
  return (
    <Face
      node={node}
      selected={selected}
      width={width}
      height={height}
      outline={isChannel ? hexagon(width, height) : lanes(width, height)}
      {...(!isChannel && { detail: lanesBehind(width, height) })}
      tint={isChannel ? "channel" : "topic"}
      canSend
      canTake
    >
      {isChannel ? (
        <ChannelBody node={node} />
      ) : node.kind === "topic" ? (
        <TopicBody node={node} />
      ) : node.kind === "rmqTopic" ? (
        <RmqTopicBody node={node} />
      ) : (
        <StreamBody node={node} />
      )}
    </Face>
  );
});

function BesideLanes({ node }: { node: ScenarioNode }) {
  return (
    <div className={styles.body} data-shape="lanes">
      <Name node={node} />
    </div>
  );
}

function BesideHexagon({ node }: { node: ScenarioNode }) {
  return (
    <div className={styles.body} data-shape="hexagon">
      <Name node={node} />
    </div>
  );
}
