/** 可以运行、但值得怀疑之处，以及一键修复按钮上的文字。 */
const problems = {
  "no-consumer": "没有消费者读取 {{name}}：到达的消息会一直留在那里。",
  "no-source": "没有任何来源会给 {{name}} 带来消息。",
  "producer-unconnected": "{{name}} 没有连接：它的消息无处可去。",
  "exchange-unbound": "{{name}} 没有绑定：到达它的每条消息都会被丢弃。",
  "key-matches-nothing":
    "{{producer}} 发出的键为“{{key}}”的消息与 {{exchange}} 的任何绑定都不匹配；会被丢弃，设为必须可路由时则退回。",
  overload: "{{name}} 每秒收到 {{rate}} 条，消费者每秒只能完成 {{capacity}} 条：ρ = {{rho}}，队列会无限增长。",
  "prefetch-unlimited-slow": "{{name}} 不限预取数，而每条消息要处理 {{service}} 毫秒：它会囤积别人本可以处理的消息。",
  "auto-ack-can-lose": "{{name}} 在处理完成之前就确认：崩溃时手里的消息会丢失。",
  "priority-ignored": "{{producer}} 设置了优先级，但 {{name}} 没有最大优先级：在那里不起作用。",
  "declare-mismatch": "{{client}} 声明的 {{queue}} 与实际不符（是否持久化）：消息代理会用 406 关闭它的信道。",
  "stream-refuses-consumer": "{{queue}} 是流：{{name}} 必须有自己的预取数、要确认消息、用推送方式消费，否则会被拒绝。",
  "dlx-missing-target": "{{name}} 的死信送往“{{exchange}}”，但它不存在：死信会被丢弃。",
  "alternate-missing-target": "{{name}} 无法路由的消息送往“{{exchange}}”，但它不存在：消息会被丢弃。",
  "dead-letter-loop": "死信可能循环：{{queues}}。仅因过期的循环会被消息代理终止；被拒绝的消息会永远循环。",
  "exchange-loop": "这些交换机的绑定形成环：{{exchanges}}。每条消息只经过每个交换机一次。",
  "service-loop": "消息可能循环：{{nodes}}。一条消息走过 64 跳后，运行会让它停下。",
  "requeue-forever":
    "{{name}} 把总是失败的消息重新入队：{{queue}} 会一遍遍重新投递。请改为拒绝，或使用带投递次数上限的仲裁队列。",
  "dead-letter-key-alone": "{{name}} 有死信路由键却没有死信交换机；消息代理会拒绝声明它。",
  "overflow-not-for-quorum": "{{name}} 是仲裁队列；仲裁队列不能在拒绝的同时送入死信。",
  "at-least-once-needs-reject": "{{name}} 的死信要求至少一次，这只有在溢出策略为“拒绝新消息”时才有效。",
  "retention-shorter-than-lag":
    "{{name}} 每秒来 {{rate}} 条，{{client}} 每秒只能完成 {{capacity}} 条：它越落越远，还没读到的内容会被保留策略删掉。",
  "poll-interval-too-short":
    "{{client}} 处理完手里来自 {{name}} 的消息约需 {{held}} 秒，而等待确认的时限是 {{limit}} 秒：到时信道会被关闭，消息又会投递给别人。",
  "req-without-timeout": "{{name}} 会无限期地等每个答复：只要有一次丢在路上，或者对方停机，它就再也不会发问了。",
  "same-attach": "{{from}} 和 {{to}} 都设成了 {{attach}}：两个套接字要一个绑定、一个连接，这样永远碰不上面。",
  "workers-too-slow":
    "{{name}} 一方每秒产生 {{rate}} 条，{{readers}} 每秒只能完成 {{capacity}} 条：ρ = {{rho}}。队列会满到高水位，之后发送方只能等。",
  "subscriber-drops":
    "每秒有 {{rate}} 条发给 {{name}}，它只能完成 {{capacity}} 条：ρ = {{rho}}。它的队列一满，发布方就丢掉给它的那些。",
  "single-replica": "{{broker}} 有 {{nodes}} 个节点，{{name}} 只在其中一个上：那个节点停机时谁也用不了它。",
  "rate-above-engine-budget": "所有队列每秒共收到 {{rate}} 条；超过 {{max}} 条时运行会跟不上。其中 {{name}} 最多。",
  "unknown-imported-argument": "{{name}} 有一些参数会为导出而保留，但不参与运行：{{arguments}}。",
  "permission-missing": "{{name}} 的用户 {{user}} 对“{{resource}}”权限不足（{{right}}）：消息代理会拒绝并关闭信道。",
  "unknown-user": "{{name}} 以 {{user}} 登录，但 {{broker}} 的用户列表里没有它：永远连接不上。",
  "wrong-password": "{{name}} 以 {{user}} 登录，但密码与 {{broker}} 上的不一致：永远连接不上。",
  "no-subscriber": "没有人订阅 {{name}}：发布到那里的消息当场就没了。",
  "readers-too-slow":
    "{{name}} 每秒收到 {{rate}} 条，{{readers}} 每秒只能处理 {{capacity}} 条：ρ = {{rho}}，滞后会无限增长。",
  "subscriber-too-slow":
    "{{name}} 每秒转发 {{rate}} 条，订阅者每秒只能处理 {{capacity}} 条：服务器先攒在输出缓冲里，攒满就断开连接，攒下的全部丢失。",
  "pubsub-no-persistence":
    "{{name}} 什么也不保存：订阅者哪怕只离开一会儿，这期间发布的消息也再收不到。换成流就能留住。",
  "pop-can-lose": "消费者从 {{name}} 一取就删：谁崩溃，手里的消息就丢了。移到处理中列表就能留住。",
  "claim-before-done":
    "{{client}} 一次最多从 {{name}} 取 {{count}} 条，处理完要 {{time}} 毫秒；可是过了 {{idle}} 毫秒就会被别人接手：同一条会处理两次。",
  "dead-letter-never": "{{name}} 画了死信链路，却没设最多投递次数：没有条目会走这条路。",
  "more-members-than-partitions":
    "消费者组 {{group}} 有 {{members}} 个成员，而 {{name}} 只有 {{partitions}} 个分区：{{idle}} 个成员没事可做。",
  "minisr-above-rf":
    "{{name}} 要求 {{minInsync}} 个同步副本，却只存 {{replication}} 份：Kafka 只会按实有份数要求，acks=all 的保证比看上去弱。",
  "acks1-with-replicas":
    "{{name}} 用 acks={{acks}}，追随者还没拿到就算写入成功：{{topic}} 的领导者一死，记录可能丢失。",
  "replication-above-brokers":
    "{{name}} 想存 {{replication}} 份，但集群只有 {{brokers}} 个 Broker：真实的 Kafka 会拒绝创建，这里只存 {{brokers}} 份。",
  "batch-outlasts-interval":
    "{{client}} 一次 poll 可能拿到 {{count}} 条，处理要 {{time}} 秒，而 {{name}} 只等 {{limit}} 秒就要它再次 poll：超时就当它卡住，这一批由别人重新处理。",
  "heartbeat-too-rare":
    "{{name}} 的成员每 {{heartbeat}} 毫秒发一次心跳，可是 {{session}} 毫秒没有心跳就算死了：成员会一再被踢出去。",
  "more-members-than-queues":
    "组 {{group}} 有 {{members}} 个成员，{{name}} 只有 {{queues}} 个队列：{{idle}} 个无事可做。",
  "fifo-without-key": "{{name}} 向 FIFO 主题 {{topic}} 发送却没有键：消息轮流进入各队列，彼此没有先后。",
  "delay-not-in-type": "{{producer}} 给消息设了延时，而 {{name}} 的类型是“{{type}}”：5.x 的客户端会在这里被拒绝。",
  "tags-match-nothing": "组 {{group}} 想要 {{filter}}，而到达 {{topic}} 的消息没有这样的标签：全部被永远跳过。",
  "orderly-not-fifo": "{{group}} 按顺序消费，但生产者轮流使用 {{name}} 的队列：该排在一起的消息进了不同的队列。",
  "broadcast-drops": "{{client}} 可能失败，而 {{name}} 是广播消费：失败的只留一行日志就丢弃，不重试，也没有死信。",
  "sync-without-slave": "{{name}} 设为同步复制，却没有从节点：其实谁也不等。",
  fixes: {
    "fifo-without-key": "给它四个键",
    "delay-not-in-type": "改为延时主题",
    "orderly-not-fifo": "改为 FIFO 主题",
    "broadcast-drops": "改为集群消费",
    "tags-match-nothing": "改为全部标签",
    "sync-without-slave": "加一个从节点",
    "minisr-above-rf": "改为实际的份数",
    "acks1-with-replicas": "等全部副本",
    "replication-above-brokers": "每个 Broker 一份",
    "heartbeat-too-rare": "这段时间里发三次",
    "no-subscriber": "添加一个订阅者",
    "pop-can-lose": "改为移到处理中列表",
    "dead-letter-never": "最多投递 5 次",
    "exchange-unbound": "添加一个队列",
    "poll-interval-too-short": "等待 30 分钟",
    "req-without-timeout": "5 秒后放弃",
    "same-attach": "让后一个按惯例来",
    "single-replica": "保留多个副本",
    "stream-refuses-consumer": "按流的要求读取",
    "no-consumer": "添加一个消费者",
    "prefetch-unlimited-slow": "把预取数设为 10",
    "auto-ack-can-lose": "改为处理后确认",
    "priority-ignored": "给队列设 10 级优先级",
    "declare-mismatch": "按实际情况声明",
    "dlx-missing-target": "添加这个交换机",
    "alternate-missing-target": "添加这个交换机",
    "requeue-forever": "改为拒绝",
    "overflow-not-for-quorum": "只拒绝",
    "at-least-once-needs-reject": "改为拒绝新消息",
  },
} as const;

export default problems;
