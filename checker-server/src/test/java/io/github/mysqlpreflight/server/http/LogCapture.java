/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Everything that is logged, by whomever, as a log file would have it: with thread names and stack traces. Ours from DEBUG on. */
final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    private final PatternLayout layout = new PatternLayout();

    private LogCapture() {}

    static LogCapture begin() {
        LogCapture capture = new LogCapture();
        Logger root = root();
        capture.setContext(root.getLoggerContext());
        capture.layout.setContext(root.getLoggerContext());
        capture.layout.setPattern("%level %thread %logger %mdc %msg%n%ex{full}");
        capture.layout.start();
        capture.start();
        root.addAppender(capture);
        return capture;
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(layout.doLayout(event));
    }

    String text() {
        return String.join("", lines);
    }

    @Override
    public void close() {
        root().detachAppender(this);
        stop();
    }
}
