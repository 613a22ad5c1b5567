import type { NodeTypes } from "@xyflow/react";
import { LateFolded } from "../late.tsx";
import { ConsumerNode } from "./ConsumerNode.tsx";
import { ExchangeNode } from "./ExchangeNode.tsx";
import { FrameNode } from "./FrameNode.tsx";
import { NoteNode } from "./NoteNode.tsx";
import { ProducerNode } from "./ProducerNode.tsx";
import { QueueNode } from "./QueueNode.tsx";
import { SocketNode } from "./SocketNode.tsx";
import { StoreNode } from "./StoreNode.tsx";
import { UnknownNode } from "./UnknownNode.tsx";

/** At module level: a fresh object would mount every node anew. */
export const nodeTypes = {
  producer: ProducerNode,
  exchange: ExchangeNode,
  queue: QueueNode,
  store: StoreNode,
  socket: SocketNode,
  consumer: ConsumerNode,
  frame: FrameNode,
  folded: LateFolded,
  note: NoteNode,
  unknown: UnknownNode,
} satisfies NodeTypes;
