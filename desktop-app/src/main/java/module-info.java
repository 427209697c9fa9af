/** The JavaFX app, the tray and the command line. */
module dev.porthole.desktop {
    requires static transitive org.jspecify;
    requires atlantafx.base;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires com.fasterxml.jackson.annotation;
    requires dev.porthole.core;
    requires dev.porthole.icons;
    requires dev.porthole.server;
    requires info.picocli;
    requires io.nayuki.qrcodegen;
    requires java.desktop;
    requires javafx.controls;
    requires jdk.httpserver;
    requires jdk.unsupported;
    requires org.freedesktop.dbus;
    requires org.kordamp.ikonli.feather;
    requires org.kordamp.ikonli.javafx;
    requires org.slf4j;
    requires tools.jackson.core;
    requires tools.jackson.databind;
}
