/** What the faces of Redis nodes say, and the question of who reads a stream. */
const redis = {
  face: {
    subscribers_one: "{{count}} subscriber",
    subscribers_other: "{{count}} subscribers",
    missed: "{{count}} missed",
    end: "Entries ever added",
    entries: "{{count}} entries",
    lagPending: "{{group}}: lag (not yet read) · pending (not yet acknowledged)",
    moreGroups_one: "and {{count}} more group",
    moreGroups_other: "and {{count}} more groups",
    serversUp: "{{up}}/{{of}} servers up",
  },
  persist: { none: "not persisted", snapshot: "RDB, 60 s", everysec: "AOF, every second", always: "AOF, every write" },
  spoken: {
    entries: "{{count}} entries",
    lag: "lag {{count}}",
    pending: "pending {{count}}",
    subscribers: "{{count}} subscribers",
    missed: "{{count}} missed",
  },
  ask: {
    title: "Who reads {{name}}?",
    search: "Name of a group",
    join: "Join group {{group}}",
    fresh: "New group {{group}}",
    alone: "Read alone: every entry, no group",
    nothing: "A name like this cannot be used.",
  },
} as const;

export default redis;
