/** The companion server: control plane, identity provider, edge, store, web pages. */
module dev.porthole.server {
    requires static transitive org.jspecify;
    requires dev.porthole.core;
    requires com.zaxxer.hikari;
    requires flyway.core;
    requires gg.jte.runtime;
    requires info.picocli;
    requires io.nayuki.qrcodegen;
    requires java.net.http;
    requires java.sql;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.jdbi.v3.core;
    requires org.postgresql.jdbc;
    requires org.xerial.sqlitejdbc;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires com.nimbusds.jose.jwt;
    requires oauth2.oidc.sdk;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.codec.http2;
    requires io.netty.handler;
    requires io.netty.transport;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport.classes.epoll;
    requires static io.netty.tcnative.classes.openssl;
    requires org.slf4j;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;
    requires undertow.core;

    // The desktop module's EmbeddedServer is a client of the admin socket.
    exports dev.porthole.server;
    exports dev.porthole.server.admin;
}
