/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.TestData;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.engine.AcceptList;
import io.github.mysqlpreflight.core.engine.CheckRegistry;
import io.github.mysqlpreflight.core.engine.ObjectPattern;
import io.github.mysqlpreflight.core.engine.Preflight;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AssessmentJsonTest {
    private static String json(List<Finding> findings) {
        return json(findings, null);
    }

    private static String json(List<Finding> findings, @Nullable AcceptList accepted) {
        Snapshot snapshot = TestData.server("db.example", "version", "8.0.15", "server_uuid", "3e11fa47")
                .put(Facts.SCHEMAS, TestData.schemas("mysql", "shop"))
                .readMillis(12)
                .connections(1)
                .build();
        List<Check> checks = List.of(TestData.check("obj.engine", Outcome.of(findings)));
        Assessment assessment = new Preflight(CheckRegistry.of(List.of()), "1.0")
                .accepting(accepted)
                .judge(snapshot, Plan.defaults(), checks);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AssessmentJson.write(assessment, out);
        return out.toString(StandardCharsets.UTF_8).replaceAll("\"durationMs\" : \\d+", "\"durationMs\" : 0");
    }

    private static Finding finding(String table) {
        return new Finding(
                Effect.BLOCKS_REPLICATION,
                ObjectRef.table("shop", table),
                "MyISAM",
                "InnoDB",
                table + " is MyISAM",
                List.of(Remedy.sql("Rebuild it:", "ALTER TABLE shop." + table + " ENGINE=InnoDB")));
    }

    @Test
    void documentIsAsItWasAgreed() {
        assertThat(json(List.of(finding("log")))).isEqualToIgnoringNewLines(GOLDEN.strip());
    }

    @Test
    void orderOfFindingsDoesNotDependOnThatOfTheCheck() {
        List<Finding> findings = new ArrayList<>(List.of(finding("a"), finding("b"), finding("c")));
        String first = json(findings);
        Collections.reverse(findings);
        assertThat(json(findings)).isEqualTo(first);
    }

    @Test
    void whatIsAcceptedIsThereWithItsReason() {
        LocalDate day = LocalDate.of(2026, 11, 22);
        String json = json(
                List.of(finding("a"), finding("b"), finding("c")),
                new AcceptList(
                        "accept.yaml",
                        day,
                        List.of(
                                new AcceptList.Rule(1, "obj.engine", ObjectPattern.of("shop.b"), "it \"goes\"", day),
                                new AcceptList.Rule(4, "obj.engine", ObjectPattern.of("shop.?"), "all", null),
                                new AcceptList.Rule(7, "obj.engine", null, "old", day.minusDays(1)))));
        assertThat(json).containsOnlyOnce("""
                  "docs" : [ "https://example.org/obj.engine" ],
                      "accepted" : {
                        "reason" : "it \\"goes\\"",
                        "until" : "2026-11-22"
                      }
                    }, {
                """.strip());
        assertThat(json).contains("""
                      "accepted" : {
                        "reason" : "all",
                        "until" : null
                      }
                """.strip()).contains("\"method\" : \"replication\"");
        assertThat(json).contains(ACCEPTANCE.strip());
    }

    private static final String ACCEPTANCE = """
            "acceptance" : {
                "file" : "accept.yaml",
                "day" : "2026-11-22",
                "entries" : [ {
                  "line" : 1,
                  "check" : "obj.engine",
                  "object" : "shop.b",
                  "reason" : "it \\"goes\\"",
                  "until" : "2026-11-22",
                  "state" : "USED",
                  "findings" : 1,
                  "message" : null
                }, {
                  "line" : 4,
                  "check" : "obj.engine",
                  "object" : "shop.?",
                  "reason" : "all",
                  "until" : null,
                  "state" : "USED",
                  "findings" : 3,
                  "message" : null
                }, {
                  "line" : 7,
                  "check" : "obj.engine",
                  "object" : null,
                  "reason" : "old",
                  "until" : "2026-11-21",
                  "state" : "EXPIRED",
                  "findings" : 3,
                  "message" : "the entry for obj.engine expired on 2026-11-21: 3 findings count again"
                } ],
                "warnings" : [ "accept.yaml:7: the entry for obj.engine expired on 2026-11-21: 3 findings count again" ]
              },
              "coverage" : {
                "databases" : 1,
                "unseen" : [ ],
                "grant" : null
              },
              "summary" : {
                "passed" : 0,
                "found" : 1,
                "notApplicable" : 0,
                "unknown" : 0,
                "failed" : 0,
                "blockers" : 0,
                "warnings" : 1,
                "notices" : 0,
                "accepted" : 3
              }
            """;

    private static final String GOLDEN = """
            {
              "format" : "mysql-preflight-assessment/1",
              "tool" : {
                "name" : "mysql-preflight",
                "version" : "1.0"
              },
              "source" : {
                "host" : "db.example",
                "port" : 3306,
                "user" : "mig",
                "version" : "8.0.15",
                "flavor" : "MYSQL",
                "serverUuid" : "3e11fa47",
                "takenAt" : "2026-11-22T10:00:00Z",
                "readMillis" : 12,
                "connections" : 1,
                "tlsVersion" : null
              },
              "plan" : {
                "targetVersion" : "8.4",
                "method" : null,
                "ignoredDatabases" : [ ],
                "databases" : [ "shop" ],
                "dumpTool" : "mysqldump",
                "requirePreserveCommitOrder" : false
              },
              "success" : true,
              "method" : "dump",
              "result" : "Not all pre-checks passed successfully, preferred migration method will be [Dump]: log is MyISAM",
              "reasons" : {
                "replication" : [ "log is MyISAM" ],
                "dump" : [ ]
              },
              "unverified" : [ ],
              "checks" : [ {
                "id" : "obj.engine",
                "title" : "Title of obj.engine",
                "category" : "obj",
                "outcome" : "FOUND",
                "because" : null,
                "durationMs" : 0,
                "findings" : [ {
                  "effect" : "BLOCKS_REPLICATION",
                  "object" : {
                    "side" : "source",
                    "type" : "TABLE",
                    "schema" : "shop",
                    "name" : "log",
                    "part" : null
                  },
                  "found" : "MyISAM",
                  "needed" : "InnoDB",
                  "message" : "log is MyISAM",
                  "remedies" : [ {
                    "text" : "Rebuild it:",
                    "sql" : [ "ALTER TABLE shop.log ENGINE=InnoDB" ],
                    "statements" : [ {
                      "sql" : "ALTER TABLE shop.log ENGINE=InnoDB",
                      "note" : null
                    } ]
                  } ],
                  "docs" : [ "https://example.org/obj.engine" ]
                } ]
              } ],
              "fixes" : [ {
                "check" : "obj.engine",
                "side" : "source",
                "optional" : false,
                "mends" : "log is MyISAM",
                "words" : "Rebuild it:",
                "statements" : [ {
                  "sql" : "ALTER TABLE shop.log ENGINE=InnoDB",
                  "note" : null
                } ],
                "byHand" : null,
                "settings" : [ ],
                "also" : [ ]
              } ],
              "coverage" : {
                "databases" : 1,
                "unseen" : [ ],
                "grant" : null
              },
              "summary" : {
                "passed" : 0,
                "found" : 1,
                "notApplicable" : 0,
                "unknown" : 0,
                "failed" : 0,
                "blockers" : 1,
                "warnings" : 0,
                "notices" : 0,
                "accepted" : 0
              }
            }
            """;
}
