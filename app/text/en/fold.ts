/** Frames that are folded to one node. */
const fold = {
  fold: "Fold the frame",
  unfold: "Unfold the frame",
  contents: "Contents of {{name}}",
  folded: "folded",
  nodes_one: "{{count}} node",
  nodes_other: "{{count}} nodes",
  sums: {
    published: "published",
    processed: "processed",
    waiting: "waiting",
    held: "in hand",
    lag: "lag",
    gone: "gone",
  },
  means: {
    published: "Messages published per second by the producers, services and sockets in this frame, together.",
    processed: "Messages processed per second by the consumers, services and sockets in this frame, together.",
    waiting: "Messages that wait in the queues, lists, sockets and buffers of this frame, together.",
    held: "Messages of this frame that somebody is working on or has not acknowledged yet, together.",
    lag: "Messages in the logs of this frame that their groups have still to read, counted for each group.",
    gone: "Messages that ended in this frame unprocessed: expired, discarded, unroutable, dropped or lost on the way.",
  },
  state: "{{name}}: {{state}}",
  times: "×{{count}}",
  several: "{{count}} connections",
  line: "{{count}} connections from {{from}} to {{to}}",
  done: "{{name}} is folded.",
  undone: "{{name}} is unfolded.",
} as const;

export default fold;
