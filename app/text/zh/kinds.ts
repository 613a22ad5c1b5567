/** 节点与连线的种类名称，以及节点面板的分组。 */
const kinds = {
  groups: {
    clients: "客户端",
    rabbitmq: "RabbitMQ",
    kafka: "Kafka",
    rocketmq: "RocketMQ",
    redis: "Redis",
    zeromq: "ZeroMQ",
    annotate: "注释",
  },
  producer: { name: "生产者", tip: "产生消息，并发布到交换机或队列。" },
  consumer: { name: "消费者", tip: "从队列取消息，处理一段时间后确认。" },
  service: { name: "服务", tip: "处理完一条消息后会继续发布或回复的消费者。" },
  exchange: { name: "交换机", tip: "按绑定把每条消息路由到队列；自己不保存消息。" },
  queue: { name: "队列", tip: "按顺序保存消息，直到消费者确认。" },
  broker: { name: "消息代理（Broker）", tip: "一个 RabbitMQ 消息代理：框内的交换机和队列都属于它。" },
  list: { name: "列表（List）", tip: "当队列用的 Redis 列表：客户端从一端写入，从另一端取走。" },
  stream: { name: "流（Stream）", tip: "Redis 的条目日志：读了不会删，消费者组各自记得读到哪里。" },
  channel: { name: "频道（Channel）", tip: "Redis 发布订阅：此刻在订阅的都收到，什么也不保存。" },
  redis: { name: "Redis 服务器", tip: "一台 Redis 服务器：框里的列表、流和频道都由它保管。" },
  socket: {
    name: "套接字",
    tip: "ZeroMQ 套接字（PUSH、PULL、PUB、SUB、REQ、REP 等）和使用它的程序：没有消息代理，消息就在两端的内存里等。",
  },
  proxy: {
    name: "代理（Proxy）",
    tip: "ZeroMQ 的中间人：前后两个套接字，一个程序在中间搬消息，两边的对端可以来去自如。",
  },
  topic: {
    name: "主题（Topic）",
    tip: "Kafka 主题：并排的几条日志，每条是一个分区。读了不会删，消费者组各自记得读到哪里。",
  },
  group: { name: "消费者组", tip: "框里的消费者分摊所读主题的分区：每个分区只归其中一个。" },
  cluster: { name: "Kafka 集群", tip: "一组 Kafka Broker：框里的主题由它们保管。" },
  rmqTopic: {
    name: "RocketMQ 主题",
    tip: "RocketMQ 主题：每个主节点上并排的几个队列。标签、延时和半消息都由 Broker 处理；读了不会删。",
  },
  rmqGroup: {
    name: "RocketMQ 消费者组",
    tip: "框里的消费者是一个组：分摊队列，或者每个都读全部；失败的消息过一阵再来，间隔越来越长。",
  },
  brokerSet: { name: "Broker 组", tip: "一组 RocketMQ Broker：框里的主题由它们保管。" },
  note: { name: "便签", tip: "画布上的文字，不影响运行。" },
  frame: { name: "分组框", tip: "带标题的边框，把相关的节点圈在一起。" },
  publish: { name: "发布", tip: "消息发往交换机；直接连到队列表示经过默认交换机。" },
  binding: { name: "绑定", tip: "告诉交换机哪些消息要送到这个队列或交换机。" },
  consume: { name: "消费", tip: "消费者订阅队列；确认沿原路返回。" },
  deadLetter: { name: "死信链路", tip: "在队列中过期、溢出或被拒绝的消息走这条路。" },
  pipe: { name: "连接", tip: "两个套接字直接通信：一个绑定，一个连接。" },
  alternate: { name: "备用交换机", tip: "接收本交换机无法路由的消息。" },
  unknown: { name: "未知种类", tip: "由其他版本创建。文档会保留它，但在这里不起作用。" },
} as const;

export default kinds;
