package dev.porthole.core.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one answer as it passes, whether it is an app's refusal of a name. Nothing waits for it and nothing is taken
 * away; of answers that can't be one, not a byte is read. On the event loop only.
 */
final class BlockedHostLook {
    private final BlockedHosts hosts;
    private final CarriedTunnel tunnel;
    private final CharSequence path;
    private int status;
    private @Nullable StringBuilder beginning;

    BlockedHostLook(BlockedHosts hosts, CarriedTunnel tunnel, CharSequence path) {
        this.hosts = hosts;
        this.tunnel = tunnel;
        this.path = path;
    }

    void head(HttpResponse head) {
        status = head.status().code();
        if (BlockedHostSigns.mayBe(status, HttpUtil.getContentLength(head, -1L)) && isPlainText(head.headers())) {
            beginning = new StringBuilder();
        } else if (status < 400) {
            hosts.fine(tunnel, path);
        }
    }

    /** A piece of the body, which stays as it is. */
    void content(ByteBuf data, boolean last) {
        StringBuilder seen = beginning;
        if (seen == null) {
            return;
        }
        int bytes = Math.min(data.readableBytes(), BlockedHostSigns.LOOKED_BYTES - seen.length());
        seen.append(data.toString(data.readerIndex(), bytes, StandardCharsets.ISO_8859_1));
        BlockedHostSigns.Sign sign = BlockedHostSigns.find(status, path.toString(), seen.toString(), last);
        if (sign != null) {
            beginning = null;
            hosts.found(tunnel, sign);
        } else if (last || seen.length() == BlockedHostSigns.LOOKED_BYTES) {
            beginning = null;
            if (status < 400) {
                hosts.fine(tunnel, path);
            }
        }
    }

    private static boolean isPlainText(HttpHeaders fields) {
        String type = fields.get(HttpHeaderNames.CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
        String coding = fields.get(HttpHeaderNames.CONTENT_ENCODING, "identity");
        return coding.equalsIgnoreCase("identity")
                && (type.isEmpty() || type.startsWith("text/html") || type.startsWith("text/plain"));
    }
}
