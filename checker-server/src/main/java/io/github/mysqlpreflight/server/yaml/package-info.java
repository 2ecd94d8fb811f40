/* SPDX-License-Identifier: Apache-2.0 */
/**
 * YAML files of users, read with care: bounded, by line, without repeating what may be secret.
 *
 * <p>Knows no key of any file. The command line uses it too, for what it reads of YAML.
 */
@NullMarked
package io.github.mysqlpreflight.server.yaml;

import org.jspecify.annotations.NullMarked;
