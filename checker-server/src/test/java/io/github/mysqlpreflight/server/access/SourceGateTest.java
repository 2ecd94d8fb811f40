/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.source.AddressRefusedException;
import io.github.mysqlpreflight.core.source.SourceUri;
import io.github.mysqlpreflight.core.source.UnusableSourceException;
import io.github.mysqlpreflight.server.config.AllowedSources;
import io.github.mysqlpreflight.server.config.Profile;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SourceGateTest {
    private static final String SERVICE = "mysql";

    private static SourceGate gate(String... rules) {
        return SourceGate.of(new AllowedSources(List.of(rules)), Map.of(SERVICE, Profile.standard()));
    }

    private static SourceUri source(String host, int port) {
        return SourceUri.builder().host(host).port(port).user("mig").build();
    }

    private static boolean admits(SourceGate gate, String host, int port) {
        try {
            gate.admit(SERVICE, source(host, port));
            return true;
        } catch (AddressRefusedException e) {
            assertThat(e.message()).isNotBlank();
            assertThat(e.advice()).isNotBlank();
            return false;
        }
    }

    /** Whether a name that resolves to this address may be connected to. */
    private static boolean reaches(SourceGate gate, String host, String address, int port) throws UnknownHostException {
        SourceUri source = source(host, port);
        InetAddress resolved = InetAddress.getByAddress(
                source.host(), InetAddress.getByName(address).getAddress());
        try {
            gate.rule(SERVICE, source).check(source.host(), resolved, port);
            return true;
        } catch (AddressRefusedException e) {
            assertThat(e.message()).contains("among th");
            return false;
        }
    }

    // --- names
    // ---------------------------------------------------------------------------------------------------------

    @Test
    void aHostRuleAdmitsThatNameWhereverItLeads() throws UnknownHostException {
        SourceGate gate = gate("db1.example.com");
        assertThat(admits(gate, "db1.example.com", 3306)).isTrue();
        assertThat(reaches(gate, "db1.example.com", "203.0.113.7", 3306)).isTrue();
        assertThat(reaches(gate, "db1.example.com", "10.1.2.3", 65535)).isTrue();
        assertThat(admits(gate, "db2.example.com", 3306)).isFalse();
        assertThat(admits(gate, "evil-db1.example.com", 3306)).isFalse();
        assertThat(admits(gate, "db1.example.com.evil.example", 3306)).isFalse();
        assertThat(admits(gate, "203.0.113.7", 3306)).isFalse();
        assertThat(reaches(gate, "db2.example.com", "203.0.113.7", 3306)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DB1.Example.COM", "db1.example.com.", "Db1.example.com."})
    void caseAndADotAtTheEndDoNotCount(String spelling) throws UnknownHostException {
        assertThat(admits(gate("db1.example.com"), spelling, 3306)).isTrue();
        assertThat(reaches(gate("db1.example.com"), spelling, "203.0.113.7", 3306))
                .isTrue();
        assertThat(admits(gate(spelling), "db1.example.com", 3306)).isTrue();
    }

    @Test
    void aNameInAnotherScriptIsItsAsciiForm() {
        assertThat(admits(gate("b\u00fccher.example"), "xn--bcher-kva.example", 3306))
                .isTrue();
        assertThat(admits(gate("xn--bcher-kva.example"), "B\u00dcCHER.example", 3306))
                .isTrue();
        // A full stop of another script, and letters that only look like ours.
        assertThat(admits(gate("*.example.com"), "db\u3002example\u3002com", 3306))
                .isTrue();
        assertThat(admits(gate("db.example.com"), "db.ex\u0430mple.com", 3306)).isFalse();
    }

    @Test
    void aStarRuleAdmitsWhatIsBelowAndNotTheNameItself() {
        SourceGate gate = gate("*.example.com");
        assertThat(admits(gate, "db1.example.com", 3306)).isTrue();
        assertThat(admits(gate, "a.b.example.com", 3306)).isTrue();
        assertThat(admits(gate, "example.com", 3306)).isFalse();
        assertThat(admits(gate, "evilexample.com", 3306)).isFalse();
        assertThat(admits(gate, "example.com.evil.example", 3306)).isFalse();
    }

    // --- ports
    // ---------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "db.example:3306, 3306, true",
        "db.example:3306, 3307, false",
        "db.example:3306-3310, 3310, true",
        "db.example:3306-3310, 3311, false",
        "db.example:3306-3310, 3305, false",
        "db.example, 22, true",
        "*:3306, 3306, true",
        "*:3306, 22, false",
        "*.example:1-65535, 65535, true",
        "203.0.113.0/24:3306, 3306, true",
        "203.0.113.0/24:3306, 3307, false"
    })
    void aRuleWithAPortHoldsForThatPort(String rule, int port, boolean admitted) throws UnknownHostException {
        String host = "db.example";
        assertThat(admits(gate(rule), host, port)).isEqualTo(admitted);
        assertThat(reaches(gate(rule), host, "203.0.113.7", port)).isEqualTo(admitted);
    }

    @ParameterizedTest
    @CsvSource({
        "[2001:db8::]/32:3306-3310, 2001:db8:7::1, 3310, true",
        "[2001:db8::]/32:3306-3310, 2001:db8:7::1, 3311, false",
        "[2001:db8::]/32, 2001:db9::1, 3306, false",
        "2001:db8::/32, 2001:db8::1, 3306, true",
        "2001:db8::1, 2001:db8::1, 3306, true",
        "2001:db8::1, 2001:db8::2, 3306, false",
        "[2001:db8::1]:3306, 2001:DB8:0:0::1, 3306, true",
        "[2001:db8::1]:3306, 2001:db8::1, 3307, false",
        "203.0.113.7, 203.0.113.7, 1, true",
        "203.0.113.7, 203.0.113.8, 1, false",
        "203.0.112.0/23, 203.0.113.255, 1, true",
        "203.0.112.0/23, 203.0.114.0, 1, false",
        "203.0.113.7/32, 203.0.113.7, 1, true",
        "0.0.0.0/0, 203.0.113.7, 1, true",
        "0.0.0.0/0, 2001:db8::1, 1, false",
        "::/0, 2001:db8::1, 1, true",
        "::/0, 203.0.113.7, 1, false",
        "203.0.113.0/24, ::ffff:203.0.113.7, 1, true"
    })
    void anAddressIsAdmittedByItsNetwork(String rule, String host, int port, boolean admitted)
            throws UnknownHostException {
        assertThat(admits(gate(rule), host, port)).isEqualTo(admitted);
        assertThat(reaches(gate(rule), host, host, port)).isEqualTo(admitted);
    }

    // --- names and networks
    // ----------------------------------------------------------------------------------------------

    @Test
    void aNetworkRuleDecidesOnANameWhenItIsResolved() throws UnknownHostException {
        SourceGate gate = gate("203.0.113.0/24:3306");
        assertThat(admits(gate, "db.example", 3306))
                .as("it may resolve into the network")
                .isTrue();
        assertThat(admits(gate, "db.example", 3307))
                .as("no address could be allowed")
                .isFalse();
        assertThat(reaches(gate, "db.example", "203.0.113.9", 3306)).isTrue();
        assertThat(reaches(gate, "db.example", "198.51.100.9", 3306)).isFalse();
    }

    @Test
    void aNameThatResolvesToSomethingElseTheSecondTimeIsRefusedThen() throws UnknownHostException {
        SourceGate gate = gate("*", "203.0.113.0/24");
        assertThat(reaches(gate, "rebinding.example", "203.0.113.9", 3306)).isTrue();
        assertThat(reaches(gate, "rebinding.example", "169.254.169.254", 3306)).isFalse();
        assertThat(reaches(gate, "rebinding.example", "127.0.0.1", 3306)).isFalse();
    }

    @Test
    void theRuleOfARunIsForItsSourceOnly() throws UnknownHostException {
        InetAddress address = InetAddress.getByName("203.0.113.9");
        SourceGate gate = gate("*");
        assertThatThrownBy(() -> gate.rule(SERVICE, source("a.example", 3306)).check("b.example", address, 3306))
                .isInstanceOf(AddressRefusedException.class);
        assertThatThrownBy(() -> gate.rule(SERVICE, source("a.example", 3306)).check("a.example", address, 22))
                .isInstanceOf(AddressRefusedException.class);
    }

    // --- never
    // ---------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "169.254.0.1",
                "169.254.169.254",
                "169.254.255.255",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "224.0.0.1",
                "239.255.255.255",
                "255.255.255.255",
                "::",
                "fe80::1",
                "febf::1",
                "ff02::1",
                "fd00:ec2::254",
                "fd20:ce::254",
                "::ffff:169.254.169.254",
                "::ffff:a9fe:a9fe",
                "::169.254.169.254",
                "::ffff:0:169.254.169.254",
                "64:ff9b::169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::169.254.169.254",
                "64:ff9b:1:a9fe:a9:fe00::",
                "2002:a9fe:a9fe::1",
                "2001:0:a9fe:a9fe::1",
                "2001:0:cb00:7101:0:0:5601:5601",
                "2001:db8::5efe:169.254.169.254",
                "64:ff9b::255.255.255.255",
                "2002:6464:64c8::1"
            })
    void someAddressesAreNeverReachedWhateverTheRulesSay(String address) throws UnknownHostException {
        SourceGate gate = gate("*", "self", "0.0.0.0/0", "::/0", "named.example", address);
        assertThat(admits(gate, address, 3306)).as("as a literal").isFalse();
        assertThat(reaches(gate, address, address, 3306))
                .as("as a literal, connected to")
                .isFalse();
        assertThat(reaches(gate, "named.example", address, 3306))
                .as("by a name")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "100.100.100.201",
                "168.63.129.17",
                "192.0.0.193",
                "169.253.255.255",
                "169.255.0.0",
                "fec0::1",
                "fd01::1",
                "64:ff9b::203.0.113.7",
                "2002:cb00:7107::1"
            })
    void theirNeighboursAreOrdinary(String address) throws UnknownHostException {
        assertThat(admits(gate("*"), address, 3306)).isTrue();
        assertThat(reaches(gate("*"), "named.example", address, 3306)).isTrue();
    }

    // --- this machine
    // --------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "::1",
                "::ffff:127.0.0.1",
                "64:ff9b::127.0.0.1",
                "2002:7f00:1::",
                "::127.0.0.1"
            })
    void loopbackIsNotInWhatIsAllowedInGeneral(String address) throws UnknownHostException {
        SourceGate gate = gate("*", "0.0.0.0/0", "::/0", "*.example", "db.example");
        assertThat(admits(gate, address, 3306)).isFalse();
        assertThat(reaches(gate, "db.example", address, 3306)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "self, 127.0.0.1, true",
        "self, ::1, true",
        "self:3306, 127.0.0.1, true",
        "self:3307, 127.0.0.1, false",
        "127.0.0.0/8, 127.0.0.1, true",
        "127.0.0.0/8, 127.9.9.9, true",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "::1, ::1, true",
        "::1, 127.0.0.1, false",
        "[::1]:3306, ::1, true"
    })
    void aRuleThatMeansThisMachineAdmitsIt(String rule, String address, boolean admitted) throws UnknownHostException {
        assertThat(admits(gate(rule), address, 3306)).isEqualTo(admitted);
        assertThat(reaches(gate(rule), address, address, 3306)).isEqualTo(admitted);
    }

    @Test
    void localhostIsANameOfThisMachine() throws UnknownHostException {
        assertThat(admits(gate("localhost"), "localhost", 3306)).isTrue();
        assertThat(admits(gate("localhost"), "LOCALHOST.", 3306)).isTrue();
        assertThat(reaches(gate("localhost"), "localhost", "127.0.0.1", 3306)).isTrue();
        assertThat(reaches(gate("localhost"), "other.example", "127.0.0.1", 3306))
                .isFalse();
        assertThat(admits(gate("*"), "localhost", 3306)).isFalse();
        assertThat(admits(gate("*"), "app.localhost", 3306)).isFalse();
        assertThat(admits(gate("127.0.0.0/8"), "localhost", 3306)).isTrue();
        assertThat(admits(gate("*", "self"), "localhost", 3306)).isTrue();
    }

    @Test
    void theMachinesOwnAddressesNeedARuleOfTheirOwn() throws SocketException, UnknownHostException {
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress own : network.inetAddresses().toList()) {
                if (own.isLoopbackAddress() || own.isLinkLocalAddress()) {
                    continue;
                }
                String address = InetAddress.getByAddress(own.getAddress()).getHostAddress();
                assertThat(reaches(gate("*", "0.0.0.0/0", "::/0"), "db.example", address, 3306))
                        .isFalse();
                assertThat(reaches(gate(address), address, address, 3306)).isTrue();
                assertThat(reaches(gate("self"), "db.example", address, 3306)).isTrue();
            }
        }
    }

    @Test
    void theDefaultAdmitsAllButWhatIsForbiddenForGood() throws UnknownHostException {
        SourceGate gate = SourceGate.of(AllowedSources.any(), Map.of(SERVICE, Profile.standard()));
        assertThat(admits(gate, "127.0.0.1", 3306)).isTrue();
        assertThat(admits(gate, "localhost", 3306)).isTrue();
        assertThat(admits(gate, "db.example", 3306)).isTrue();
        assertThat(reaches(gate, "db.example", "127.0.0.1", 3306)).isTrue();
        assertThat(reaches(gate, "db.example", "169.254.169.254", 3306)).isFalse();
    }

    // --- pathological names
    // ----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"2130706433", "0177.1", "127.1", "0177.0.0.1", "256.0.0.1", "127.0.0.1.", "1.2.3.4.5", ""})
    void numbersThatSomeResolversTakeForAnAddressAreNoSource(String host) {
        assertThatThrownBy(() -> source(host, 3306)).isInstanceOf(UnusableSourceException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "010.0.0.1",
                "127.0.0.01",
                "00.0.0.0",
                "0x7f000001",
                "0x7f.0.0.1",
                "127.0.0.0x1",
                "0X7F.1",
                "db.example.0x7f",
                "db.example.1"
            })
    void whatIsNeitherANameNorAPlainAddressIsRefused(String host) {
        assertThat(admits(gate("*", "self"), host, 3306)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fe80::1%eth0", "fe80::1%25eth0", "2001:db8::1%1", "::1%lo"})
    void anAddressWithAZoneIsRefused(String host) {
        SourceGate gate = gate("*", "self", "::/0");
        AddressRefusedException refused = catchThrowableOfType(
                AddressRefusedException.class,
                () -> gate.admit(
                        SERVICE,
                        SourceUri.parse(
                                "mysql://mig@[" + host.replace("%25", "%").replace("%", "%25") + "]/")));
        assertThat(refused).hasMessageContaining("zone");
    }

    @Test
    void aSourceThatNamesFilesOfTheServerIsRefused() {
        assertThatThrownBy(() -> gate("*")
                        .admit(
                                SERVICE,
                                SourceUri.parse(
                                        "mysql://mig:secret@db.example/?ssl-mode=VERIFY_CA&ssl-ca=/etc/passwd")))
                .isInstanceOf(AddressRefusedException.class)
                .hasMessageContaining("ssl-ca")
                .hasMessageNotContaining("passwd")
                .hasMessageNotContaining("secret");
    }

    // --- services and words
    // ----------------------------------------------------------------------------------------------

    @Test
    void aServiceMayHaveAListOfItsOwn() {
        Map<String, Profile> services = new LinkedHashMap<>();
        services.put("mysql", Profile.standard());
        services.put(
                "narrow",
                new Profile(
                        "narrow",
                        null,
                        null,
                        Plan.DumpTool.MYSQLDUMP,
                        null,
                        false,
                        new AllowedSources(List.of("db1.example"))));
        SourceGate gate = SourceGate.of(new AllowedSources(List.of("db2.example")), services);
        assertThatCode(() -> gate.admit("mysql", source("db2.example", 3306))).doesNotThrowAnyException();
        assertThatCode(() -> gate.admit("narrow", source("db1.example", 3306))).doesNotThrowAnyException();
        assertThatThrownBy(() -> gate.admit("narrow", source("db2.example", 3306)))
                .isInstanceOf(AddressRefusedException.class);
        assertThatThrownBy(() -> gate.admit("gone", source("db2.example", 3306)))
                .isInstanceOf(AddressRefusedException.class);
    }

    @Test
    void aRefusalSaysWhatAndWhatToDoAndNotWhereANameLed() {
        SourceGate gate = gate("10.0.0.0/8");
        SourceUri source = SourceUri.parse("mysql://mig:secret@db.example:3307/");
        AddressRefusedException refused = catchThrowableOfType(
                AddressRefusedException.class,
                () -> gate.rule(SERVICE, source).check("db.example", InetAddress.getByName("203.0.113.7"), 3307));
        assertThat(refused.message()).isEqualTo("db.example:3307 is not among the sources that may be checked");
        assertThat(refused.advice()).contains("sources in its configuration");
        assertThatThrownBy(() -> gate.admit(SERVICE, SourceUri.parse("mysql://mig:secret@[2001:db8::1]/")))
                .hasMessage("[2001:db8::1]:3306 is not among the sources that may be checked");
    }
}
