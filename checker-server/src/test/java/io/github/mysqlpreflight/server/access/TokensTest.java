/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.server.config.TokenEntry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokensTest {
    private static final Tokens TOKENS = Tokens.of(List.of(
            entry("ci", "token-one", "shop"),
            entry("admin", "token-two", "*"),
            entry("nobody", "token-three", "shop", "blog")));

    private static TokenEntry entry(String name, String token, String... projects) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return new TokenEntry(name, HexFormat.of().formatHex(hash), List.of(projects));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Caller caller(String authorization) {
        Caller caller = TOKENS.authenticate(authorization);
        assertThat(caller).as(authorization).isNotNull();
        return caller;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aivenv1 token-one",
                "Aivenv1 token-one",
                "Bearer token-one",
                "bearer token-one",
                "BEARER   token-one",
                "  Bearer token-one  "
            })
    void bothSchemesLetATokenInInAnyCase(String authorization) {
        assertThat(caller(authorization).name()).isEqualTo("ci");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "token-one",
                "aivenv1",
                "aivenv1 ",
                "aivenv1token-one",
                "Basic token-one",
                "Bearer token-on",
                "Bearer token-onee",
                "Bearer TOKEN-ONE",
                "Bearer token-one token-two",
                "Bearer token-one,token-two",
                "Bearer\ttoken-one",
                "Bearer token-one\u0000",
                "Bearer t\u00f6ken",
                "Bearer \"token-one\""
            })
    void everythingElseIsNobody(String authorization) {
        assertThat(TOKENS.authenticate(authorization)).isNull();
    }

    @Test
    void aHeaderThatIsTooLongIsNotLookedAt() {
        Tokens tokens = Tokens.of(List.of(entry("long", "x".repeat(3_000), "*")));
        assertThat(tokens.authenticate("Bearer " + "x".repeat(3_000))).isNull();
    }

    @Test
    void aTokenOpensItsProjectsAndNoOther() {
        assertThat(caller("Bearer token-one").mayUse("shop")).isTrue();
        assertThat(caller("Bearer token-one").mayUse("blog")).isFalse();
        assertThat(caller("Bearer token-one").mayUse("*")).isFalse();
        assertThat(caller("Bearer token-two").mayUse("anything")).isTrue();
        assertThat(caller("Bearer token-three").mayUse("blog")).isTrue();
        assertThat(caller("Bearer token-three").name()).isEqualTo("nobody");
    }

    @Test
    void withoutTokensEverybodyIsLocal() {
        Tokens none = Tokens.of(List.of());
        assertThat(none.authenticate(null)).isEqualTo(Caller.LOCAL);
        assertThat(none.authenticate("Bearer anything")).isEqualTo(Caller.LOCAL);
        assertThat(Caller.LOCAL.mayUse("any")).isTrue();
    }
}
