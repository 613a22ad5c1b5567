import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { kindSpec } from "../../../engine/scenario/index.ts";
import { fetched } from "../../fetched.tsx";
import type { FlowNode } from "../flow-model.ts";
import { hexagon, lanes, lanesBehind } from "../shapes.ts";
import { Face, nameOnly } from "./Face.tsx";

/** What is written on them comes with the first drawing that has one. */
const StreamBody = fetched(() => import("./StreamBody.tsx"), nameOnly("lanes"));
const TopicBody = fetched(() => import("./TopicBody.tsx"), nameOnly("lanes"));
const RmqTopicBody = fetched(() => import("./RmqTopicBody.tsx"), nameOnly("lanes"));
const ChannelBody = fetched(() => import("./ChannelBody.tsx"), nameOnly("hexagon"));

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
