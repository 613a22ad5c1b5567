import type { NodeProps } from "@xyflow/react";
import { lazy, memo, Suspense } from "react";
import { kindSpec } from "../../../engine/scenario/index.ts";
import type { FlowNode } from "../flow-model.ts";
import { hexagon, lanes, lanesBehind } from "../shapes.ts";
import styles from "./Face.module.css";
import { Face, Name } from "./Face.tsx";

/** What is written on them comes with the first drawing that has one. */
const StreamBody = lazy(() => import("./StreamBody.tsx"));
const TopicBody = lazy(() => import("./TopicBody.tsx"));
const RmqTopicBody = lazy(() => import("./RmqTopicBody.tsx"));
const ChannelBody = lazy(() => import("./ChannelBody.tsx"));

/** A stream of entries or a topic that several read at their own pace, or a channel that hands on and keeps nothing. */
export const StoreNode = memo(function StoreNode({ data, selected, width = 192, height = 96 }: NodeProps<FlowNode>) {
  const { node } = data;
  const isChannel = kindSpec(node.kind)?.shape === "hexagon";
  const shape = isChannel ? "hexagon" : "lanes";
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
      <Suspense
        fallback={
          <div className={styles.body} data-shape={shape}>
            <Name node={node} />
          </div>
        }
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
      </Suspense>
    </Face>
  );
});
