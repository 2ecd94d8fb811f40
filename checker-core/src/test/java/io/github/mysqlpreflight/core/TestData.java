/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.report.CheckResult;
import io.github.mysqlpreflight.core.snapshot.ConnectionFacts;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Schemas;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Snapshots and checks in a line, for the engine's own tests; the testkit's fixture lies above this module. */
public final class TestData {
    private TestData() {}

    /** A server with those variables, given as name, value, name, value. */
    public static Snapshot.Builder server(String host, String... variables) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            values.put(variables[i], variables[i + 1]);
        }
        return Snapshot.builder(Instant.parse("2026-11-22T10:00:00Z"), "1.0")
                .put(Facts.CONNECTION, connection(host, null))
                .put(Facts.VARIABLES, new ServerVariables(values));
    }

    /** How it was connected to. */
    public static ConnectionFacts connection(String host, ConnectionFacts.Failure failure) {
        return new ConnectionFacts(host, 3306, "mig", "REQUIRED", null, false, null, false, failure);
    }

    /** Databases of those names. */
    public static Schemas schemas(String... names) {
        List<Schemas.Schema> list = new ArrayList<>();
        for (String name : names) {
            list.add(new Schemas.Schema(name, "utf8mb4", "utf8mb4_bin"));
        }
        return new Schemas(list);
    }

    /** What a check says of itself; its findings can have every effect. */
    public static CheckInfo info(String id) {
        return info(id, Effect.values());
    }

    /** What a check says of itself whose findings can have these effects. */
    public static CheckInfo info(String id, Effect... effects) {
        return CheckInfo.of(id, "Title of " + id)
                .why("why")
                .fix("fix")
                .links("https://example.org/" + id)
                .effects(effects)
                .build();
    }

    /** A check that ends like that. */
    public static Check check(String id, Outcome outcome) {
        CheckInfo info = info(id);
        return new Check() {
            @Override
            public CheckInfo info() {
                return info;
            }

            @Override
            public Outcome inspect(Snapshot source, Plan plan) {
                return outcome;
            }
        };
    }

    /** How a check that can block every method ended. */
    public static CheckResult result(String id, Outcome outcome) {
        return new CheckResult(info(id), outcome, 1);
    }
}
