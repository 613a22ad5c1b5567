/** RocketMQ 主题、消费者组、Broker 组以及向其发送的生产者的设置项。 */

export const rmqTopic = {
  queues: {
    label: "队列数",
    help: "主题在每个主节点上有几个队列。顺序只在同一队列内成立；一个组里每个队列由一个成员读取。数目一变，键就会换到别的队列。",
  },
  messageType: {
    label: "消息类型",
    help: "普通：轮流发往各队列。顺序（FIFO）：由键决定队列，同一个键的消息保持先后。定时/延时：先隐藏一段时间。事务：以半消息发送，生产者提交之前谁也看不到。",
    choices: { normal: "普通", fifo: "顺序（FIFO）", delay: "定时/延时", transaction: "事务" },
  },
} as const;

export const rmqGroup = {
  mode: {
    label: "消费模式",
    help: "集群：成员分摊队列，位点存在 Broker。广播：每个成员都读全部消息，位点各自保存；失败的直接丢弃，不重试，也不进死信。",
    choices: { clustering: "集群消费", broadcasting: "广播消费" },
  },
  filter: {
    label: "标签过滤",
    help: "组想要哪些标签：* 表示全部，或用 || 隔开，例如 create || cancel。Broker 比较标签的哈希，客户端再比较标签本身。被跳过的消息不会再回到这个组。",
  },
  order: {
    label: "消费方式",
    help: "并发：失败的进重试主题，队列照常往下走。顺序：队列被锁住，一条一条处理；失败的一条会挡住它的队列，直到成功。",
    choices: { concurrent: "并发消费", orderly: "顺序消费" },
  },
  maxReconsume: {
    label: "最多重试次数",
    help: "失败的消息回来几次：先隔 10 秒、30 秒、1 分钟，再越来越久，最长 2 小时。之后成为死信。",
  },
  orderlyLimit: {
    label: "顺序消费最多重试次数",
    help: "没有上限时，失败的消息会一直挡住它的队列。设了上限，就成为死信，队列继续。",
  },
  suspend: { label: "失败后暂停", help: "顺序消费的队列停多久，再重试那一条消息。" },
  strategy: {
    label: "分配策略",
    help: "队列怎样分给成员。每个成员根据同样的有序列表各自计算。",
    choices: {
      AVG: "平均：各取一段",
      AVG_BY_CIRCLE: "环形：一个接一个",
      CONSISTENT_HASH: "一致性哈希：只有少数移动",
    },
  },
  startFrom: {
    label: "从哪里开始",
    help: "组还没有位点时从哪里读起。如果队列还年轻、消息齐全，Broker 仍会回答 0：这时选“最后”也会读到全部。",
    choices: { last: "最后的位点", first: "最早的位点" },
  },
  batch: { label: "每次条数", help: "监听器一次最多拿到多少条消息。" },
  rebalanceEvery: {
    label: "重平衡间隔",
    help: "成员多久重新计算一次哪些队列归自己。有成员加入或离开时，Broker 也会通知它。",
  },
  persistEvery: {
    label: "保存位点间隔",
    help: "客户端多久向 Broker 报告一次位点。上次报告之后处理过的，崩溃后会再处理一遍。",
  },
} as const;

export const brokerSet = {
  masters: {
    label: "主节点数",
    help: "接收消息的 Broker。主题在每个主节点上都有队列；一个宕机时，生产者改用其他的。",
  },
  replicas: { label: "每个主节点的从节点数", help: "复制主节点消息的服务器。" },
  replicate: {
    label: "主从复制",
    help: "同步：生产者要等到从节点也有了这条消息。",
    choices: { async: "异步", sync: "同步" },
  },
  flush: {
    label: "刷盘",
    help: "同步：生产者要等到消息写进磁盘。异步：机器掉电可能丢消息，仅仅进程被杀不会丢。",
    choices: { async: "异步", sync: "同步" },
  },
  failover: {
    label: "故障切换",
    help: "关：主节点宕机后没有人接替，它的队列一直等到它回来。开（Controller 模式）：由一个同步的从节点升为主节点。",
    choices: { off: "关", on: "开（Controller）" },
  },
  election: {
    label: "多久后选主",
    help: "主节点失联多久后由从节点接替。真实的 RocketMQ 里，Controller 等心跳等 10 秒。",
  },
  replicaDelay: {
    label: "从节点延迟",
    help: "从节点落后多少。异步复制时，从节点接替后，只有旧主节点有的消息就丢了。",
  },
  checkAfter: { label: "多久后回查", help: "半消息等生产者提交或回滚等这么久，Broker 才去问。" },
  checkEvery: { label: "回查扫描间隔", help: "Broker 多久看一次有哪些半消息要问。" },
  checkMax: { label: "最多回查次数", help: "问了这么多次还没有答案，半消息就被搁置，等于回滚。" },
  delayLevels: { label: "延时级别", help: "从第 1 级起，每一级等多久；单位用 s、m、h、d。" },
  retention: {
    label: "保留时间",
    help: "比这更老的消息会被删除，不管读没读过。Broker 的文件里混着所有主题的消息，所以全部主题共用一个时间。",
  },
  restart: { label: "重启时间", help: "Broker 重启或崩溃后多久才回来。" },
} as const;

/** 向 RocketMQ 主题发送的生产者。 */
export const rmqProducing = {
  tag: {
    label: "标签（tag）",
    help: "消费者组用来过滤的一个词。{key} 代表排序键，{a|b|c} 随键依次取其中一个词。",
  },
  delayLevel: {
    label: "延时级别",
    help: "按 Broker 的十八级之一隐藏每条消息：1 秒、5 秒、10 秒、30 秒、1 分钟……2 小时。",
  },
  delay: { label: "延时", help: "每条消息隐藏这么久；Broker 的时间轮每秒走一格。同时设了级别时，以级别为准。" },
  sendRetries: { label: "发送重试次数", help: "发送失败后重试几次，先换一个 Broker。按键发送的只试一次。" },
  sendTimeout: { label: "发送超时", help: "一次发送的所有尝试合计的时限。" },
  commitShare: { label: "本地事务提交的比例", help: "半消息中当场提交的比例。" },
  rollbackShare: { label: "本地事务回滚的比例", help: "半消息中当场回滚的比例。" },
  unknownShare: { label: "本地事务没有答复的比例", help: "生产者不作答的半消息的比例：Broker 过后来问。" },
  onCheck: {
    label: "回查时的答复",
    help: "Broker 来回查时，生产者怎样回答。",
    choices: { commit: "提交", rollback: "回滚", unknown: "未知" },
  },
} as const;
