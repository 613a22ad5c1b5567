/** Redis 列表、流、频道、服务器以及读取它们时的设置项。 */

export const list = {
  delay: {
    label: "延时",
    help: "消息要等多久才能被取走：到期之前，它按到期时间排在列表旁边的有序集合里。不填则立刻进列表。",
  },
  pollEvery: {
    label: "检查到期的间隔",
    help: "程序多久看一次哪些消息到期，把它们移进列表。时间到了，Redis 自己什么也不会做。",
  },
  take: {
    label: "消费者取走的方式",
    help: "BRPOP 一取就删：消费者死掉时手里的消息也就没了。LMOVE 把消息移到处理中列表，处理完才删；在那里停留太久的会被放回来。",
    choices: { pop: "BRPOP：一投递就没了", move: "LMOVE：移到处理中列表" },
  },
  reclaimAfter: {
    label: "多久后放回",
    help: "消息在处理中列表里停留这么久，就由客户端放回原列表。设得比处理时间还短，消息就会被处理两次。",
  },
  trim: { label: "只保留最新", help: "每次写入后用 LTRIM 只留下最新的这么多条；更早的悄悄丢弃。" },
  push: {
    label: "从哪一端写入",
    help: "新消息加在列表的这一端。",
    choices: { left: "左端：LPUSH", right: "右端：RPUSH" },
  },
  pop: {
    label: "从哪一端取走",
    help: "从这一端取消息。与写入端相反就是队列（先进先出），相同就成了栈：最新的先出。",
    choices: { left: "左端：BLPOP", right: "右端：BRPOP" },
  },
} as const;

export const stream = {
  maxLen: {
    label: "最大长度",
    help: "每次 XADD 都会删掉超出此数的最老条目，哪怕消费者组还没读到或还没确认。",
  },
  count: { label: "每次读取条数", help: "一次 XREAD 或 XREADGROUP 最多带回多少条。" },
  block: { label: "等待新条目", help: "读不到东西时等多久，然后客户端再问一次。" },
  claimIdle: {
    label: "多久后认领",
    help: "一条消息待确认这么久之后，由同组的另一个消费者接手（XAUTOCLAIM）。不设的话，死掉的消费者欠下的条目会永远处于待确认状态。",
  },
  maxDeliveries: {
    label: "最多投递次数",
    help: "服务器只负责计数。超过次数时，本该再次收到它的客户端改为确认它，并把它写入死信链路另一端的流；没有链路就丢弃。",
  },
} as const;

export const channel = {
  outputBuffer: {
    label: "输出缓冲",
    help: "服务器最多替一个慢订阅者攒多少条；超过就断开它的连接，攒下的全部丢失；0 表示不限。真实的服务器按字节算：一次超过 32 MB，或 60 秒内一直超过 8 MB。",
  },
} as const;

export const redis = {
  users: {
    label: "用户（ACL）",
    help: "一行一个用户，写法同 ACL SETUSER：先写名字，再写能做什么：~orders* 是键，&news.* 是频道，+@list、+publish 是命令。列了用户之后，客户端以自己的用户登录，不在表上的进不来。",
  },
  persist: {
    label: "持久化",
    help: "重启后磁盘上还能找回什么。进程崩溃时，已写入文件的都在；断电时，没刷盘的会丢，“每秒刷盘”最多丢最后一秒。客户端收到的答复并不代表已经落盘，“每次写入”除外。",
    choices: {
      none: "无：重启后是空的",
      snapshot: "每 60 秒一次快照（RDB）",
      everysec: "日志，每秒刷盘（AOF）",
      always: "日志，每次写入都刷盘（AOF）",
    },
  },
  replicas: { label: "副本数", help: "跟随复制的服务器。副本总是慢一步：切换时可能丢失已经答复过的写入。" },
  replicaDelay: { label: "复制延迟", help: "副本落后多久。" },
  failover: { label: "故障切换时间", help: "从主节点死掉到副本接替为止（Sentinel）。" },
  restart: { label: "重启时间", help: "服务器重启或崩溃后多久才回来。" },
  maxMemory: {
    label: "内存上限",
    help: "超过它时，凡是要新增内容的命令都会被拒绝（OOM），不淘汰任何数据。向频道发布不受影响。",
  },
} as const;

/** 从流或频道出发的消费链路上的设置。 */
export const reading = {
  group: {
    label: "消费者组",
    help: "同组的读者分摊条目，每条只给其中一个。不填组名的读者独自看到全部条目，也不确认。",
  },
  start: {
    label: "从哪里开始",
    help: "新的消费者组或读者从哪里读起。",
    choices: { new: "只读新条目（$）", all: "读全部条目（0）" },
  },
  pattern: {
    label: "匹配模式",
    help: "订阅名称匹配的所有频道：* 任意多个字符，? 一个字符，[ab] 其中之一。不填则只订阅这一个频道。",
  },
} as const;
