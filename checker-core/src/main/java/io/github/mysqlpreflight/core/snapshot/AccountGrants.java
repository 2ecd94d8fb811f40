/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * What the migration account may do.
 *
 * @param effective with the roles that are in force right after login, as they are for a replica's login
 * @param withAllRoles with every role it was granted; null where all of them are in force, or where the server would not
 *     tell
 */
public record AccountGrants(Grants effective, @Nullable Grants withAllRoles) {
    public AccountGrants {
        requireNonNull(effective, "effective is null");
    }

    /**
     * How that server compares the names in grants.
     *
     * @throws FactUnavailableException when variables or session are not known
     */
    public static GrantRules rules(Snapshot snapshot) {
        ServerVariables variables = snapshot.get(Facts.VARIABLES);
        int lowerCase = (int) variables.number("lower_case_table_names", 0);
        String version = variables.get("version");
        if (version != null && version.toLowerCase(Locale.ROOT).contains("mariadb")) {
            return GrantRules.mariaDb(lowerCase);
        }
        return GrantRules.mysql(lowerCase)
                .withPartialRevokes(variables.isOn("partial_revokes"))
                .withActiveRoles(!snapshot.get(Facts.SESSION).activeRoles().isEmpty());
    }

    static final class Codec implements FactCodec<AccountGrants> {
        @Override
        public void write(AccountGrants value, JsonGenerator out) {
            out.writeStartObject();
            out.writeName("effective");
            writeGrants(value.effective, out);
            Grants withAllRoles = value.withAllRoles;
            if (withAllRoles != null) {
                out.writeName("withAllRoles");
                writeGrants(withAllRoles, out);
            }
            out.writeEndObject();
        }

        @Override
        public AccountGrants read(JsonParser in) {
            @Nullable Grants[] grants = new @Nullable Grants[2];
            Json.readObject(in, name -> {
                switch (name) {
                    case "effective" -> grants[0] = readGrants(in);
                    case "withAllRoles" -> grants[1] = readGrants(in);
                    default -> {
                        return false;
                    }
                }
                return true;
            });
            return new AccountGrants(Json.required(grants[0], "effective"), grants[1]);
        }

        private static void writeGrants(Grants grants, JsonGenerator out) {
            out.writeStartObject();
            out.writeArrayPropertyStart("grants");
            for (Grant grant : grants.grants()) {
                out.writeStartObject();
                writeAccount(out, "grantee", grant.grantee());
                Json.writeStrings(out, "scope", scopeParts(grant.scope()));
                Json.writeStrings(out, "privileges", grant.privileges());
                out.writeBooleanProperty("grantOption", grant.grantOption());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeArrayPropertyStart("roles");
            for (RoleGrant role : grants.roleGrants()) {
                out.writeStartObject();
                writeAccount(out, "role", role.role());
                writeAccount(out, "grantee", role.grantee());
                out.writeBooleanProperty("adminOption", role.adminOption());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeArrayPropertyStart("defaultRoles");
            for (Account role : grants.defaultRoles()) {
                out.writeStartObject();
                writeAccount(out, "role", role);
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeArrayPropertyStart("partialRevokes");
            for (PartialRevoke revoke : grants.partialRevokes()) {
                out.writeStartObject();
                out.writeStringProperty("schema", revoke.schema());
                Json.writeStrings(out, "privileges", revoke.privileges());
                out.writeEndObject();
            }
            out.writeEndArray();
            Json.writeStrings(out, "unparsed", grants.unparsed());
            out.writeEndObject();
        }

        private static void writeAccount(JsonGenerator out, String name, Account account) {
            Json.writeStrings(out, name, List.of(account.user(), account.host()));
        }

        private static List<String> scopeParts(GrantScope scope) {
            List<String> parts = new ArrayList<>();
            if (scope instanceof GrantScope.Global) {
                parts.add("GLOBAL");
            } else if (scope instanceof GrantScope.Schema schema) {
                parts.addAll(List.of("SCHEMA", schema.pattern()));
            } else if (scope instanceof GrantScope.Table table) {
                parts.addAll(List.of("TABLE", table.schema(), table.table()));
            } else if (scope instanceof GrantScope.Columns columns) {
                parts.addAll(List.of("COLUMNS", columns.schema(), columns.table()));
                parts.addAll(columns.columns());
            } else if (scope instanceof GrantScope.Routine routine) {
                parts.addAll(List.of("ROUTINE", routine.kind(), routine.schema(), routine.name()));
            } else {
                parts.add("PROXY");
            }
            return parts;
        }

        private static GrantScope scopeOf(List<String> parts) {
            String kind = parts.isEmpty() ? "" : parts.get(0);
            int size = parts.size();
            if (kind.equals("GLOBAL")) {
                return new GrantScope.Global();
            } else if (kind.equals("SCHEMA") && size == 2) {
                return new GrantScope.Schema(parts.get(1));
            } else if (kind.equals("TABLE") && size == 3) {
                return new GrantScope.Table(parts.get(1), parts.get(2));
            } else if (kind.equals("COLUMNS") && size > 3) {
                return new GrantScope.Columns(parts.get(1), parts.get(2), parts.subList(3, size));
            } else if (kind.equals("ROUTINE") && size == 4) {
                return new GrantScope.Routine(parts.get(1), parts.get(2), parts.get(3));
            } else if (kind.equals("PROXY")) {
                return new GrantScope.Proxy();
            }
            throw new SnapshotFormatException("a grant on something unknown: " + kind);
        }

        private static Grants readGrants(JsonParser in) {
            List<Grant> grants = new ArrayList<>();
            List<RoleGrant> roles = new ArrayList<>();
            List<Account> defaultRoles = new ArrayList<>();
            List<PartialRevoke> partialRevokes = new ArrayList<>();
            List<String> unparsed = new ArrayList<>();
            Json.readObject(in, name -> {
                switch (name) {
                    case "grants" ->
                        grants.addAll(Json.readList(in, element -> {
                            Entry entry = new Entry(element);
                            return new Grant(
                                    entry.account("grantee", entry.grantee),
                                    scopeOf(entry.scope),
                                    new TreeSet<>(entry.privileges),
                                    entry.option);
                        }));
                    case "roles" ->
                        roles.addAll(Json.readList(in, element -> {
                            Entry entry = new Entry(element);
                            return new RoleGrant(
                                    entry.account("role", entry.role),
                                    entry.account("grantee", entry.grantee),
                                    entry.option);
                        }));
                    case "defaultRoles" ->
                        defaultRoles.addAll(Json.readList(in, element -> {
                            Entry entry = new Entry(element);
                            return entry.account("role", entry.role);
                        }));
                    case "partialRevokes" ->
                        partialRevokes.addAll(Json.readList(in, element -> {
                            Entry entry = new Entry(element);
                            return new PartialRevoke(
                                    Json.required(entry.schema, "schema"), new TreeSet<>(entry.privileges));
                        }));
                    case "unparsed" -> unparsed.addAll(Json.readList(in, Json::readString));
                    default -> {
                        return false;
                    }
                }
                return true;
            });
            return new Grants(grants, roles, defaultRoles, partialRevokes, unparsed);
        }
    }

    /** The fields of one element while it is read, whichever kind it is. */
    private static final class Entry {
        private final List<String> grantee = new ArrayList<>();
        private final List<String> role = new ArrayList<>();
        private final List<String> scope = new ArrayList<>();
        private final List<String> privileges = new ArrayList<>();
        private boolean option;
        private @Nullable String schema;

        Entry(JsonParser in) {
            Json.readObject(in, name -> readField(name, in));
        }

        Account account(String name, List<String> parts) {
            if (parts.size() != 2) {
                throw new SnapshotFormatException("the field " + name + " is not an account");
            }
            return new Account(parts.get(0), parts.get(1));
        }

        private boolean readField(String name, JsonParser in) {
            switch (name) {
                case "grantee" -> grantee.addAll(Json.readList(in, Json::readString));
                case "role" -> role.addAll(Json.readList(in, Json::readString));
                case "scope" -> scope.addAll(Json.readList(in, Json::readString));
                case "privileges" -> privileges.addAll(Json.readList(in, Json::readString));
                case "schema" -> schema = Json.readString(in);
                case "grantOption", "adminOption" -> option = in.getBooleanValue();
                default -> {
                    return false;
                }
            }
            return true;
        }
    }
}
