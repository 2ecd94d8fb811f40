/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.sql;

import java.util.List;

/** Words with their numbers, found in a text without regard to case and without making a string. Immutable. */
public final class WordTable {
    private final String[] words;
    /** Numbers of words by hash, 0 for none, else the number plus one; an entry that is taken moves on by one. */
    private final int[] slots;

    /** The words, each numbered by its place; a word that stands there twice has the first number. */
    public WordTable(List<String> words) {
        this.words = words.toArray(new String[0]);
        int size = 16;
        while (size < words.size() * 2) {
            size *= 2;
        }
        slots = new int[size];
        for (int number = 0; number < this.words.length; number++) {
            String word = this.words[number];
            if (find(word, 0, word.length()) < 0) {
                int slot = hash(word, 0, word.length()) & (size - 1);
                while (slots[slot] != 0) {
                    slot = (slot + 1) & (size - 1);
                }
                slots[slot] = number + 1;
            }
        }
    }

    /** The number of the word that stands there, or -1. */
    public int find(String text, int start, int end) {
        int slot = hash(text, start, end) & (slots.length - 1);
        while (slots[slot] != 0) {
            String word = words[slots[slot] - 1];
            if (word.length() == end - start && text.regionMatches(true, start, word, 0, word.length())) {
                return slots[slot] - 1;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return -1;
    }

    /** The number of that word, or -1. */
    public int find(String word) {
        return find(word, 0, word.length());
    }

    private static int hash(String text, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            char letter = text.charAt(i);
            hash = hash * 31 + (letter >= 'a' && letter <= 'z' ? letter - 32 : letter);
        }
        return hash ^ (hash >>> 15);
    }
}
