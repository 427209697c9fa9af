package dev.porthole.core.doctor;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether the server's name leads anywhere. */
final class NameExamination implements Examination {
    private static final Pattern ADDRESS = Pattern.compile("\\[.*]|[0-9.]+");
    private static final int SHOWN = 4;

    @Override
    public Answer look(Chart chart) {
        String host = chart.server().base().getHost();
        if (chart.server().isLoopback() || ADDRESS.matcher(host).matches()) {
            return Answer.of(Reason.NAME_NOT_NEEDED, chart.server());
        }
        try {
            String addresses = Arrays.stream(InetAddress.getAllByName(host))
                    .limit(SHOWN)
                    .map(InetAddress::getHostAddress)
                    .collect(Collectors.joining(", "));
            return Answer.of(Reason.NAME_FOUND, host, addresses);
        } catch (UnknownHostException unknown) {
            return Answer.of(Reason.NAME_UNKNOWN, host);
        }
    }
}
