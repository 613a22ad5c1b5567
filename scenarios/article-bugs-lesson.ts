import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 12,
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Code that everybody copies", "人人都抄的代码"),
      body: t(
        "Four lanes, four pieces of code from introductions to message queues:\n**1** `autoAck = true`, because it is shorter.\n**2** `queueDeclare` on both sides, `durable` on one of them.\n**3** `BRPOP` a job, do it, then `LREM` it.\n**4** `send` on a request socket, then `recv` the acknowledgement.\nEach lane sends **60 messages**, two a second. At **10 s** all receivers crash; three seconds later they are back.",
        "四条道，四段代码，都出自消息队列的入门文章：\n**1** `autoAck = true`，因为写起来短。\n**2** 两边都 `queueDeclare`，只有一边写了 `durable`。\n**3** 先 `BRPOP` 取任务，做完再 `LREM` 删掉。\n**4** 在请求套接字上 `send`，再 `recv` 回执。\n每条道发 **60 条**，每秒两条。第 **10 秒**所有接收方崩溃，三秒后恢复。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      highlight: ["server"],
      ask: t("How many of its 60 does lane **4** get done in 45 s?", "45 秒里，第 **4** 条道的 60 条做完多少？"),
      options: [
        { text: t("60: it asks again when the server is back", "60 条：服务器一恢复就接着问"), min: 58 },
        { text: t("54: those of the three seconds are missing", "54 条：少了那三秒的"), min: 40, max: 58 },
        { text: t("20: none after the crash", "20 条：崩溃之后一条也没有"), max: 40 },
      ],
      answerFrom: { metric: "server.processed", at: 45_000 },
    },
    {
      type: "predict",
      kind: "choice",
      highlight: ["receiver"],
      ask: t("And lane **2**?", "第 **2** 条道呢？"),
      options: [
        { text: t("60: a queue that is there is there", "60 条：队列在就行"), min: 58 },
        { text: t("Some, until the crash", "崩溃之前的那些"), min: 1, max: 58 },
        { text: t("None", "一条也没有"), max: 1 },
      ],
      answerFrom: { metric: "receiver.processed", at: 45_000 },
    },
    { type: "run", until: { t: 45_000 }, speed: 5 },
    {
      type: "observe",
      title: t("Four ways to fail", "四种失败法"),
      facts: {
        one: { metric: "printer.processed" },
        two: { metric: "receiver.processed" },
        three: { metric: "worker.processed" },
        four: { metric: "server.processed" },
      },
      body: t(
        "Of 60: **{{one}}**, **{{two}}**, **{{three}}**, **{{four}}**. Two lanes lose a few and nobody notices; one never begins; one stops for ever. And all four run without fault on the author’s machine, where nothing ever crashes.",
        "60 条里分别做完 **{{one}}**、**{{two}}**、**{{three}}**、**{{four}}** 条。两条道悄悄丢了几条，没人察觉；一条从没开始；一条永远停住。可在作者的电脑上，四段都跑得好好的，因为那里什么都不会崩溃。",
      ),
    },
    {
      type: "do",
      title: t("1 · Acknowledged before it is done", "1 · 还没做完就确认"),
      highlight: ["printer"],
      goal: t("Repair lane 1: all 60 invoices printed.", "修好第 1 条道：60 张发票全部打印。"),
      check: [
        { metric: "printer.processed", op: "=", value: 60, at: 45_000 },
        { config: "printer.service", op: ">=", value: 600 },
      ],
      speed: 20,
      hints: [
        t("When does the broker forget an invoice now?", "现在，消息代理在什么时候忘掉一张发票？"),
        t(
          "As soon as it is sent. It should wait until [printer](node:printer) has done it.",
          "一发出就忘了。应该等 [printer](node:printer) 做完。",
        ),
        t(
          "Set the acknowledgement of [printer](node:printer) to `manual`.",
          "把 [printer](node:printer) 的确认方式设为 `manual`。",
        ),
      ],
      solution: { set: { "printer.ack": "manual" } },
      why: t(
        "The consumer tells the **broker** that a message is done, not the producer; until then the broker keeps it.",
        "消费者是向**消息代理**确认，不是向生产者；在那之前，代理一直留着这条消息。",
      ),
    },
    {
      type: "do",
      title: t("2 · Two declarations, one queue", "2 · 一个队列，两种声明"),
      highlight: ["sender", "receiver"],
      goal: t(
        "Repair lane 2: all 60 received. The queue stays durable.",
        "修好第 2 条道：60 条全部收到。队列仍要持久化。",
      ),
      check: [
        { metric: "receiver.processed", op: "=", value: 60, at: 45_000 },
        { config: "hello.durable", op: "=", value: true },
      ],
      speed: 20,
      hints: [
        t("What does the sender’s “Why?” say?", "看看发送方的“为什么？”怎么说。"),
        t(
          "`406 PRECONDITION_FAILED`: its declaration does not agree with the queue.",
          "`406 PRECONDITION_FAILED`：它的声明和队列不一致。",
        ),
        t(
          "Let the connection from [sender](node:sender) to [hello](node:hello) declare it durable.",
          "让 [sender](node:sender) 到 [hello](node:hello) 的连线也声明为持久化。",
        ),
      ],
      solution: { set: { "sender-hello.declare": "durable" } },
      why: t(
        "To declare again is harmless only if every word is the same. And a durable queue alone keeps no message through a restart: the messages must be [persistent](term:durable) as well.",
        "重复声明没有坏处，前提是每个字都相同。还有，光是队列持久化，重启时留不住消息：消息本身也要[持久化](term:durable)。",
      ),
    },
    {
      type: "do",
      title: t("3 · Popped is gone", "3 · 弹出就没了"),
      highlight: ["jobs", "worker"],
      goal: t(
        "Repair lane 3: all 60 jobs done, none of them twice.",
        "修好第 3 条道：60 个任务全部做完，一个也不重做。",
      ),
      check: [
        { metric: "worker.processed", op: "=", value: 60, at: 45_000 },
        { metric: "worker.duplicates", op: "=", value: 0, at: 45_000 },
      ],
      speed: 20,
      hints: [
        t("After `BRPOP`, in which list is the job?", "`BRPOP` 之后，任务在哪个列表里？"),
        t("In none. `LREM` looks for it where it no longer is.", "哪个都不在。`LREM` 找的是它早已不在的地方。"),
        t(
          "Let [jobs](node:jobs) be taken with `LMOVE`: into a second list, in one step, and out of it when the job is done.",
          "让 [jobs](node:jobs) 用 `LMOVE` 取：一步移入另一个列表，做完再删掉。",
        ),
      ],
      solution: { set: { "jobs.take": "move" } },
      why: t(
        "`LREM` belongs to `LMOVE`: it takes the job off the list of those in work. After a pop it has nothing to do.",
        "`LREM` 要和 `LMOVE` 配对：从“处理中”的列表里划掉。弹出之后再用它，什么也删不到。",
      ),
    },
    {
      type: "do",
      title: t("4 · A request that waits for ever", "4 · 永远等待的请求"),
      highlight: ["client", "server"],
      goal: t(
        "Repair lane 4, so that all four are repaired: each gets its 60 done.",
        "修好第 4 条道。至此四条全好：各做完 60 条。",
      ),
      check: [
        { metric: "server.processed", op: "=", value: 60, at: 45_000 },
        { metric: "printer.processed", op: "=", value: 60, at: 45_000 },
        { metric: "receiver.processed", op: "=", value: 60, at: 45_000 },
        { metric: "worker.processed", op: "=", value: 60, at: 45_000 },
      ],
      speed: 20,
      hints: [
        t("What is [client](node:client) waiting for, after the crash?", "崩溃之后，[client](node:client) 在等什么？"),
        t(
          "For an acknowledgement that died with the server. REQ may not send before it has received.",
          "等一个已随服务器没了的回执。REQ 收到之前不能再发。",
        ),
        t("Give [client](node:client) a timeout of one second.", "给 [client](node:client) 设一秒的超时。"),
      ],
      solution: { set: { "client.timeout": 1000 } },
      why: t(
        "After a second it gives up, takes a new socket and asks again. What the server had done already when it died is then done twice: an acknowledgement over a line that can break leads to at least once, never to exactly once.",
        "等一秒就放弃，换个新套接字重新问。要是服务器死前其实已经做完，就会做第二遍：线路会断，靠回执只能做到至少一次，做不到恰好一次。",
      ),
    },
    {
      type: "quiz",
      kind: "multi",
      ask: t(
        "More sentences from articles. Which of them are true as they stand?",
        "再看几句文章里的话。哪些原样就是对的？",
      ),
      options: [
        { text: t("A queue turns a peak into a delay", "队列把高峰变成等待"), right: true },
        { text: t("The consumer sends its ack to the producer", "消费者把 ack 发给生产者") },
        { text: t("In a durable queue messages survive a restart", "队列持久化了，消息重启后就还在") },
        { text: t("A queue keeps messages in order", "队列保证消息有序") },
        { text: t("With acks each message is processed exactly once", "有 ack 就能恰好处理一次") },
        {
          text: t("Each queue of a fanout exchange gets its own copy", "fanout 交换机下，每个队列各得一份"),
          right: true,
        },
      ],
      why: t(
        "Acks go to the broker. Only persistent messages in a durable queue survive. Order holds for one consumer. Acks give at least once; a consumer that recognises repeats makes it as good as once.",
        "ack 是发给消息代理的。队列和消息都持久化，重启后才还在。顺序只对单个消费者成立。ack 给的是至少一次，再加上认得出重复的消费者，效果才像一次。",
      ),
    },
    {
      type: "text",
      title: t("Eight corrections", "八处更正"),
      body: t(
        "1. Acknowledge after the work: see “Acknowledge or lose”.\n2. Declarations must agree: see “Two declarations, one queue”.\n3. Take and keep until it is done: see “A Redis list as a queue”.\n4. A request needs a way out: see “A request socket waits for ever”.\n5. Acks go to the broker; the producer’s word is the confirm: see “Lost, or twice”.\n6. Two switches, queue and message: see “Two switches for one promise”.\n7. Order is for one consumer, or by key: see “Order lost”.\n8. At least once, and recognise repeats: see “Twice received, once done”.\n“Messages are never lost” is a setting, not a law.",
        "1. 做完再确认，见《确认早了，就会丢》。\n2. 声明必须一致，见《一个队列，两种声明》。\n3. 取走也要留底，直到做完，见《用 Redis 列表当队列》。\n4. 请求要留条退路，见《REQ 套接字会永远等下去》。\n5. ack 发给消息代理；给生产者的回音是发布确认，见《要么丢，要么重》。\n6. 队列和消息，两个开关都要开，见《一个承诺，两个开关》。\n7. 顺序只对单个消费者或同一个键成立，见《顺序丢了》。\n8. 至少一次，再认出重复，见《收到两遍，只做一遍》。\n“消息绝不会丢”，是一项设置，不是一条定律。",
      ),
    },
  ],
};
