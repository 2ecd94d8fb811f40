/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * As whom the session was let in, and how it is encrypted.
 *
 * @param account CURRENT_USER(): the account the server chose, whose privileges hold
 * @param clientUser USER(): the name given and the address we came from
 * @param activeRoles CURRENT_ROLE(): the roles in force right after login; empty where there are none or no roles exist
 * @param tlsVersion protocol version, as TLSv1.3; null where the session is not encrypted
 * @param tlsCipher cipher; null where the session is not encrypted
 */
public record SessionFacts(
        Account account,
        String clientUser,
        List<String> activeRoles,
        @Nullable String tlsVersion,
        @Nullable String tlsCipher) {
    public SessionFacts {
        requireNonNull(account, "account is null");
        requireNonNull(clientUser, "clientUser is null");
        activeRoles = List.copyOf(activeRoles);
    }

    /** Whether the session is encrypted. */
    public boolean isEncrypted() {
        return tlsCipher != null;
    }

    static final class Codec implements FactCodec<SessionFacts> {
        @Override
        public void write(SessionFacts value, JsonGenerator out) {
            out.writeStartObject();
            out.writeStringProperty("user", value.account.user());
            out.writeStringProperty("host", value.account.host());
            out.writeStringProperty("clientUser", value.clientUser);
            Json.writeStrings(out, "activeRoles", value.activeRoles);
            Json.writeNullable(out, "tlsVersion", value.tlsVersion);
            Json.writeNullable(out, "tlsCipher", value.tlsCipher);
            out.writeEndObject();
        }

        @Override
        public SessionFacts read(JsonParser in) {
            @Nullable String[] texts = new @Nullable String[5];
            List<String> roles = new ArrayList<>();
            Json.readObject(in, name -> {
                switch (name) {
                    case "user" -> texts[0] = Json.readString(in);
                    case "host" -> texts[1] = Json.readString(in);
                    case "clientUser" -> texts[2] = Json.readString(in);
                    case "tlsVersion" -> texts[3] = Json.readText(in);
                    case "tlsCipher" -> texts[4] = Json.readText(in);
                    case "activeRoles" -> roles.addAll(Json.readList(in, Json::readString));
                    default -> {
                        return false;
                    }
                }
                return true;
            });
            return new SessionFacts(
                    new Account(Json.required(texts[0], "user"), Json.required(texts[1], "host")),
                    Json.required(texts[2], "clientUser"),
                    roles,
                    texts[3],
                    texts[4]);
        }
    }
}
