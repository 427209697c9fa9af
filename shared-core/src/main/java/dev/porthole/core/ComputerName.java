package dev.porthole.core;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

/** What people call this computer. */
final class ComputerName {
    private ComputerName() {}

    static String ofThisComputer() {
        return of(System.getenv());
    }

    static String of(Map<String, String> environment) {
        for (String variable : new String[] {"COMPUTERNAME", "HOSTNAME"}) {
            String name = environment.get(variable);
            if (name != null && !name.isBlank()) {
                return name;
            }
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "this computer";
        }
    }
}
