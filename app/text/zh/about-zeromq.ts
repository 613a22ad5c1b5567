/** ZeroMQ 模型做了什么、略去了什么。 */
const zeromq = {
  areas: {
    connections: "连接",
    limits: "上限",
    pipeline: "PUSH–PULL",
    pubsub: "PUB–SUB",
    reqrep: "REQ–REP",
    router: "ROUTER–DEALER",
    pair: "PAIR",
    library: "库",
  },
  features: {
    endpoints: "绑定、连接、解绑、断开，走 inproc 或 TCP，先后不拘；一个套接字上可以有多个。",
    reconnect: "TCP 连接断了会再试；断开时，连接的一方和绑定的一方各留下什么。",
    immediate: "IMMEDIATE：连上之前没有管道。",
    linger: "LINGER：套接字关闭后还会发什么、发多久。",
    losses: "消息在哪里丢失或丢弃，每条都记账并注明原因。",
    "high-water-marks": "每条管道两端的高水位标记；空位成批交还。",
    conflate: "CONFLATE：只有一个位置，只留最新的一条。",
    "round-robin": "在没满的对端之间轮流发；接收时公平排队。",
    subscriptions: "按前缀过滤，发布方一次，订阅方再一次；迟到的订阅者；满了就丢。",
    forwarder: "XPUB 与 XSUB：订阅也是消息，VERBOSE 与 NODROP。",
    lockstep: "REQ 与 REP 一问一答，乱了次序就是 EFSM；可以有多个服务器、多个客户端。",
    envelopes: "信封：每种类型在正文前加什么、去掉什么。",
    relaxed: "REQ_RELAXED 与 REQ_CORRELATE。",
    identities: "身份，自定的和代拟的；mandatory、handover、probe。",
    "one-peer": "PAIR：一次只有一个对端。",
    options: "选项：哪种类型接受哪些值、从何时起生效。",
    security: "NULL、PLAIN、CURVE，心跳，消息大小上限。",
    "other-sockets": "STREAM 与草案类型；ipc、pgm、udp；轮询、监视器、作为调用的代理。",
  },
  simplifications: {
    "instant-connections": "连上、断开都不花时间；只有重连的尝试花时间，间隔由运行自己的随机数定。",
    "boundless-wire": "一条 TCP 连接本身能装任意多条消息，画布上只装一条：内核是按字节算的。",
    "quiet-steps": "一次调用在别的套接字上引起的事，返回时都已发生：两者之间没有竞态。",
    "wrong-peers": "两种不相配的类型走 TCP 会立刻放弃；真实的库里，连接的一方可能还会再试一阵。",
    "whole-messages": "一条消息的各帧总是一起收发，不会一帧一帧来。",
    "options-listed": "只有录制用的 OPS.md 里列出的选项。",
  },
} as const;

export default zeromq;
