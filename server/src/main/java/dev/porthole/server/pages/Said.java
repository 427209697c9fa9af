package dev.porthole.server.pages;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the last form did, told by the page that comes after it. Its name travels in that page's address. */
enum Said {
    TUNNEL_MADE("The tunnel is made. It is turned on by whoever carries it."),
    TUNNEL_FOUND("This project has had a tunnel for that endpoint: here it is."),
    TUNNEL_CHANGED("The tunnel is changed."),
    TUNNEL_ON("The tunnel is turned on."),
    TUNNEL_OFF("The tunnel is turned off. It keeps its address."),
    TUNNEL_DELETED("The tunnel is deleted."),
    TUNNEL_MOVED("The tunnel is moved. It keeps its address."),
    PROJECT_MADE("The project is made."),
    PROJECT_RENAMED("The project is renamed."),
    PROJECT_DELETED("The project is deleted."),
    CONNECTOR_REMOVED("The connector is removed. Its tunnels stay, turned off until another carries them."),
    MEMBER_CHANGED("The member's role is changed."),
    MEMBER_REMOVED("The member is removed."),
    INVITATION_DELETED("The invitation is withdrawn."),
    KEY_REVOKED("The key is revoked."),
    SIGNED_OUT("It is signed out."),
    UNLINKED("That sign-in leads to your account no more."),
    CONSENT_WITHDRAWN("The app may do nothing in your name any more."),
    PASSWORD_CHANGED("The password is changed."),
    USER_CHANGED("The account is changed."),
    USER_DELETED("The account is deleted."),
    CLIENT_REMOVED("The app is removed.");

    private final String text;

    Said(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** As in an address: {@code tunnel-made}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Said> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }
}
