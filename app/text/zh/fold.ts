/** 收起成一个节点的外框。 */
const fold = {
  fold: "收起外框",
  unfold: "展开外框",
  contents: "{{name}} 的内容",
  folded: "已收起",
  nodes_other: "{{count}} 个节点",
  sums: {
    published: "发布",
    processed: "处理",
    waiting: "等待",
    held: "处理中",
    lag: "滞后",
    gone: "流失",
  },
  means: {
    published: "框内所有生产者、服务和套接字每秒发布的消息总数。",
    processed: "框内所有消费者、服务和套接字每秒处理的消息总数。",
    waiting: "框内所有队列、列表、套接字和缓冲区里等待的消息总数。",
    held: "框内正在处理或尚未确认的消息总数。",
    lag: "框内所有日志中各消费者组还没读到的消息总数，每个组分别计数。",
    gone: "在框内没有处理就结束的消息：过期、丢弃、无法路由、被扔掉或在链路上丢失。",
  },
  state: "{{name}}：{{state}}",
  times: "×{{count}}",
  several: "{{count}} 条连接",
  line: "从 {{from}} 到 {{to}} 的 {{count}} 条连接",
  done: "{{name}} 已收起。",
  undone: "{{name}} 已展开。",
};

export default fold;
