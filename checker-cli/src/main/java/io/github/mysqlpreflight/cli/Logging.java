/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.github.mysqlpreflight.core.render.SafeText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.LoggerFactory;

/**
 * Sets Logback up in code: diagnostics to standard error, quiet unless asked for.
 *
 * <p>Logback finds it by its services file, which spares the search for and the parsing of XML.
 */
public final class Logging extends ContextAwareBase implements Configurator {
    /** For Logback, which makes one. */
    public Logging() {}

    /** Takes over another verbosity. */
    static void applyLevels() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            setLevels(logback);
        }
    }

    @Override
    public ExecutionStatus configure(LoggerContext logback) {
        AppenderBase<ILoggingEvent> appender = new StandardError();
        appender.setContext(logback);
        appender.setName("stderr");
        appender.start();
        logback.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        setLevels(logback);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static void setLevels(LoggerContext logback) {
        Logger root = logback.getLogger(Logger.ROOT_LOGGER_NAME);
        Logger ours = logback.getLogger("io.github.mysqlpreflight");
        if (Diagnostics.isServer()) {
            root.setLevel(Diagnostics.verbosity() >= 2 ? Level.DEBUG : Level.WARN);
            ours.setLevel(Diagnostics.verbosity() >= 1 ? Level.DEBUG : Level.INFO);
            // At WARN it repeats malformed hosts, at DEBUG all that is sent: a token may be in either.
            logback.getLogger("org.eclipse.jetty").setLevel(Level.ERROR);
            return;
        }
        root.setLevel(Diagnostics.verbosity() >= 2 ? Level.DEBUG : Level.OFF);
        ours.setLevel(
                Diagnostics.verbosity() >= 2 ? Level.DEBUG : Diagnostics.verbosity() == 1 ? Level.INFO : Level.WARN);
    }

    private static final class StandardError extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            StringBuilder line = new StringBuilder(128);
            line.append(Instant.ofEpochMilli(event.getTimeStamp()).truncatedTo(ChronoUnit.MILLIS))
                    .append(' ')
                    .append(event.getLevel())
                    .append(' ')
                    .append(event.getLoggerName())
                    .append(" - ")
                    .append(SafeText.of(event.getFormattedMessage()));
            IThrowableProxy thrown = event.getThrowableProxy();
            if (thrown != null && (Diagnostics.verbosity() > 0 || isFailureOfServer(event))) {
                line.append(System.lineSeparator()).append(ThrowableProxyUtil.asString(thrown));
            } else if (thrown != null) {
                line.append(": ").append(thrown.getClassName());
            }
            Diagnostics.stream().println(line);
        }

        /** A server runs on: what broke in it is not seen again. */
        private static boolean isFailureOfServer(ILoggingEvent event) {
            return Diagnostics.isServer() && event.getLevel().isGreaterOrEqual(Level.ERROR);
        }
    }
}
