/** ZeroMQ 套接字各项设置的用词。 */
const attachChoices = { auto: "按类型惯例", bind: "绑定（bind）", connect: "连接（connect）" } as const;

export const socket = {
  type: {
    label: "类型",
    help: "决定套接字怎样收发消息，以及能和哪些套接字相连。",
    choices: {
      PUSH: "PUSH：分发任务",
      PULL: "PULL：领取任务",
      PUB: "PUB：发布",
      SUB: "SUB：订阅",
      REQ: "REQ：请求，一问一答",
      REP: "REP：应答，一问一答",
      DEALER: "DEALER：不等应答的请求",
      ROUTER: "ROUTER：按身份应答",
      PAIR: "PAIR：一对一",
      XPUB: "XPUB：发布，还能知道谁在订阅",
      XSUB: "XSUB：靠发消息来订阅",
    },
  },
  rate: { label: "速率", help: "程序每秒产生的消息数。" },
  arrival: {
    label: "间隔",
    help: "均匀间隔，或像独立事件那样随机到来（泊松）。",
    choices: { constant: "均匀", exponential: "随机（泊松）" },
  },
  limit: { label: "消息总数", help: "发满这么多就停；不填则一直发。" },
  topic: { label: "主题", help: "每条消息的第一帧，{key} 代表它的顺序键。订阅者收到以其前缀开头的主题。" },
  key: { label: "顺序键", help: "给消息分组：决定令牌颜色，也是统计“乱序”的依据。" },
  prefix: { label: "前缀", help: "订阅以其中任一前缀开头的主题。空前缀表示全部；一个都没有，就什么也收不到。" },
  service: { label: "处理时间", help: "处理一条消息要多久。" },
  sndHwm: {
    label: "发送高水位",
    help: "通往每个对端的队列最多放多少条，0 为不限。满了之后，PUSH、DEALER、REQ 等待或换下一个对端，PUB、ROUTER 直接丢弃。",
  },
  rcvHwm: {
    label: "接收高水位",
    help: "来自每个对端的队列最多放多少条，0 为不限。腾出的空位每满高水位的一半才通知对方一次。",
  },
  timeout: {
    label: "等待应答",
    help: "超过这么久就放弃，重新请求。不设的话，服务端带着请求死掉，客户端就永远卡住。",
  },
  relaxed: {
    label: "放宽一问一答",
    help: "可以在同一个套接字上重新请求，旧请求迟到的应答会被丢弃；否则程序要换一个新套接字。",
  },
  window: { label: "未应答请求上限", help: "同时最多有多少个请求还没有应答。" },
  mandatory: { label: "必须可达", help: "送不到的消息会被拒绝，而不是悄悄丢掉。" },
  attach: {
    label: "绑定或连接",
    help: "两个套接字中一个绑定、一个连接。连接的一方断线后会自己找回对端，并留着排队的消息；绑定的一方会丢掉。",
    choices: attachChoices,
  },
  linger: { label: "逗留时间", help: "套接字关闭后，还会花多久把手里的消息发完；不设则一直发到发完。" },
  reconnect: { label: "重连间隔", help: "连接失败后，隔这么久到两倍这么久再试。" },
  size: { label: "大小", help: "一条消息的字节数。" },
  start: { label: "开始时间", help: "程序在这个虚拟时间发出第一条消息。" },
  speed: { label: "速度", help: "以平常速度的这个比例工作。" },
  restartAfter: { label: "崩溃后重启", help: "过这么久程序自己恢复；不设则不再回来。" },
} as const;

export const proxy = {
  type: {
    label: "模式",
    help: "它由哪两个套接字组成，中间做什么。两个都绑定，其余的都来连接它。",
    choices: {
      queue: "队列：ROUTER – DEALER，请求轮流分",
      forwarder: "转发器：XSUB – XPUB，发布订阅",
      streamer: "流水线：PULL – PUSH，任务轮流分",
      balancer: "负载均衡：ROUTER – ROUTER，给空闲最久的",
    },
  },
  sndHwm: { label: "发送高水位", help: "两侧通往每个对端的队列最多放多少条，0 为不限。" },
  rcvHwm: { label: "接收高水位", help: "两侧来自每个对端的队列最多放多少条，0 为不限。" },
} as const;
