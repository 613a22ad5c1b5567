import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const ZMQ_PUSH_PULL: CatalogueEntry = {
  group: "zeromq",
  level: "intro",
  scenario: picture(
    "zmq-push-pull",
    { en: "PUSH deals by turn, not by load", zh: "PUSH 按轮次发牌，不看谁忙" },
    {
      en: "A program pushes 90 tasks at once to three workers. Two need 0.1 s for a task, the third needs 0.5 s. There is no broker: tasks wait in the workers' own memory. Below, a load balancer made of two ROUTER sockets stands between the same programs.",
      zh: "一个程序一口气推出 90 个任务，分给三个工作进程。两个每个任务做 0.1 秒，第三个要 0.5 秒。没有消息代理：任务就排在各个进程自己的内存里。下面是同样的程序，中间多了一个由两个 ROUTER 套接字组成的负载均衡。",
    },
  )
    .note("question", [0, 0], [58, 5], {
      en: "Together the three could do 22 tasks a second, 90 in about 4 s. When are the 90 done above, when below? And what do the two fast ones do at 5 s?\nWatch: “queued” on the workers. Then try the variant with marks of 1.",
      zh: "三个进程合起来每秒能做 22 个，90 个约 4 秒。上面多久做完？下面呢？第 5 秒时那两个快的在干什么？\n看点：各个工作进程上的“排队”。然后试试高水位为 1 的变体。",
    })
    .socket("tasks", "PUSH", [0, 13], { rate: 10_000, limit: 90 })
    .socket("quick-1", "PULL", [34, 7], { service: 100 })
    .socket("quick-2", "PULL", [34, 13], { service: 100 })
    .socket("slow", "PULL", [34, 19], { service: 500 })
    .pipe("tasks", "quick-1")
    .pipe("tasks", "quick-2")
    .pipe("tasks", "slow")
    .socket("asks", "DEALER", [0, 33], { rate: 10_000, limit: 90 })
    .node("proxy", "balancer", "balancer", [15, 33], { type: "balancer" })
    .socket("free-1", "DEALER", [34, 27], { service: 100 })
    .socket("free-2", "DEALER", [34, 33], { service: 100 })
    .socket("free-slow", "DEALER", [34, 39], { service: 500 })
    .pipe("asks", "balancer")
    .pipe("balancer", "free-1")
    .pipe("balancer", "free-2")
    .pipe("balancer", "free-slow")
    .scenario(),
  observe: {
    en: "Each worker gets 30, at once, because there is room for 1 000. The fast ones are done after 3 s and stand idle; the slow one works through its 30 until 15 s. With marks of 1 each worker holds only a few tasks, the rest wait with the sender: who takes faster gets more, and all is done before 6 s. The load balancer gives a task only to a worker that has said it is free: 4.1 s, as much as the three can do.",
    zh: "每个进程立刻拿到 30 个，因为各有 1000 个位置。快的 3 秒就做完，闲着；慢的一直做到第 15 秒。高水位设成 1，每个进程手边只放得下几个任务，其余留在发送方：谁取得快谁多得，不到 6 秒全部做完。负载均衡只把任务交给说自己有空的进程：4.1 秒，三个进程的极限。",
  },
  aha: {
    en: "What is dealt out early cannot be dealt better later.",
    zh: "牌发得早，就没法再发得巧。",
  },
  variants: [
    {
      id: "marks",
      name: {
        en: "Marks of 1: tasks stay with the sender until somebody has room",
        zh: "高水位设为 1：有人有空位才发出去",
      },
      change: {
        "tasks.sndHwm": 1,
        "quick-1.rcvHwm": 1,
        "quick-2.rcvHwm": 1,
        "slow.rcvHwm": 1,
      },
    },
  ],
};
