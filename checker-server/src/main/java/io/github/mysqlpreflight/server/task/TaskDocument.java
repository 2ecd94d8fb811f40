/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

/** The forms in which an assessment is kept. */
public enum TaskDocument {
    /** The assessment as JSON, as docs/assessment.schema.json has it. */
    JSON,
    /** The report as one self-contained page. */
    HTML
}
