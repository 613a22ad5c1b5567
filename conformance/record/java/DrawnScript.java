package weir.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;

/** A script drawn from a fixed seed. `java.util.Random` gives the same draws in every Java. */
abstract class DrawnScript {
    final List<ObjectNode> steps = new ArrayList<>();
    private final Random random;
    private int sent;

    DrawnScript(long seed) {
        this.random = new Random(seed);
    }

    /** What draws the scripts of one group. */
    interface Maker<S> {
        void make(S script) throws IOException;
    }

    /** Adds a group of cases, one a seed from `firstSeed` + 1 on, named for it. */
    static <S extends DrawnScript> void add(
            Map<String, List<Script.Case>> groups, String group, int count, int firstSeed, LongFunction<S> begin, Maker<S> maker) throws IOException {
        List<Script.Case> cases = new ArrayList<>();
        for (int seed = firstSeed + 1; seed <= firstSeed + count; seed++) {
            S script = begin.apply(seed);
            maker.make(script);
            cases.add(new Script.Case(group, "seed-" + seed, "a generated sequence", "record/java/Generated.java, seed " + seed, script.steps));
        }
        groups.put(group, cases);
    }

    final void step(String line) throws IOException {
        steps.add(Script.step(line));
    }

    /** @return how many messages were given an id */
    final int sent() {
        return sent;
    }

    /** @return a whole number from 0 on, below the bound */
    final int below(int bound) {
        return random.nextInt(bound);
    }

    final boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    final String one(String... values) {
        return values[below(values.length)];
    }

    /** @return the id of the next message */
    final String id() {
        return "m" + ++sent;
    }
}
