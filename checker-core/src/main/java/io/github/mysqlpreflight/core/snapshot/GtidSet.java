/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A set of global transaction identifiers, as MySQL writes them: {@code uuid[:tag]:first[-last]}, with tags from 8.3 on.
 *
 * <p>Immutable. Two sets with the same transactions are equal and have the same text, however they were written
 * (<a href="https://dev.mysql.com/doc/refman/8.4/en/replication-gtids-concepts.html">manual</a>).
 */
public final class GtidSet {
    private static final GtidSet EMPTY = new GtidSet(new TreeMap<>());
    private static final int UUID_LENGTH = 36;
    private static final int MAX_TAG_LENGTH = 32;

    /** By uuid, then by tag (empty for none): intervals in ascending order with a gap between each two. */
    private final Map<String, Map<String, List<Interval>>> intervals;

    private GtidSet(Map<String, Map<String, List<Interval>>> intervals) {
        this.intervals = intervals;
    }

    /** Transactions numbered from first to last, both included. */
    private record Interval(long first, long last) {}

    /** The set without a transaction. */
    public static GtidSet empty() {
        return EMPTY;
    }

    /**
     * Reads what {@code gtid_executed}, {@code gtid_purged} or {@code Executed_Gtid_Set} says; blanks and line breaks may
     * stand between its parts, and an empty text is an empty set.
     *
     * @throws IllegalArgumentException when the text is no set of GTIDs
     */
    public static GtidSet parse(String text) {
        Map<String, Map<String, List<Interval>>> parsed = new TreeMap<>();
        int start = 0;
        while (start <= text.length()) {
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            String element = text.substring(start, end).strip();
            if (!element.isEmpty()) {
                parseElement(element, parsed);
            }
            start = end + 1;
        }
        return of(parsed);
    }

    private static void parseElement(String element, Map<String, Map<String, List<Interval>>> parsed) {
        int colon = element.indexOf(':');
        if (colon < 0) {
            throw malformed(element);
        }
        String uuid = element.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        if (!isUuid(uuid)) {
            throw malformed(element);
        }
        Map<String, List<Interval>> tags = parsed.computeIfAbsent(uuid, key -> new TreeMap<>());
        String tag = "";
        while (colon < element.length()) {
            int next = element.indexOf(':', colon + 1);
            int end = next < 0 ? element.length() : next;
            String part = element.substring(colon + 1, end).strip();
            if (!part.isEmpty() && isTagStart(part.charAt(0))) {
                tag = part.toLowerCase(Locale.ROOT);
                if (!isTag(tag)) {
                    throw malformed(element);
                }
            } else {
                tags.computeIfAbsent(tag, key -> new ArrayList<>()).add(parseInterval(part, element));
            }
            colon = end;
        }
    }

    private static Interval parseInterval(String part, String element) {
        int dash = part.indexOf('-');
        long first = parseNumber(dash < 0 ? part : part.substring(0, dash), element);
        long last = dash < 0 ? first : parseNumber(part.substring(dash + 1), element);
        return new Interval(first, last);
    }

    private static long parseNumber(String text, String element) {
        String digits = text.strip();
        boolean wellFormed = !digits.isEmpty() && digits.length() <= 19;
        for (int i = 0; i < digits.length() && wellFormed; i++) {
            wellFormed = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
        }
        if (!wellFormed || (digits.length() == 19 && digits.compareTo("9223372036854775807") > 0)) {
            throw malformed(element);
        }
        long number = Long.parseLong(digits);
        if (number == 0) {
            throw malformed(element);
        }
        return number;
    }

    private static boolean isUuid(String text) {
        if (text.length() != UUID_LENGTH) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            char character = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            boolean hexadecimal = (character >= '0' && character <= '9') || (character >= 'a' && character <= 'f');
            if (dash ? character != '-' : !hexadecimal) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTagStart(char character) {
        return character == '_' || (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    }

    private static boolean isTag(String text) {
        if (text.length() > MAX_TAG_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (!isTagStart(character) && (character < '0' || character > '9')) {
                return false;
            }
        }
        return true;
    }

    private static IllegalArgumentException malformed(String element) {
        return new IllegalArgumentException("not a set of GTIDs: " + shortened(element, 80));
    }

    /** Sorts and merges; leaves out what holds no transaction. */
    private static GtidSet of(Map<String, Map<String, List<Interval>>> raw) {
        Map<String, Map<String, List<Interval>>> merged = new TreeMap<>();
        for (Map.Entry<String, Map<String, List<Interval>>> server : raw.entrySet()) {
            Map<String, List<Interval>> tags = new TreeMap<>();
            for (Map.Entry<String, List<Interval>> tag : server.getValue().entrySet()) {
                List<Interval> list = merge(tag.getValue());
                if (!list.isEmpty()) {
                    tags.put(tag.getKey(), list);
                }
            }
            if (!tags.isEmpty()) {
                merged.put(server.getKey(), Collections.unmodifiableMap(tags));
            }
        }
        return new GtidSet(Collections.unmodifiableMap(merged));
    }

    private static List<Interval> merge(List<Interval> raw) {
        List<Interval> sorted = new ArrayList<>(raw);
        sorted.sort((a, b) -> Long.compare(a.first, b.first));
        List<Interval> merged = new ArrayList<>(sorted.size());
        for (Interval interval : sorted) {
            if (interval.last < interval.first) {
                continue;
            }
            Interval previous = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (previous != null && interval.first - 1 <= previous.last) {
                merged.set(merged.size() - 1, new Interval(previous.first, Math.max(previous.last, interval.last)));
            } else {
                merged.add(interval);
            }
        }
        return List.copyOf(merged);
    }

    /** Whether there is no transaction in it. */
    public boolean isEmpty() {
        return intervals.isEmpty();
    }

    /** The transactions of this set that the other one lacks, as GTID_SUBTRACT gives them. */
    public GtidSet subtract(GtidSet other) {
        Map<String, Map<String, List<Interval>>> left = new TreeMap<>();
        for (Map.Entry<String, Map<String, List<Interval>>> server : intervals.entrySet()) {
            Map<String, List<Interval>> theirs = other.intervals.getOrDefault(server.getKey(), Map.of());
            Map<String, List<Interval>> tags = new TreeMap<>();
            for (Map.Entry<String, List<Interval>> tag : server.getValue().entrySet()) {
                tags.put(tag.getKey(), subtract(tag.getValue(), theirs.getOrDefault(tag.getKey(), List.of())));
            }
            left.put(server.getKey(), tags);
        }
        return of(left);
    }

    private static List<Interval> subtract(List<Interval> minuend, List<Interval> subtrahend) {
        List<Interval> left = new ArrayList<>();
        int index = 0;
        for (Interval interval : minuend) {
            long first = interval.first;
            while (index < subtrahend.size() && subtrahend.get(index).last < first) {
                index++;
            }
            int current = index;
            boolean open = true;
            while (open && current < subtrahend.size() && subtrahend.get(current).first <= interval.last) {
                Interval cut = subtrahend.get(current);
                if (cut.first > first) {
                    left.add(new Interval(first, cut.first - 1));
                }
                open = cut.last < interval.last;
                first = cut.last + 1;
                current++;
            }
            if (open) {
                left.add(new Interval(first, interval.last));
            }
        }
        return left;
    }

    /** The transactions that other servers wrote; the uuid in any case, and with every tag. */
    public GtidSet without(String uuid) {
        String key = uuid.toLowerCase(Locale.ROOT);
        if (!intervals.containsKey(key)) {
            return this;
        }
        Map<String, Map<String, List<Interval>>> left = new TreeMap<>(intervals);
        left.remove(key);
        return new GtidSet(Collections.unmodifiableMap(left));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GtidSet set && intervals.equals(set.intervals);
    }

    @Override
    public int hashCode() {
        return intervals.hashCode();
    }

    /** The server's own spelling, in one line: uuids and tags in lower case and ascending, no blank. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Map<String, List<Interval>>> server : intervals.entrySet()) {
            if (text.length() > 0) {
                text.append(',');
            }
            text.append(server.getKey());
            for (Map.Entry<String, List<Interval>> tag : server.getValue().entrySet()) {
                if (!tag.getKey().isEmpty()) {
                    text.append(':').append(tag.getKey());
                }
                for (Interval interval : tag.getValue()) {
                    text.append(':').append(interval.first);
                    if (interval.last != interval.first) {
                        text.append('-').append(interval.last);
                    }
                }
            }
        }
        return text.toString();
    }

    /** The text, cut to that many characters where it is longer; three dots then stand for the rest. */
    public String toShortString(int length) {
        return shortened(toString(), length);
    }

    private static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, Math.max(0, length - 3)) + "...";
    }
}
