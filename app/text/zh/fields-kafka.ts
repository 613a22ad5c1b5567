/** Kafka 主题、消费者组、集群以及向其写入的生产者的设置项。 */

export const topic = {
  partitions: {
    label: "分区数",
    help: "主题由这么多条日志组成：顺序只在同一分区内成立，一个消费者组里每个分区最多由一个成员读取。运行中可以增加，不能减少；增加之后，键会换到别的分区。",
  },
  replication: { label: "副本因子", help: "每个分区在几个 Broker 上各存一份。不会多于集群的 Broker 数。" },
  minInsync: {
    label: "最少同步副本数",
    help: "跟得上的副本少于这个数时，acks=all 的写入会被拒绝，读者也看不到新记录。",
  },
  retentionTime: { label: "保留时间", help: "最新一条记录也早于这个时长的段会被删除，不管读没读过。" },
  retentionBytes: { label: "保留大小", help: "分区超过这个大小时，从最老的段删起。" },
  cleanup: {
    label: "清理方式",
    help: "删除：老的段整段删掉。压实：每个键只留最新一条，最新的段不动。",
    choices: { delete: "删除老的段", compact: "按键压实（compact）", "compact,delete": "压实并删除" },
  },
  segmentTime: {
    label: "多久换新段",
    help: "距段内第一条记录这么久之后到来的记录会开始一个新段。保留和压实都按整段进行，并且不碰最新的段。",
  },
  uncleanElection: {
    label: "不干净的选举",
    help: "没有同步副本可用时，允许落后的副本当领导者：主题恢复工作，但已确认的记录会丢失。",
  },
} as const;

export const group = {
  assignor: {
    label: "分配策略",
    help: "分区怎样分给成员。前三种每次再均衡都先收回所有人的全部分区；协作式粘性只移动必须移动的，分两轮完成。",
    choices: {
      range: "区间（range）：每个主题各取一段",
      roundrobin: "轮流（roundrobin）：一个接一个",
      sticky: "粘性（sticky）：尽量保持原样",
      "cooperative-sticky": "协作式粘性：其余的照常工作",
    },
  },
  offsetReset: {
    label: "没有已提交的偏移量时",
    help: "组还没提交过，或提交的位置已被删除时，从哪里读起。只要有有效的已提交偏移量，这项设置就不起作用。",
    choices: { latest: "latest：只读新的", earliest: "earliest：从保留的最早一条读起", none: "none：报错" },
  },
  commit: {
    label: "提交偏移量",
    help: "组什么时候记下读到哪里。自动：间隔已到时，在下一次 poll 中提交以前各次 poll 返回的全部。最后一次提交之后处理过的，崩溃后会再处理一遍。",
    choices: { auto: "按间隔自动提交", batch: "每批处理完后", manual: "每条处理完后" },
  },
  commitInterval: { label: "提交间隔", help: "两次自动提交之间至少隔这么久。" },
  maxPollRecords: {
    label: "每次 poll 条数",
    help: "一次 poll 最多交给程序多少条。程序处理完这一批才会再次 poll。",
  },
  maxPollInterval: {
    label: "两次 poll 的最长间隔",
    help: "这么久没有 poll 的成员被认为卡住了：它退出消费者组，手上的一批由别人重新处理。",
  },
  sessionTimeout: { label: "会话超时", help: "这么久没有心跳的成员被认为已经死掉，它的分区转给别人。" },
  heartbeat: { label: "心跳间隔", help: "成员多久报一次平安；也是在答复里得知正在再均衡。" },
  static: {
    label: "静态成员",
    help: "成员有固定的名字：在会话超时之内重启，就拿回原来的分区，不触发再均衡。在此之前这些分区没有人读。",
  },
} as const;

export const cluster = {
  brokers: { label: "Broker 数", help: "集群中的服务器数。每个分区由其中一个担任领导者。" },
  replicaDelay: {
    label: "复制延迟",
    help: "一条记录从领导者到追随者要多久。acks=all 的生产者要等它。",
  },
  replicaLagMax: { label: "副本最长滞后", help: "这么久都没追上的追随者退出同步副本。" },
  election: { label: "换领导者所需时间", help: "从一个 Broker 死掉，到它领导的分区有了新的领导者。" },
  restart: { label: "重启时间", help: "Broker 重启或崩溃后多久才回来。" },
  flushEvery: {
    label: "刷盘间隔",
    help: "追加的记录多久强制落盘一次；Kafka 默认交给操作系统。进程崩溃不会丢掉它们，断电则会丢掉上次落盘之后的。写满或超时的段一滚动就落盘。",
  },
  users: {
    label: "用户（SASL、ACL）",
    help: "每行一个用户：名字，然后是 >密码、read:主题、write:主题 或 all:主题；主题可以是名称、前缀（orders*）或全部（*）。列出任何用户之后，陌生人进不来，没有规则允许的事谁也不能做。",
  },
  rebalanceTime: { label: "等待更多成员", help: "空的消费者组第一次再均衡时，等其他成员加入的时间。" },
  retentionCheck: { label: "清理检查间隔", help: "Broker 多久检查一次哪些段可以删除或压实。" },
} as const;

/** 向主题写入的生产者。 */
export const producing = {
  acks: {
    label: "确认级别（acks）",
    help: "什么时候算写入成功：全部同步副本都有了、领导者有了，还是一发出就算。",
    choices: { all: "全部同步副本", "1": "只要领导者", "0": "不等" },
  },
  idempotent: { label: "幂等", help: "领导者认得重发的批次，只存一份，并保持顺序。" },
  linger: { label: "攒批等待", help: "一个批次在发出之前等多久，好让更多记录搭车。" },
  batch: { label: "批次大小", help: "批次达到这个大小就立即发出。" },
  maxInFlight: {
    label: "在途请求数",
    help: "已发出、尚未得到答复的请求上限。没有幂等而大于 1 时，顺序可能改变。",
  },
  deliveryTimeout: { label: "投递超时", help: "在这段时间内反复重发；时间用完就放弃这条记录。" },
} as const;
