/** Everything that the app and the command line do without a screen. */
module dev.porthole.core {
    requires static transitive org.jspecify;
    requires com.nimbusds.jose.jwt;
    requires oauth2.oidc.sdk;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.codec.http2;
    requires io.netty.handler;
    requires io.netty.transport;
    requires transitive io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport.classes.epoll;
    requires java.keyring;
    requires java.net.http;
    requires org.snakeyaml.engine.v2;
    requires org.slf4j;
    requires transitive tools.jackson.databind;
    requires com.fasterxml.jackson.annotation;
    requires tools.jackson.dataformat.yaml;
    requires undertow.core;

    exports dev.porthole.core;
    exports dev.porthole.core.agent;
    exports dev.porthole.core.api;
    exports dev.porthole.core.config;
    exports dev.porthole.core.declared;
    exports dev.porthole.core.discovery;
    exports dev.porthole.core.doctor;
    exports dev.porthole.core.headless;
    exports dev.porthole.core.observe;
    exports dev.porthole.core.proxy;
    exports dev.porthole.core.traffic;
    exports dev.porthole.core.update;
    exports dev.porthole.core.webhook;
    exports dev.porthole.core.wire;
    exports dev.porthole.core.wire.http2;

    provides java.net.spi.InetAddressResolverProvider with
            dev.porthole.core.api.LocalhostNames;

    opens dev.porthole.core.auth to
            tools.jackson.databind;
    opens dev.porthole.core.doctor to
            tools.jackson.databind;
    opens dev.porthole.core.update to
            tools.jackson.databind;
}
