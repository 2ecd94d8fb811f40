/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

/**
 * A server's version as numbers, compared numerically and without an upper bound; calendar-like majors are fine.
 *
 * @param major as 8 in 8.0.15
 * @param minor as 0 in 8.0.15
 * @param patch as 15 in 8.0.15; 0 where a version names only a series
 */
public record ServerVersion(int major, int minor, int patch) implements Comparable<ServerVersion> {

    /**
     * Reads {@code major.minor[.patch][anything]}.
     *
     * @throws IllegalArgumentException when the text does not start with two numbers
     */
    public static ServerVersion parse(String text) {
        int[] numbers = new int[3];
        int index = 0;
        int position = 0;
        while (index < 3) {
            int start = position;
            while (position < text.length() && Character.digit(text.charAt(position), 10) >= 0) {
                position++;
            }
            if (position == start || position - start > 6) {
                break;
            }
            numbers[index++] = Integer.parseInt(text.substring(start, position));
            if (position >= text.length() || text.charAt(position) != '.') {
                break;
            }
            position++;
        }
        if (index < 2) {
            throw new IllegalArgumentException("a version looks like 8.4 or 8.0.36");
        }
        return new ServerVersion(numbers[0], numbers[1], numbers[2]);
    }

    /** Reads what a server calls itself; 0.0.0 where that does not start with two numbers. */
    public static ServerVersion ofServer(String text) {
        try {
            return parse(text);
        } catch (IllegalArgumentException e) {
            // Something that only resembles MySQL; 0.0 is older than all that is known.
            return new ServerVersion(0, 0, 0);
        }
    }

    /** Whether this is the given version or a newer one. */
    public boolean atLeast(int otherMajor, int otherMinor, int otherPatch) {
        return compareTo(new ServerVersion(otherMajor, otherMinor, otherPatch)) >= 0;
    }

    /** The series alone, as 8.0 of 8.0.15. */
    public ServerVersion series() {
        return new ServerVersion(major, minor, 0);
    }

    /** The series as text, such as {@code 8.0}. */
    public String seriesText() {
        return major + "." + minor;
    }

    @Override
    public int compareTo(ServerVersion other) {
        if (major != other.major) {
            return Integer.compare(major, other.major);
        }
        if (minor != other.minor) {
            return Integer.compare(minor, other.minor);
        }
        return Integer.compare(patch, other.patch);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
