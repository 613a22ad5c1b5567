import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const NACK_ROLLBACK: CatalogueEntry = {
  group: "rabbitmq",
  level: "core",
  scenario: picture(
    "nack-rollback",
    { en: "When work fails", zh: "处理失败之后" },
    {
      en: "Three of ten pieces of work fail, and the worker tells the broker (nack). Above the message is put back in its place; below it goes to a dead-letter queue.",
      zh: "十件活儿里有三件会失败，消费者告诉代理（nack）：上面放回队列里原来的位置，下面转进死信队列。",
    },
  )
    .note("question", [0, 0], [90, 4], {
      en: "Which of the two lanes gets through more new messages while something is failing? And what happens above to a message that fails every time?\nWatch: the ring around redelivered messages above; below, the dead letters that leave the queue for the exchange “failures”.",
      zh: "有消息总在失败时，哪一路能继续处理更多的新消息？如果上面某条消息每次都失败，会怎样？\n看点：上面被重新投递的消息带着一个环；下面则有死信离开队列，去往交换机 failures。",
    })
    .frame("requeue", "requeue", [0, 6], [90, 10], { en: "Put it back (requeue)", zh: "放回去（重新入队）" })
    .within("requeue")
    .producer("orders-a", "orders above", [2, 3])
    .queue("work-a", "work above", [22, 3])
    .consumer("worker-a", "worker above", [43, 3], { failRate: 0.3 })
    .note("place", [62, 3], [26, 6], {
      en: "The message returns to its old place and is tried again at once, as often as it takes.",
      zh: "消息回到原来的位置，马上再试，直到成功为止。",
    })
    .within()
    .frame("reject", "reject", [0, 17], [90, 18], { en: "Take it away (reject)", zh: "拿走（拒绝）" })
    .within("reject")
    .producer("orders-b", "orders below", [2, 3])
    .queue("work-b", "work below", [22, 3])
    .consumer("worker-b", "worker below", [43, 3], { failRate: 0.3, onFail: "reject" })
    .note("aside", [62, 3], [26, 6], {
      en: "The message leaves as a dead letter, and the worker takes the next.",
      zh: "消息成为死信离开，消费者接着处理下一条。",
    })
    .exchange("failures", "failures", [23, 10], { type: "fanout" })
    .queue("failed", "failed", [42, 11])
    .consumer("repair", "repair", [63, 11], { service: 500 })
    .within()
    .publish("orders-a", "work-a")
    .consume("work-a", "worker-a")
    .publish("orders-b", "work-b")
    .consume("work-b", "worker-b")
    .deadLetter("work-b", "failures")
    .bind("failures", "failed")
    .consume("failed", "repair")
    .scenario(),
  observe: {
    en: "Above, errors and redeliveries are the same number, and the order stays right. Below, nothing is redelivered: as many dead letters as errors, each repaired. In both lanes nothing is lost and the queues run empty.",
    zh: "上面，错误数等于重新投递数，次序一点不乱。下面没有重新投递：错误有多少，死信就有多少，个个修好。两路都没有丢消息，队列也都能清空。",
  },
  aha: {
    en: "Failure is a routing decision. Whoever says only “it failed” has not decided yet where the message goes.",
    zh: "失败其实是一个路由决定。只说“失败了”，等于还没决定消息去哪儿。",
  },
  variants: [
    {
      id: "two-workers",
      name: {
        en: "Two workers above: what is put back can now be overtaken",
        zh: "上面用两个消费者：放回去的消息会被后面的超过",
      },
      change: { "worker-a.instances": 2 },
    },
    {
      id: "all-day-failure",
      name: {
        en: "Everything fails: above one message blocks all, below all are parked",
        zh: "全部失败：上面一条消息堵住所有，下面全部转走",
      },
      change: { "worker-a.failRate": 1, "worker-b.failRate": 1 },
    },
  ],
  // What “everything fails” is about.
  intended: ["requeue-forever", "overload"],
};
