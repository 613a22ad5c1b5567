import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

const READERS = ["mail", "stock", "search"] as const;

const drawing = picture(
  "pub-sub",
  { en: "Everybody a copy, or everybody a share", zh: "人人一份，还是大家分摊" },
  {
    en: "Three messages a second, three readers. Above, each reader has a queue of its own, bound to a fanout exchange. Below, all three take from one queue.",
    zh: "每秒三条消息，三个读者。上面，每个读者有自己的队列，绑在一个扇出交换机上；下面，三个读者共用一个队列。",
  },
)
  .note("question", [0, 0], [80, 4], {
    en: "The same stream, the same three readers. How many messages a second does each reader get above, and how many below? Who would notice if one reader were missing?\nWatch: the rates of the six readers.",
    zh: "同样的消息流，同样的三个读者。上面每个读者每秒拿到几条？下面呢？少了一个读者，谁会察觉？\n看点：六个读者的速率。",
  })
  .frame("copies", "copies", [0, 5], [80, 23], {
    en: "A queue for each: publish and subscribe",
    zh: "一人一个队列：发布与订阅",
  })
  .within("copies")
  .producer("news-a", "news above", [2, 9], { rate: 3 })
  .exchange("news", "news", [22, 8], { type: "fanout" });
READERS.forEach((reader, i) => {
  drawing
    .queue(reader, `for ${reader}`, [41, 2 + 7 * i])
    .consumer(`${reader}-a`, `${reader} above`, [66, 2 + 7 * i], { service: 100 });
});
drawing
  .within()
  .frame("shares", "shares", [0, 29], [80, 23], {
    en: "One queue for all: sharing the work",
    zh: "共用一个队列：分摊工作",
  })
  .within("shares")
  .producer("news-b", "news below", [2, 9], { rate: 3 })
  .queue("shared", "for whoever is free", [41, 9]);
for (const [i, reader] of READERS.entries())
  drawing.consumer(`${reader}-b`, `${reader} below`, [66, 2 + 7 * i], { service: 100 });
drawing.within().publish("news-a", "news").publish("news-b", "shared");
for (const reader of READERS) {
  drawing.bind("news", reader).consume(reader, `${reader}-a`).consume("shared", `${reader}-b`);
}

export const PUB_SUB: CatalogueEntry = {
  group: "rabbitmq",
  level: "intro",
  scenario: drawing.scenario(),
  observe: {
    en: "Above, every reader gets all 3 a second; below, each gets 1, in turns. Nine pieces of work above, three below, from the same stream.",
    zh: "上面每个读者都拿到全部，每秒 3 条；下面轮流，每人每秒 1 条。同样的流，上面要处理九份，下面只有三份。",
  },
  aha: {
    en: "A queue for each subscriber means a copy for each; a shared queue means that the work is split. The number of queues decides, not the number of readers.",
    zh: "一个订阅者一个队列，就是人手一份；共用一个队列，就是分工。决定的是队列的个数，不是读者的个数。",
  },
  variants: [
    {
      id: "slow-mail",
      name: {
        en: "Mail needs a second each: its own queue grows above, the others help out below",
        zh: "邮件一条要一秒：上面只有它自己的队列变长，下面有别人分担",
      },
      change: { "mail-a.service": 1000, "mail-b.service": 1000 },
    },
  ],
  // One slow reader.
  intended: ["overload"],
};
