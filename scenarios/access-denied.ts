import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

const STAFF = { name: "staff", configure: ".*", write: ".*", read: ".*" };
const WEB = { name: "web", configure: "", write: "^orders\\.", read: "", password: "tulip" };

export const ACCESS_DENIED: CatalogueEntry = {
  group: "rabbitmq",
  level: "core",
  scenario: picture(
    "access-denied",
    { en: "Who are you, and may you?", zh: "你是谁？你可以吗？" },
    {
      en: "The broker knows two users: staff may do everything, web may only write to exchanges whose name begins with “orders.”. The shop is web and keeps to it. A page of the same shop tries the exchange “admin” as well. A stranger has overheard the name web and guesses the password.",
      zh: "消息代理认识两个用户：staff 什么都能做；web 只能写名字以“orders.”开头的交换机。商店用 web，守规矩；好奇的页面也用 web，却去试交换机 admin；陌生人偷听到了 web 这个名字，密码靠猜。",
    },
  )
    .note("question", [0, 0], [86, 4], {
      en: "Three senders, and only one of them keeps to the rules. Which of the two others does the broker stop at the door, and which only at the act? Does the honest shop notice anything of it?\nWatch: the denied counts of the senders, the events with code 403, and the undisturbed orders.",
      zh: "三个发送方，只有一个守规矩。另外两个，哪个在门口就被拦下，哪个要到动手时才被拦？守规矩的商店会受影响吗？\n看点：发送方的拒绝次数、代码 403 的事件，以及不受打扰的订单。",
    })
    .producer("shop", "shop", [0, 13], { user: "web" })
    .producer("page", "curious page", [0, 22], { rate: 1, user: "web" })
    .producer("stranger", "stranger", [0, 6], { rate: 1, user: "web", password: "rose" })
    .broker("broker", "broker", [19, 6], [48, 24], {
      users: [WEB, STAFF],
    })
    .within("broker")
    .exchange("orders", "orders.new", [2, 3], { type: "fanout" })
    .queue("incoming", "incoming orders", [28, 4])
    .exchange("admin", "admin", [2, 15], { type: "fanout" })
    .queue("tasks", "admin tasks", [28, 16])
    .within()
    .consumer("packing", "packing", [76, 10], { user: "staff" })
    .consumer("office", "office", [76, 22], { user: "staff" })
    .publish("shop", "orders")
    .publish("page", "admin")
    .publish("stranger", "orders")
    .bind("orders", "incoming")
    .bind("admin", "tasks")
    .consume("incoming", "packing")
    .consume("tasks", "office")
    .scenario(),
  observe: {
    en: "The stranger is refused at every attempt to connect and never gets in. The curious page does get in; each publish to “admin” costs it its channel (403 ACCESS_REFUSED), and the next attempt needs a new one. “admin tasks” stays empty, and not one order is missing.",
    zh: "陌生人每次连接都被拒绝，始终进不来。那个好奇的页面进得来，但每往 admin 发一条，就丢掉一个信道（403 ACCESS_REFUSED），下一次得重开。admin tasks 一直空着，订单一个不少。",
  },
  aha: {
    en: "First who you are, then what you may do: two questions, asked at two places. And a refusal hits the one who asked, not the others.",
    zh: "先问你是谁，再问你能做什么：两个问题，在两个地方问。被拒绝的只是提要求的那个，不连累别人。",
  },
  variants: [
    {
      id: "permission-granted",
      name: {
        en: "web may write to “admin” too: the page is let through",
        zh: "允许 web 也写 admin：那个页面就通过了",
      },
      change: { "broker.users": [{ ...WEB, write: "^(orders\\.|admin$)" }, STAFF] },
    },
    {
      id: "right-password",
      name: {
        en: "The stranger knows the password: welcome, for orders",
        zh: "陌生人知道了密码：欢迎，但只能下单",
      },
      change: { "stranger.password": "tulip" },
    },
  ],
  // The drawing is about both.
  intended: ["permission-missing", "wrong-password"],
};
