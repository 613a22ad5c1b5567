import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 9,
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("The cable is cut", "线断了"),
      body: t(
        "Three nodes keep one quorum queue; node 1 leads. Two offices send **five orders a second** each, wait for the [confirm](term:confirm), and send again what is not confirmed within two seconds. From **20 s to 40 s** the network is cut: node 1 and the [north office](node:north) on one side, nodes 2 and 3, the [south office](node:south) and the [reader](node:reader) on the other. All machines are well.",
        "三个节点共同维护一个仲裁队列，节点 1 是领导者。两个办事处**每秒各发五单**，都等[发布确认](term:confirm)，两秒内没等到就重发。**第 20 到 40 秒**，网络断成两半：一边是节点 1 和[北办事处](node:north)，另一边是节点 2、3、[南办事处](node:south)和[读取方](node:reader)。机器全都好好的。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "How many orders of the north are confirmed in those 20 seconds? It still reaches the leader.",
        "这 20 秒里，北办事处有多少单得到确认？它仍然连得上领导者。",
      ),
      options: [
        { text: t("100: it talks to the leader", "100 单：它连着领导者呢"), min: 80 },
        { text: t("About half", "一半左右"), min: 10, max: 80 },
        { text: t("None", "一单也没有"), max: 10 },
      ],
      answerFrom: { metric: "north.confirm", agg: "increase", within: [20_000, 39_500] },
    },
    { type: "run", until: { t: 39_500 }, speed: 5 },
    {
      type: "observe",
      title: t("The old leader may not promise", "旧领导者不能承诺"),
      facts: {
        north: { metric: "north.confirm", agg: "increase", within: [20_000, 39_500] },
        south: { metric: "south.confirm", agg: "increase", within: [20_000, 39_500] },
        open: { metric: "north.outbox" },
      },
      body: t(
        "North **{{north}}**, south **{{south}}**. Node 1 cannot know whether the others are dead or have a new leader by now. If it confirmed, there could be two truths. So it stands still, and **{{open}}** orders wait in the north. On the other side two of three are a majority: they choose a leader and go on after about a second.",
        "北 **{{north}}** 单，南 **{{south}}** 单。节点 1 无从知道：另外两个是死了，还是已经另选了领导者。它若确认，就可能出现两份“事实”。所以它停下来，北边有 **{{open}}** 单在等。另一边，三个里的两个是多数派：约一秒后选出领导者，继续工作。",
      ),
      highlight: ["north"],
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "The network is healed at 40 s. What becomes of the north’s orders of those 20 seconds?",
        "第 40 秒网络恢复。北边这 20 秒的订单会怎样？",
      ),
      options: [
        { text: t("All arrive, once each", "全部到齐，每单一份"), min: 595, max: 605 },
        { text: t("All arrive, some of them twice", "全部到齐，有些是两份"), min: 605 },
        { text: t("They are gone", "都没了"), max: 595 },
      ],
      answerFrom: { metric: "reader.processed", at: 60_000 },
    },
    { type: "run", until: { t: 60_000 }, speed: 5 },
    {
      type: "observe",
      title: t("Late, but there", "晚到，但都到了"),
      facts: {
        done: { metric: "reader.processed" },
        twice: { metric: "reader.duplicates" },
        lost: { metric: "system.lost" },
        worst: { metric: "north.response.p99", agg: "max" },
      },
      body: t(
        "**{{done}}** orders in a minute from both: all of them. Lost **{{lost}}**, twice **{{twice}}**. The north has kept every order that was not confirmed and sent it again; the slowest took **{{worst}}** to be confirmed. That is the price of a correct answer: none at all for a while.",
        "一分钟两边共处理 **{{done}}** 单，一单不少。丢失 **{{lost}}**，重复 **{{twice}}**。没确认的订单北边都留着，恢复后重发；最慢的等了 **{{worst}}** 才得到确认。答案要对，代价就是有一阵子没有答案。",
      ),
    },
    {
      type: "do",
      goal: t(
        "The new programmer of the north calls waiting old-fashioned: send and forget. Make sure that none of the north’s orders is lost in the cut.",
        "北边新来的程序员说等确认太老派：发完就忘。请让北边的订单在断网时一单不丢。",
      ),
      set: { "north.waitFor": "nothing" },
      check: [
        { metric: "system.lost", op: "=", value: 0, at: 60_000 },
        { metric: "north.failed", op: "=", value: 0, at: 60_000 },
        { metric: "reader.processed", op: ">=", value: 590, at: 60_000 },
      ],
      speed: 10,
      hints: [
        t("How can the north know which orders have not arrived?", "北边怎么知道哪些订单没到？"),
        t("It has to wait for an answer, and keep the order until it comes.", "它得等回音，等到之前把订单留着。"),
        t("Let [north](node:north) wait for the confirm again.", "让 [north](node:north) 重新等发布确认。"),
      ],
      solution: { set: { "north.waitFor": "confirm" } },
      why: t(
        "The majority keeps what it has confirmed. What it has not confirmed is still the sender’s business: keep it, send it again, and give it an id in case the first one did arrive.",
        "确认过的，由多数派负责；没确认的，仍归发送方管：留着、重发，还要带上编号，以防第一份其实已经到了。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "Five nodes, two in one building and three in another. The line between the buildings breaks. Where does work go on?",
        "五个节点，两个在一处机房，三个在另一处。两处之间断了线。哪边能继续工作？",
      ),
      options: [
        { text: t("With the three", "三个那边"), right: true },
        { text: t("Where the leader was", "领导者原来在的那边") },
        { text: t("On both sides, and they agree later", "两边都行，事后再对账") },
      ],
      why: t(
        "Only one side can have more than half, so only one can choose. If the building with the three burns down, the two wait: to survive the loss of any one building you need three.",
        "超过半数的只可能有一边，所以只有一边能作主。要是三个那边的机房烧了，剩下两个就只能等：想经得起任何一处机房出事，至少要三处。",
      ),
    },
  ],
};
