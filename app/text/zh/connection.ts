/** 两个节点为什么不能连接，以及可以改做什么。 */
const connection = {
  "exchange-to-client": "消费者从队列读取消息；交换机只负责路由。",
  "no-broker-between": "有了消息代理，它们从不直接对话，这正是解耦。",
  "queue-to-queue": "队列不会把消息推给另一个队列。",
  "store-to-store": "服务器不会自己把 {{from}} 里的东西搬到 {{to}}：要由客户端读出来再写进去。",
  "consumer-only-consumes": "这个消费者只消费。",
  "producer-only-publishes": "生产者只发布消息；不能向它投递。",
  "not-connectable": "便签和框不参与消息流动。",
  "unknown-kind": "这个版本不认识种类“{{kind}}”，无法判断它能连到哪里。",
  "different-brokers": "它们属于不同的消息代理，没有东西会自动在两者之间传递消息。",
  "foreign-frame": "{{from}} 不能放进 {{to}}：它们属于不同的消息代理，没有东西会自动在两者之间传递消息。",
  "self-connection": "节点不能连到自己。",
  locked: "本课程已锁定。",
  "already-connected": "{{from}} 与 {{to}} 之间已有这样的连接。",
  "duplicate-binding": "{{to}} 已用键“{{key}}”绑定到 {{from}}；消息代理只会保留其中一个。",
  "missing-node": "该节点已不在文档中。",
  fixes: {
    "insert-queue": "插入一个队列",
    "insert-list": "插入一个列表",
    "make-service": "改为处理后再发布的服务",
    "dead-letter-link": "改为死信链路",
    "insert-service": "插入一个服务",
    "insert-bridge": "插入一个桥接服务",
    reverse: "反方向连接",
  },
  ask: { key: "绑定键", headers: "要匹配的消息头", weight: "权重", group: "消费组", pattern: "频道名匹配模式" },
} as const;

export default connection;
