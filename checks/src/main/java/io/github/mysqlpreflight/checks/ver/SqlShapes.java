/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.ver;

import io.github.mysqlpreflight.checks.sql.SqlTokens;

/** What can be said of a word by its neighbours, without knowing the grammar. */
final class SqlShapes {
    private SqlShapes() {}

    /** Whether the word at that place is a function that is called: a "(" follows, and it is no table, procedure or key. */
    static boolean isCall(SqlTokens tokens, int index) {
        return tokens.isSymbol(index + 1, "(")
                && !tokens.isAnyWord(
                        index - 1,
                        "CALL",
                        "INTO",
                        "TABLE",
                        "EXISTS",
                        "REFERENCES",
                        "KEY",
                        "INDEX",
                        "INSERT",
                        "IGNORE",
                        "REPLACE",
                        "PROCEDURE",
                        "FUNCTION",
                        "VIEW",
                        "AS",
                        "WITH",
                        "RECURSIVE",
                        "JOIN",
                        "FROM",
                        "UPDATE",
                        "UNIQUE",
                        "FULLTEXT",
                        "SPATIAL",
                        "CONSTRAINT",
                        "PARTITION",
                        "DELAYED",
                        "LOW_PRIORITY",
                        "HIGH_PRIORITY");
    }

    /** Whether that token assigns a value, where it does not compare. */
    static boolean isAssignment(SqlTokens tokens, int index) {
        return tokens.isSymbol(index, "=") || tokens.isSymbol(index, ":=");
    }

    /** Whether a statement begins at that token. */
    static boolean isStatementStart(SqlTokens tokens, int index) {
        return index == 0
                || tokens.isSymbol(index - 1, ";")
                || tokens.isAnyWord(
                        index - 1,
                        "BEGIN",
                        "THEN",
                        "ELSE",
                        "DO",
                        "LOOP",
                        "REPEAT",
                        "FOUND",
                        "SQLEXCEPTION",
                        "SQLWARNING");
    }

    /** Whether the statement before that token is at its end. */
    static boolean isStatementEnd(SqlTokens tokens, int index) {
        return index >= tokens.size() || tokens.isSymbol(index, ";") || tokens.isWord(index, "END");
    }
}
