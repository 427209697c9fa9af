package dev.porthole.desktop.doctor;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.doctor.Check;
import dev.porthole.core.doctor.Finding;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Spans;
import java.time.Duration;

/** What the doctor's findings are called and say, in the language of the texts. Any thread. */
public final class DoctorWords {
    private DoctorWords() {}

    /** What a check looks at, such as "Server certificate". */
    public static String name(Check check) {
        return switch (check) {
            case NAME -> text("doctor.name");
            case SERVER -> text("doctor.server");
            case CERTIFICATE -> text("doctor.certificate");
            case CLOCK -> text("doctor.clock");
            case SESSION -> text("doctor.session");
            case KEYCHAIN -> text("doctor.keychain");
            case ENDPOINT -> text("doctor.endpoint");
            case END_TO_END -> text("doctor.endToEnd");
        };
    }

    /** A sentence that says why it is so, and what to do where something is wrong. */
    public static String sentence(Finding finding) {
        Object[] values = finding.values().stream().map(PlainText::of).toArray();
        return switch (finding.reason()) {
            case NO_SERVER -> text("doctor.noServer");
            case NEEDS_SERVER -> text("doctor.needsServer");
            case TOOK_TOO_LONG -> text("doctor.tookTooLong", values);
            case BROKEN -> text("doctor.broken", values);
            case NAME_FOUND -> text("doctor.name.found", values);
            case NAME_UNKNOWN -> text("doctor.name.unknown", values);
            case NAME_NOT_NEEDED -> text("doctor.name.notNeeded", values);
            case SERVER_ANSWERS -> text("doctor.server.answers", values);
            case SERVER_SILENT -> text("doctor.server.silent", values);
            case SERVER_IS_ANOTHER -> text("doctor.server.another", values);
            case CERTIFICATE_TRUSTED -> text("doctor.certificate.trusted", days(finding, values));
            case CERTIFICATE_ENDS_SOON -> text("doctor.certificate.endsSoon", days(finding, values));
            case CERTIFICATE_EXPIRED -> text("doctor.certificate.expired", values);
            case CERTIFICATE_TOO_NEW -> text("doctor.certificate.tooNew", values);
            case CERTIFICATE_OF_ANOTHER -> text("doctor.certificate.another", values);
            case CERTIFICATE_UNTRUSTED -> text("doctor.certificate.untrusted", values);
            case CERTIFICATE_NOT_SEEN -> text("doctor.certificate.notSeen", values);
            case CERTIFICATE_NOT_NEEDED -> text("doctor.certificate.notNeeded", values);
            case CLOCK_RIGHT -> text("doctor.clock.right", number(finding, 0));
            case CLOCK_FAST -> text("doctor.clock.fast", seconds(finding));
            case CLOCK_SLOW -> text("doctor.clock.slow", seconds(finding));
            case CLOCK_UNKNOWN -> text("doctor.clock.unknown");
            case SESSION_UP -> text("doctor.session.up", number(finding, 0));
            case SESSION_POSSIBLE -> text("doctor.session.possible");
            case SESSION_IN_FRAMES -> text("doctor.session.inFrames", values);
            case SESSION_BLOCKED -> text("doctor.session.blocked", values);
            case KEYCHAIN_WORKS -> text("doctor.keychain.works");
            case KEYCHAIN_SEALED_FILE -> text("doctor.keychain.sealed");
            case KEYCHAIN_PRIVATE_FILE -> text("doctor.keychain.file");
            case KEYCHAIN_BROKEN -> text("doctor.keychain.broken", values);
            case KEYCHAIN_NOT_NEEDED -> text("doctor.keychain.notNeeded");
            case ENDPOINT_OPEN -> text("doctor.endpoint.open", values);
            case ENDPOINT_CLOSED -> text("doctor.endpoint.closed", values);
            case ENDPOINT_NONE -> text("doctor.endpoint.none");
            case END_TO_END_ANSWERS -> text("doctor.endToEnd.answers", values);
            case END_TO_END_REFUSED -> text("doctor.endToEnd.refused", values);
            case END_TO_END_SILENT -> text("doctor.endToEnd.silent", values);
            case END_TO_END_NONE -> text("doctor.endToEnd.none");
        };
    }

    /** A number stays one, so that the texts can choose between one and many. */
    private static Object[] days(Finding finding, Object[] values) {
        Object[] withNumber = values.clone();
        withNumber[2] = number(finding, 2);
        return withNumber;
    }

    private static String seconds(Finding finding) {
        return Spans.precise(Duration.ofSeconds(number(finding, 0)));
    }

    private static Long number(Finding finding, int at) {
        return Long.valueOf(finding.values().get(at));
    }
}
