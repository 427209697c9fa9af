package dev.porthole.core.proxy;

import java.io.IOException;
import java.net.InetAddress;

/** An endpoint whose address needs a deliberate yes that its user has not given. */
final class ForbiddenAddressException extends IOException {
    private static final long serialVersionUID = 1L;

    ForbiddenAddressException(InetAddress address) {
        super(address.getHostAddress() + " is a link-local or cloud metadata address, which this tunnel may not reach");
    }
}
