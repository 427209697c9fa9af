package dev.porthole.server.edge;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Visitors who ask on and on, and the app that answers them: both know each byte that has to arrive. Every answer is
 * perfect, or visibly broken, or an error of this program; every request reaches the app once at most.
 */
final class Traffic implements OriginApp.Answer {
    private final InetSocketAddress edge;
    private final int largest;
    private final AtomicInteger nextId = new AtomicInteger();
    private final BitSet arrived = new BitSet();
    private final AtomicInteger twice = new AtomicInteger();
    private final AtomicLong perfect = new AtomicLong();
    private final AtomicLong broken = new AtomicLong();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final List<Thread> visitors = new ArrayList<>();
    private volatile boolean going = true;
    private volatile int breakOneIn;

    /** {@code largest}: bytes of the largest body. */
    Traffic(InetSocketAddress edge, int largest) {
        this.edge = edge;
        this.largest = largest;
    }

    /** Sets so many visitors going, each with one connection. */
    Traffic start(int count) {
        return start(count, false);
    }

    /** The same at half load: each visitor rests for as long as its exchange took. */
    Traffic startAtHalfLoad(int count) {
        return start(count, true);
    }

    private Traffic start(int count, boolean resting) {
        for (int number = 0; number < count; number++) {
            Random random = new Random(number);
            visitors.add(Thread.ofVirtual().name("visitor-" + number).start(() -> visit(random, resting)));
        }
        return this;
    }

    /** The same app and other visitors, with nothing counted yet; once this one has stopped. */
    Traffic again() {
        return new Traffic(edge, largest);
    }

    /** Lets the app break off one answer in so many; 0 for none. */
    void breakOneIn(int answers) {
        breakOneIn = answers;
    }

    long perfect() {
        return perfect.get();
    }

    long broken() {
        return broken.get();
    }

    /** Answers that looked whole and were not what the app said; and whatever hung. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** Requests that the app saw twice. */
    int twice() {
        return twice.get();
    }

    /** Waits until so many more answers were perfect. */
    void awaitPerfect(long more) throws InterruptedException {
        await(perfect, more);
    }

    /** Waits until so many more answers were broken, or never began. */
    void awaitBroken(long more) throws InterruptedException {
        await(broken, more);
    }

    private void await(AtomicLong count, long more) throws InterruptedException {
        long wanted = count.get() + more;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        synchronized (count) {
            while (count.get() < wanted) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("after a minute " + perfect + " perfect, " + broken + " broken, " + wrong
                            + " (expected: " + more + " more)");
                }
                count.wait(1000);
            }
        }
    }

    private static void count(AtomicLong count) {
        synchronized (count) {
            count.incrementAndGet();
            count.notifyAll();
        }
    }

    /** Lets running exchanges end, and waits for them. */
    void stop() throws InterruptedException {
        going = false;
        for (Thread visitor : visitors) {
            visitor.join();
        }
    }

    // ---- The visitors.

    private void visit(Random random, boolean resting) {
        @Nullable RawVisitor visitor = null;
        while (going) {
            int id = nextId.incrementAndGet();
            long began = System.nanoTime();
            try {
                if (visitor == null) {
                    visitor = new RawVisitor(edge);
                }
                boolean whole = ask(visitor, id, random);
                if (!whole) {
                    visitor = leave(visitor);
                }
                if (resting) {
                    LockSupport.parkNanos(System.nanoTime() - began);
                }
            } catch (SocketTimeoutException hung) {
                wrong.add("request " + id + " hung");
                visitor = leave(visitor);
            } catch (IOException cutOff) {
                count(broken);
                visitor = leave(visitor);
            }
        }
        leave(visitor);
    }

    private static @Nullable RawVisitor leave(@Nullable RawVisitor visitor) {
        if (visitor != null) {
            ChaosProxy.reset(visitor.socket);
        }
        return null;
    }

    /** One exchange; whether its connection is good for another. */
    private boolean ask(RawVisitor visitor, int id, Random random) throws IOException {
        int size = random.nextInt(8) == 0 ? random.nextInt(largest) : random.nextInt(2000);
        boolean up = random.nextInt(3) == 0;
        String line = (up ? "POST /up/" : "GET /down/") + id + "/" + size + " HTTP/1.1\r\nHost: app.localhost\r\n";
        if (!up) {
            visitor.send(line + "\r\n");
        } else if (random.nextBoolean()) {
            visitor.send(line + "Content-Length: " + size + "\r\n\r\n").send(content(id, size));
        } else {
            visitor.send(line + "Transfer-Encoding: chunked\r\n\r\n");
            sendChunks(visitor, content(id, size), random);
        }
        return judge(visitor.read(), id, size, up);
    }

    private static void sendChunks(RawVisitor visitor, byte[] body, Random random) throws IOException {
        int at = 0;
        while (at < body.length) {
            int count = Math.min(1 + random.nextInt(20_000), body.length - at);
            visitor.send(Integer.toHexString(count) + "\r\n").send(java.util.Arrays.copyOfRange(body, at, at + count));
            visitor.send("\r\n");
            at += count;
        }
        visitor.send("0\r\n\r\n");
    }

    private boolean judge(RawVisitor.Reply reply, int id, int size, boolean up) {
        if (reply.status() >= 502 && reply.status() <= 504 && reply.field("porthole-error") != null) {
            count(broken);
            return reply.complete();
        }
        byte[] expected = up ? receipt(id, size) : content(id, size);
        byte[] got = reply.body();
        int same = java.util.Arrays.mismatch(expected, got);
        boolean prefix = same < 0 || same == got.length;
        if (reply.status() != 200 || !prefix || (reply.complete() && same >= 0)) {
            wrong.add("request " + id + ": " + reply.statusLine() + " with " + got.length + " bytes, complete: "
                    + reply.complete() + ", first wrong byte at " + same + " (expected: " + expected.length
                    + " right ones)");
            return false;
        }
        if (reply.complete()) {
            count(perfect);
        } else {
            count(broken);
        }
        return reply.complete();
    }

    // ---- The app.

    @Override
    public void to(OriginApp.Request request, OutputStream out) throws Exception {
        String[] path = request.target().split("/", -1);
        int id = Integer.parseInt(path[2]);
        int size = Integer.parseInt(path[3]);
        synchronized (arrived) {
            if (arrived.get(id)) {
                twice.incrementAndGet();
            }
            arrived.set(id);
        }
        byte[] body = content(id, size);
        if (path[1].equals("up")) {
            byte[] got = request.body().readAllBytes();
            if (!java.util.Arrays.equals(got, body)) {
                wrong.add("the app got " + got.length + " bytes of request " + id + " (expected: " + size + ")");
            }
            body = receipt(id, size);
        }
        int upTo = breakOneIn > 0 && id % breakOneIn == 0 ? body.length / 2 : body.length;
        if (id % 2 == 0) {
            write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n");
            out.write(body, 0, upTo);
        } else {
            write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            writeChunks(out, body, upTo);
        }
        if (upTo < body.length) {
            out.flush();
            throw new IOException("breaks off");
        }
        if (id % 2 != 0) {
            write(out, "0\r\n\r\n");
        }
    }

    private static void writeChunks(OutputStream out, byte[] body, int upTo) throws IOException {
        int at = 0;
        while (at < upTo) {
            int count = Math.min(5000, upTo - at);
            write(out, Integer.toHexString(count) + "\r\n");
            out.write(body, at, count);
            write(out, "\r\n");
            at += count;
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] receipt(int id, int size) {
        return ("got " + size + " bytes of " + id).getBytes(StandardCharsets.US_ASCII);
    }

    /** Bytes that no other request has. */
    static byte[] content(int id, int size) {
        byte[] bytes = new byte[size];
        for (int at = 0; at < size; at++) {
            bytes[at] = (byte) (id * 31 + at * 7 + (at >>> 8) * 3 + (at >>> 16));
        }
        return bytes;
    }
}
