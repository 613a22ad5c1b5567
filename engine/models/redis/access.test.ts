import { describe, expect, it } from "vitest";
import { RedisBench } from "../../../conformance/adapters/redis-bench.ts";

/** What was seen of Redis 7.0.15 with the same commands. */
describe("who has not said who they are", () => {
  it("need not when the default user asks for no password any more, and must when it asks again", () => {
    const bench = new RedisBench({}, { requirepass: "pw" });
    expect(bench.do("c1> PING", "c2> AUTH pw", "c2> CONFIG SET requirepass ", "c1> PING")).toEqual([
      "c1!NOAUTH",
      'c2="OK"',
      'c2="OK"',
      'c1="PONG"',
    ]);
    expect(bench.do("c2> CONFIG SET requirepass x", "c2> PING", "c1> PING")).toEqual([
      'c2="OK"',
      'c2="PONG"',
      "c1!NOAUTH",
    ]);
  });

  it("are asked again while the default user is off, whatever its password", () => {
    const bench = new RedisBench({}, { requirepass: "pw" });
    expect(
      bench.do(
        "c2> AUTH pw",
        "c2> ACL SETUSER default nopass off",
        "c1> PING",
        "c2> PING",
        "c2> ACL SETUSER default on",
        "c1> PING",
      ),
    ).toEqual(['c2="OK"', 'c2="OK"', "c1!NOAUTH", 'c2="PONG"', 'c2="OK"', 'c1="PONG"']);
  });

  it("are cut off when a command has more than ten words", () => {
    const bench = new RedisBench({}, { requirepass: "pw" });
    expect(bench.do("c1> RPUSH q 1 2 3 4 5 6 7 8")).toEqual(["c1!NOAUTH"]);
    expect(bench.do("c1> RPUSH q 1 2 3 4 5 6 7 8 9")).toEqual(["c1!ERR", "c1 closed"]);
    expect(bench.do("c1> AUTH pw", "c1> RPUSH q 1 2 3 4 5 6 7 8 9")).toEqual(['c1="OK"', "c1=9"]);
  });
});
