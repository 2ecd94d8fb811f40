/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.core.source.Password;
import io.github.mysqlpreflight.server.ServerFailedException;
import io.github.mysqlpreflight.server.config.StoreSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that cannot be used are refused with words that help, and without a secret. */
final class StoreSettingsTest {
    private static ServerFailedException refusal(StoreSettings settings) {
        try (TaskEngine engine = TaskEngine.start(settings, Given.limits(), new Script(), Given.quick())) {
            throw new AssertionError("started: " + engine.counts());
        } catch (ServerFailedException refused) {
            assertThat(refused.advice()).isNotEmpty();
            assertThat(refused.message() + refused.advice()).doesNotContain("top-secret", Given.KEY.reveal());
            return refused;
        }
    }

    @Test
    void databaseNeedsAKey() {
        ServerFailedException refused =
                refusal(new StoreSettings(null, "jdbc:mysql://db.example/x", "u", null, null, null));
        assertThat(refused.message()).contains("needs a key");
        assertThat(refused.advice()).contains("openssl rand -base64 32");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://me:top-secret@db.example/x",
                "jdbc:mysql://db.example/x?useSSL=true&password=top-secret",
                "jdbc:mysql://db.example/x?PASSWORD=top-secret",
                "jdbc:mysql://db.example/x?%70assword=top-secret",
                "jdbc:mysql://(host=db.example,user=me,password=top-secret)/x",
                "jdbc:postgresql://db.example/x?user=me&password=top-secret",
                "jdbc:postgresql://db.example/x?user=top-secret",
                "jdbc:mysql://address=(host=db)(user=me)(password1=top-secret)/x"
            })
    void urlHoldsNoAccount(String url) {
        assertThat(refusal(Given.database(url, "u", "p")).message()).contains("holds a user or a password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"jdbc:h2:mem:x", "jdbc:mariadb://h/x", "mysql://h/x", "jdbc:sqlite:x", "jdbc:mysql+srv://h/x"})
    void otherDatabasesAreRefused(String url) {
        assertThat(refusal(Given.database(url, "u", "p")).message()).contains("for no database that can be one");
    }

    @Test
    void databaseThatDoesNotAnswerIsSaidSo() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(refusal(Given.database("jdbc:mysql://127.0.0.1:" + port + "/x", "u", "top-secret"))
                        .message())
                .startsWith("The store cannot be opened: ");
        assertThat(refusal(Given.database("jdbc:postgresql://127.0.0.1:" + port + "/x", "u", "top-secret"))
                        .message())
                .startsWith("The store cannot be opened: ")
                .contains("refused");
    }

    @Test
    void keysAreThirtyTwoBytesInBase64(@TempDir Path directory) throws IOException {
        for (String bad : new String[] {"", "top-secret", "dG9wLXNlY3JldA==", Given.KEY.reveal() + "AAAA"}) {
            assertThat(refusal(new StoreSettings(directory, null, null, null, null, Password.of(bad)))
                            .message())
                    .isEqualTo("Not 32 bytes in Base64: the store's key");
        }
        Path file = directory.resolve("key");
        assertThat(refusal(new StoreSettings(directory, null, null, null, file, null))
                        .message())
                .contains("cannot be read");
        Files.writeString(file, "top-secret");
        assertThat(refusal(new StoreSettings(directory, null, null, null, file, null))
                        .message())
                .startsWith("Not 32 bytes");
        Files.writeString(file, Given.KEY.reveal() + "\n");
        assertThat(StoreKey.of(new StoreSettings(directory, null, null, null, file, null)))
                .isEqualTo(StoreKey.of(new StoreSettings(directory, null, null, null, null, Given.KEY)));
        assertThat(refusal(new StoreSettings(directory, null, null, null, file, Given.OTHER_KEY))
                        .message())
                .contains("Two different keys");
    }

    @Test
    void secretIsBoundToItsPlaceAndKey() throws SecretBox.WrongKeyException {
        SecretBox box = new SecretBox(new byte[32]);
        SecretBox.Sealed sealed = box.seal("here", new byte[] {1, 2, 3});
        assertThat(box.open("here", sealed)).containsExactly(1, 2, 3);
        assertThat(box.seal("here", new byte[] {1, 2, 3}).bytes()).isNotEqualTo(sealed.bytes());
        assertThatThrownBy(() -> box.open("there", sealed)).isInstanceOf(SecretBox.WrongKeyException.class);
        byte[] other = new byte[32];
        other[31] = 1;
        assertThatThrownBy(() -> new SecretBox(other).open("here", sealed))
                .isInstanceOf(SecretBox.WrongKeyException.class);
    }

    @Test
    void whatIsLoggedHoldsNoPassword() {
        Password password = Password.of("top secret/1");
        Redacted redacted = Redacted.of(
                new IllegalStateException(
                        "with top secret/1", new IOException("mysql://u:top%20secret%2F1@h and top+secret%2F1")),
                password);
        assertThat(redacted).hasMessage("java.lang.IllegalStateException: with ****");
        assertThat(redacted.getCause()).hasMessage("java.io.IOException: mysql://u:****@h and ****");
        assertThat(redacted.getStackTrace()[0].getMethodName()).isEqualTo("whatIsLoggedHoldsNoPassword");
    }
}
