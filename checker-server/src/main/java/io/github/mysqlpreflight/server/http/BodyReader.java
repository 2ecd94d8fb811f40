/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/** Reads a request's body into memory, within a limit of size and of time, and holds no thread while it waits. */
final class BodyReader implements Runnable {
    private final Request request;
    private final int limit;
    private final Consumer<byte[]> whole;
    private final Consumer<ApiException> failed;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final AtomicBoolean done = new AtomicBoolean();
    private final Scheduler.Task deadline;

    private BodyReader(
            Request request, int limit, Duration time, Consumer<byte[]> whole, Consumer<ApiException> failed) {
        this.request = request;
        this.limit = limit;
        this.whole = whole;
        this.failed = failed;
        this.deadline =
                request.getComponents().getScheduler().schedule(this::late, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Reads the body and gives it to one of the two, once, perhaps on another thread.
     *
     * @param limit most bytes
     * @param time most time
     */
    static void read(Request request, int limit, Duration time, Consumer<byte[]> whole, Consumer<ApiException> failed) {
        if (request.getLength() > limit) {
            failed.accept(tooLarge(limit));
            return;
        }
        new BodyReader(request, limit, time, whole, failed).run();
    }

    @Override
    public void run() {
        while (!done.get()) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                end(ApiException.of(400, "invalid_request", "The body cannot be read", ApiException.close()));
                return;
            }
            boolean last = chunk.isLast();
            boolean fits = body.size() + chunk.remaining() <= limit;
            if (fits) {
                append(chunk.getByteBuffer());
            }
            chunk.release();
            if (!fits) {
                end(tooLarge(limit));
                return;
            }
            if (last) {
                if (done.compareAndSet(false, true)) {
                    deadline.cancel();
                    whole.accept(body.toByteArray());
                }
                return;
            }
        }
    }

    private void append(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        body.write(bytes, 0, bytes.length);
    }

    private void late() {
        end(ApiException.of(408, "request_timeout", "The body did not arrive in time", ApiException.close()));
    }

    private void end(ApiException failure) {
        if (done.compareAndSet(false, true)) {
            deadline.cancel();
            failed.accept(failure);
        }
    }

    private static ApiException tooLarge(int limit) {
        return ApiException.of(
                413, "request_too_large", "The body is larger than " + limit + " bytes", ApiException.close());
    }
}
