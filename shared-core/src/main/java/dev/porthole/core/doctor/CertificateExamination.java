package dev.porthole.core.doctor;

import dev.porthole.core.api.ServerAddress;
import dev.porthole.core.api.TrustedAuthorities;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Whether the server's certificate is trusted, and for how long. Looks at it; trusts nothing that others would not. */
final class CertificateExamination implements Examination {
    private static final int LIMIT_MILLIS = 12_000;
    private static final Duration SOON = Duration.ofDays(14);
    private static final int DNS_NAME = 2;

    private final TrustedAuthorities trusted;
    private final InstantSource clock;

    CertificateExamination(TrustedAuthorities trusted, InstantSource clock) {
        this.trusted = trusted;
        this.clock = clock;
    }

    @Override
    public Answer look(Chart chart) throws IOException, GeneralSecurityException {
        ServerAddress server = chart.server();
        String host = server.base().getHost();
        if (!"https".equals(server.base().getScheme())) {
            return Answer.of(Reason.CERTIFICATE_NOT_NEEDED, server);
        }
        SeenChain seen = new SeenChain(trusted.trustManager());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {seen}, null);
        try (Socket plain = DirectSocket.to(server, LIMIT_MILLIS);
                SSLSocket socket = (SSLSocket)
                        context.getSocketFactory().createSocket(plain, host, DirectSocket.port(server), true)) {
            SSLParameters checks = socket.getSSLParameters();
            checks.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(checks);
            socket.startHandshake();
            return trusted(host, seen.first());
        } catch (SSLException refused) {
            return refused(host, seen.first(), refused);
        } catch (IOException unreached) {
            return chartOrDetail(host, unreached);
        }
    }

    private static Answer chartOrDetail(String host, IOException unreached) {
        return Answer.of(Reason.CERTIFICATE_NOT_SEEN, host, ServerExamination.messageOf(unreached));
    }

    private Answer trusted(String host, @Nullable X509Certificate certificate) {
        if (certificate == null) {
            return Answer.of(Reason.CERTIFICATE_NOT_SEEN, host, "no certificate");
        }
        Duration left =
                Duration.between(clock.instant(), certificate.getNotAfter().toInstant());
        Reason reason = left.compareTo(SOON) < 0 ? Reason.CERTIFICATE_ENDS_SOON : Reason.CERTIFICATE_TRUSTED;
        return Answer.of(reason, host, issuer(certificate), Math.max(0, left.toDays()));
    }

    private Answer refused(String host, @Nullable X509Certificate certificate, SSLException refused) {
        if (certificate == null) {
            return Answer.of(Reason.CERTIFICATE_NOT_SEEN, host, ServerExamination.messageOf(refused));
        }
        Instant end = certificate.getNotAfter().toInstant();
        if (clock.instant().isAfter(end)) {
            return Answer.of(Reason.CERTIFICATE_EXPIRED, host, LocalDate.ofInstant(end, ZoneOffset.UTC));
        }
        Instant beginning = certificate.getNotBefore().toInstant();
        if (clock.instant().isBefore(beginning)) {
            return Answer.of(Reason.CERTIFICATE_TOO_NEW, host, LocalDate.ofInstant(beginning, ZoneOffset.UTC));
        }
        if (saysNoSuchName(refused)) {
            return Answer.of(Reason.CERTIFICATE_OF_ANOTHER, host, names(certificate));
        }
        return Answer.of(Reason.CERTIFICATE_UNTRUSTED, host, issuer(certificate), TrustedAuthorities.VARIABLE);
    }

    /** The JDK has no type for it. */
    private static boolean saysNoSuchName(Throwable refused) {
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            String said = cause.getMessage();
            if (cause instanceof CertificateException
                    && said != null
                    && (said.startsWith("No subject alternative") || said.startsWith("No name matching"))) {
                return true;
            }
        }
        return false;
    }

    private static String issuer(X509Certificate certificate) {
        String name = certificate.getIssuerX500Principal().getName();
        for (String part : List.of("O=", "CN=")) {
            int at = name.indexOf(part);
            if (at >= 0) {
                int end = name.indexOf(',', at);
                return name.substring(at + part.length(), end < 0 ? name.length() : end);
            }
        }
        return name;
    }

    private static String names(X509Certificate certificate) {
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            if (all != null) {
                return all.stream()
                        .filter(name -> Integer.valueOf(DNS_NAME).equals(name.getFirst()))
                        .map(name -> String.valueOf(name.get(1)))
                        .limit(5)
                        .collect(Collectors.joining(", "));
            }
        } catch (CertificateParsingException broken) {
            return certificate.getSubjectX500Principal().getName();
        }
        return certificate.getSubjectX500Principal().getName();
    }
}
