package dev.porthole.desktop;

import dev.porthole.core.doctor.Check;
import dev.porthole.core.doctor.Doctor;
import dev.porthole.core.doctor.Finding;
import dev.porthole.core.doctor.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A doctor who has made up its mind. */
public final class FakeDoctor implements Doctor {
    private final List<Finding> findings;
    private final CountDownLatch goOn;

    private FakeDoctor(List<Finding> findings, CountDownLatch goOn) {
        this.findings = findings;
        this.goOn = goOn;
    }

    /** Nothing is wrong. */
    public static FakeDoctor well() {
        return of(
                finding(Check.NAME, Reason.NAME_FOUND, "tunnels.acme.dev", "203.0.113.7, 2001:db8::7"),
                finding(Check.SERVER, Reason.SERVER_ANSWERS, "https://tunnels.acme.dev", "0.1.0", "41"),
                finding(Check.CERTIFICATE, Reason.CERTIFICATE_TRUSTED, "tunnels.acme.dev", "Let’s Encrypt", "71"),
                finding(Check.CLOCK, Reason.CLOCK_RIGHT, "1"),
                finding(Check.SESSION, Reason.SESSION_UP, "2"),
                finding(Check.KEYCHAIN, Reason.KEYCHAIN_WORKS),
                finding(Check.ENDPOINT, Reason.ENDPOINT_OPEN, "localhost:5173"),
                finding(Check.END_TO_END, Reason.END_TO_END_ANSWERS, "https://web-shop.acme.dev", "23"));
    }

    /** Much is. */
    public static FakeDoctor ill() {
        return of(
                finding(Check.NAME, Reason.NAME_FOUND, "tunnels.acme.dev", "203.0.113.7"),
                finding(Check.SERVER, Reason.SERVER_ANSWERS, "https://tunnels.acme.dev", "0.1.0", "41"),
                finding(Check.CERTIFICATE, Reason.CERTIFICATE_ENDS_SOON, "tunnels.acme.dev", "Let’s Encrypt", "1"),
                finding(Check.CLOCK, Reason.CLOCK_SLOW, "4210"),
                finding(Check.SESSION, Reason.SESSION_BLOCKED, "The server answered the connect request with 426."),
                finding(Check.KEYCHAIN, Reason.KEYCHAIN_BROKEN, "the keychain is locked"),
                finding(Check.ENDPOINT, Reason.ENDPOINT_CLOSED, "localhost:8000"),
                finding(Check.END_TO_END, Reason.END_TO_END_REFUSED, "https://admin.acme.dev", "502 endpoint_refused"));
    }

    public static FakeDoctor of(Finding... findings) {
        return new FakeDoctor(List.of(findings), new CountDownLatch(0));
    }

    /** The same, who tells the first half and then waits until {@code goOn} opens. */
    public FakeDoctor waitsFor(CountDownLatch goOn) {
        return new FakeDoctor(findings, goOn);
    }

    public static Finding finding(Check check, Reason reason, String... values) {
        return new Finding(check, reason, List.of(values), Duration.ofMillis(40));
    }

    @Override
    public List<Finding> examine(Consumer<? super Finding> report) throws InterruptedException {
        List<Finding> told = new ArrayList<>();
        for (Finding finding : findings) {
            if (told.size() == findings.size() / 2) {
                goOn.await();
            }
            told.add(finding);
            report.accept(finding);
        }
        return told;
    }

    @Override
    public void export(Path file, List<Finding> findings) throws IOException {
        Files.writeString(file, findings.size() + " findings");
    }
}
