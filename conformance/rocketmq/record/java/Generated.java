package weir.record;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

final class Generated {
    static Map<String, List<Script.Case>> all() throws IOException {
        return new LinkedHashMap<>();
    }
}
