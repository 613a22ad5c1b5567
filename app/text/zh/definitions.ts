/** 读写 RabbitMQ 定义文件：文件为何不能用，以及没有对应位置的内容如何处理。 */
const definitions = {
  "empty-file": "文件是空的。请重新导出定义，例如使用“rabbitmqctl export_definitions FILE”。",
  "too-large": "文件有 {{length}} 个字符；最多读取 {{max}} 个。请只导出一个虚拟主机。",
  "no-json": "这不是 JSON：第 {{line}} 行第 {{column}} 列不应出现“{{text}}”。消息代理同样会拒绝这个文件。",
  "cut-off": "文件在第 {{line}} 行第 {{column}} 列过早结束：还有括号或引号没有关闭，缺少一部分内容。",
  "trailing-comma":
    "第 {{line}} 行第 {{column}} 列多了一个逗号：括号关闭之前后面没有内容。请删去它；消息代理同样会拒绝。",
  "missing-comma": "第 {{line}} 行第 {{column}} 列之后、下一个值之前缺少逗号。",
  comment: "第 {{line}} 行第 {{column}} 列有注释（“{{text}}”）。JSON 没有注释：请删去它。",
  "placeholder-unquoted": "这是尚未填写的模板：第 {{line}} 行第 {{column}} 列的“{{text}}”代表一个值。请先填写。",
  "a-scenario": "这是 Weir 场景，不是消息代理的定义。请直接打开它。",
  "no-definitions":
    "这不是 RabbitMQ 定义（{{got}}）：其中没有 queues、exchanges、bindings、vhosts、policies 或 permissions。",

  "vhost-chosen_other": "文件有多个虚拟主机，导入了“{{vhost}}”；另外 {{count}} 个是 {{others}}。",
  "nothing-here": "虚拟主机“{{vhost}}”中没有交换机也没有队列：没有可画的内容。",
  "traffic-added":
    "已为入口接上 {{producers}} 个生产者，为出口接上 {{consumers}} 个消费者，速率适中。因消息只在其中等待转发而没有接消费者的队列：{{waiting}} 个。",
  "consumers-shared": "{{queues}} 个队列按交换机共用 {{consumers}} 个消费者：一个文档最多 {{max}} 个节点。",
  "no-room-for-clients": "{{count}} 个队列没有接上消费者：一个文档最多 {{max}} 个节点。",
  renamed: "“{{name}}”在图中画作“{{drawn}}”，因为每个节点都有自己的名称。在消息代理上它的名称不变。",
  "placeholder-kept": "“{{text}}”看起来是模板中未填的空位，已原样保留。",
  repeated: "“{{name}}”出现了两次；以第一次为准。",
  "built-in-skipped": "“{{name}}”在每个消息代理上都有，且没有任何连接；没有画出。",
  "unnamed-skipped": "这个队列没有名称，已略去。",
  "default-binding-skipped": "默认交换机按名称就能到达“{{destination}}”；这个绑定已略去。",
  "binding-skipped": "绑定 {{source}} → {{destination}}（“{{key}}”）已略去：文件中没有“{{missing}}”。",
  "binding-repeated": "绑定 {{source}} → {{destination}}（“{{key}}”）出现了两次；消息代理只保留一个。",
  "binding-weight":
    "{{name}}：键“{{key}}”不是一致性哈希交换机所需的 1 到 {{max}} 的权重。权重按 1 处理；键保留供导出。",
  "binding-match": "{{name}}：未知的 x-match {{value}}；按全部消息头匹配处理。",
  "exchange-type-kept":
    "“{{name}}”的类型是 {{type}}，这个版本不运行它。它保留供导出；到达它的消息不会继续，后面的队列由生产者直接供给。",
  "default-queue-type": "{{count}} 个队列没有写明类型，采用虚拟主机“{{vhost}}”的默认类型：{{type}}。",
  "argument-kept": "“{{name}}”有 {{argument}} = {{value}}。保留供导出，在这里不起作用。",
  "argument-unusable":
    "“{{name}}”有 {{argument}} = {{value}}，没有消息代理接受这个值：它会拒绝声明这个队列，这里也一样。这个值保留供导出。",
  "argument-refused":
    "“{{name}}”有 {{argument}} = {{value}}，它不适用于 {{type}} 队列：消息代理会拒绝声明这个队列，这里也一样。",
  "argument-too-long": "“{{name}}”的参数 {{argument}} 过长或嵌套过深，无法保留，已略去。",
  "dead-letter-target-missing": "“{{name}}”的死信发往“{{exchange}}”，而文件中没有它：死信会被丢弃。",
  "dead-letter-key-alone": "“{{name}}”有死信路由键“{{key}}”却没有死信交换机；消息代理会拒绝声明它。",
  "alternate-target-missing": "“{{name}}”无法路由的消息发往“{{exchange}}”，而文件中没有它：消息会被丢弃。",
  "policy-applied_other": "策略“{{name}}”对 {{count}} 个交换机和队列生效：{{keys}}。",
  "policy-unused": "策略“{{name}}”没有在任何地方生效：没有名称匹配 {{pattern}}，或有优先级更高的策略。",
  "policy-keys-kept": "策略“{{name}}”：{{keys}} 保留供导出，在这里不起作用。",
  "policy-skipped": "策略“{{name}}”已略去：其适用对象是“{{applyTo}}”，或内容过长无法保留。",
  "policies-cut": "{{count}} 条策略中只保留了 {{max}} 条。",
  "users-cut": "{{count}} 个用户中只保留了 {{max}} 个。",
  "passwords-discarded_other": "没有读取 {{count}} 个用户的密码；权限按名称保留：{{names}}。",
  "user-not-defined": "权限授予了文件中没有定义的用户：{{names}}。",
  "topic-permissions-discarded_other": "略去了 {{count}} 条主题权限：{{names}}。这里不对单个主题的权限建模。",
  "shovel-discarded": "Shovel“{{name}}”已略去：这里没有在消息代理之间搬运消息的机制。可以用一个服务代替它。",
  "federation-discarded": "联邦设置“{{name}}”（{{component}}）已略去：这里的消息代理互不相连。",
  "parameter-discarded": "参数“{{name}}”（{{component}}）已略去。",
  "global-parameters-discarded": "略去了整个集群的参数：{{names}}。",
  "vhost-limits-discarded": "略去了虚拟主机“{{vhost}}”的限制。",
  "key-ignored": "“{{name}}”不是这个版本所知的定义内容，已略去。",

  "clients-not-exported_other": "{{count}} 个客户端在定义中没有对应：{{names}}。",
  "links-not-exported_other": "{{count}} 条连接的网络设置没有对应：延迟、带宽、丢失率。",
  "users-needed": "权限中提到的用户须在载入文件之前已存在于消息代理上，因为文件中没有密码：{{names}}。",
  "broker-settings-not-exported": "“{{name}}”中没有对应的设置：{{settings}}。",
  "exclusive-not-exported": "“{{name}}”由一个连接独占，定义无法表达这一点；写作共享队列。",
  "built-in-not-exported": "每个消息代理都有的交换机不写入，只写入其绑定：{{names}}。",
  "kinds-not-exported_other": "{{count}} 个节点在定义中没有对应：{{names}}。",
  "script-not-exported_other": "时间线和告警中的 {{count}} 条没有对应。",
  "vhost-renamed": "两个消息代理的虚拟主机都是“{{vhost}}”；其中一个写作“{{now}}”。",
  "nothing-to-export": "没有可写入的交换机和队列。",

  // Kafka 主题列表。
  "internal-topic-skipped": "略去 Kafka 自己的主题：{{names}}。",
  "topic-config-ignored": "“{{name}}”有些设置在这里没有对应：{{configs}}。",
  "topics-cut": "略去 {{count}} 个主题：一个文档最多 {{max}} 个节点。",
  "too-many-partitions": "“{{name}}”有 {{got}} 个分区，只画出 {{max}} 个。",
  "too-many-replicas": "“{{name}}”有 {{got}} 个副本，只画出 {{max}} 个。",
  "too-many-brokers": "“{{name}}”有 {{got}} 个 Broker，只画出 {{max}} 个。",
} as const;

export default definitions;
