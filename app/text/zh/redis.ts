/** Redis 节点上的文字，以及由谁来读流的询问。 */
const redis = {
  face: {
    subscribers_other: "{{count}} 个订阅者",
    missed: "错过 {{count}}",
    end: "累计写入的条目数",
    entries: "{{count}} 条",
    lagPending: "{{group}}：滞后 · 待确认",
    moreGroups_other: "另有 {{count}} 个消费组",
    serversUp: "{{up}}/{{of}} 台在线",
  },
  persist: { none: "不持久化", snapshot: "RDB，60 秒", everysec: "AOF，每秒", always: "AOF，每次写入" },
  spoken: {
    entries: "{{count}} 条",
    lag: "滞后 {{count}}",
    pending: "待确认 {{count}}",
    subscribers: "{{count}} 个订阅者",
    missed: "错过 {{count}}",
  },
  ask: {
    title: "谁来读 {{name}}？",
    search: "消费组名称",
    join: "加入消费组 {{group}}",
    fresh: "新建消费组 {{group}}",
    alone: "单独读取：读全部条目，不进组",
    nothing: "不能用这样的名称。",
  },
} as const;

export default redis;
