/** ZeroMQ 套接字外观上的文字，以及消息遭遇背后的规则。 */
const zeromq = {
  face: { queued: "排队 {{count}}", dropped: "丢弃 {{count}}", held: "受阻 {{share}}", free: "空闲 {{count}}" },
  spoken: {
    queued: "排队 {{count}}",
    dropped: "丢弃 {{count}}",
    forwards: "每秒转发 {{rate}}",
    free: "{{count}} 个工作进程空闲",
  },
  source: "ZeroMQ 文档",
  rules: {
    sent: "发送调用返回，只说明消息放进了队列；接收方怎样，它什么也没说。",
    held: "通往每个对端的队列都满了，或者没有对端，PUSH、DEALER、REQ 就停下来等。",
    "asked-again": "放弃之后重新问的人，无从知道上次的请求做没做：可能会做两遍。",
    answered: "REP 和 ROUTER 沿着请求来的路把回答送回去。",
    queue: "每条连接两端各有一个队列。接收方有空位之前，消息在发送方的队列里等。",
    turn: "接收方轮流从各个对端取，每次从有消息的一个取一条。",
    "no-subscriber": "发布方只发给此刻订阅着的对端；不会为别人留。",
    "full-drop": "PUB 和 ROUTER 从不等待：通往某个对端的队列满了，或者没有对端，消息就丢弃。",
    "gone-with-peer": "对端没了，发给它的、在它那里排队的就一起丢失；没有服务器替它们留着。",
    "late-answer": "放弃的请求，迟来的回答会被扔掉。",
    lockstep: "REQ 一发一收，严格交替。没有什么会自动重发。",
    "handed-on": "另一侧收得下，代理才从这一侧取。除了两个套接字的队列，它什么也不留；它一死，队列也没了。",
    "free-worker":
      "负载均衡把下一个请求交给空闲最久的工作进程。工作进程在连上时、每次答复时报告自己有空；其间死掉的，它察觉不到。",
    done: "ZeroMQ 没有确认：程序收下之后怎样，是它自己的事。",
  },
} as const;

export default zeromq;
