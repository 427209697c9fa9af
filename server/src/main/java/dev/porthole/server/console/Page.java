package dev.porthole.server.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the pages show. Texts are shown as text: the templates escape them. */
public sealed interface Page {
    /**
     * Name and password.
     *
     * @param action where the form goes
     * @param formToken comes back with the form, as {@code form_token}
     * @param user what was typed, or is to be suggested
     * @param problem what was wrong with the last attempt
     * @param app the program that waits for this; null if none does
     * @param ways where else people may have their account
     */
    record SignIn(
            String action,
            String formToken,
            String user,
            @Nullable String problem,
            @Nullable String app,
            List<Way> ways) implements Page {
        public SignIn {
            ways = List.copyOf(ways);
        }
    }

    /** A provider of accounts, and the address that leads there. */
    record Way(String title, String address) {}

    /**
     * The account of this browser, or another.
     *
     * @param app the program that waits for this
     * @param another the address of the sign-in page
     */
    record Chooser(String action, String formToken, String user, String app, String another) implements Page {
        /** What stands in the round beside the name. */
        public String initial() {
            return user.substring(0, user.offsetByCodePoints(0, 1)).toUpperCase(java.util.Locale.ROOT);
        }
    }

    /**
     * The first account.
     *
     * @param field which field the problem is about: {@code code}, {@code user} or {@code password}
     */
    record Setup(
            String action,
            String formToken,
            String code,
            String user,
            @Nullable String problem,
            @Nullable String field) implements Page {
        /** The problem, if it is about that field. */
        public @Nullable String problemOf(String name) {
            return name.equals(field) ? problem : null;
        }
    }

    /** Something is wrong, and only the person can mend it. */
    record Problem(String title, String detail, String hint) implements Page {}

    /**
     * A code after the password.
     *
     * @param again the address of the sign-in page
     */
    record SecondStep(
            String action, String formToken, @Nullable String problem, String again) implements Page {}

    /** Codes are not asked for: the password, to begin. */
    record SecondFactorOff(
            String action,
            String formToken,
            @Nullable String problem,
            @Nullable String field) implements Page {
        /** The problem, if it is about that field. */
        public @Nullable String problemOf(String name) {
            return name.equals(field) ? problem : null;
        }
    }

    /**
     * A secret for the authenticator app, and its first code.
     *
     * @param picture the QR code's address
     */
    record SecondFactorSetUp(
            String action,
            String formToken,
            String picture,
            String uri,
            String secret,
            @Nullable String problem,
            @Nullable String field)
            implements Page {
        /** The problem, if it is about that field. */
        public @Nullable String problemOf(String name) {
            return name.equals(field) ? problem : null;
        }

        /** The secret in groups of four, for typing. */
        public String grouped() {
            return secret.replaceAll("(.{4})(?=.)", "$1 ");
        }
    }

    /** Codes for the day without the app, shown once. */
    record RecoveryCodes(List<String> codes) implements Page {
        public RecoveryCodes {
            codes = List.copyOf(codes);
        }
    }

    /** Codes are asked for: password and code, to stop. */
    record SecondFactorOn(
            String action,
            String formToken,
            int recoveryCodes,
            @Nullable String problem,
            @Nullable String field) implements Page {
        /** The problem, if it is about that field. */
        public @Nullable String problemOf(String name) {
            return name.equals(field) ? problem : null;
        }
    }

    /** An account for someone who was invited. */
    record Join(
            String action,
            String formToken,
            String user,
            @Nullable String problem,
            @Nullable String field) implements Page {
        /** The problem, if it is about that field. */
        public @Nullable String problemOf(String name) {
            return name.equals(field) ? problem : null;
        }
    }

    /** A new password instead of a forgotten one. */
    record NewPassword(
            String action, String formToken, @Nullable String problem) implements Page {}

    /** Whether a sign-in of elsewhere is to lead to this account. */
    record LinkLogin(String action, String formToken, String title, String user) implements Page {}

    /** On to a provider, by itself where the browser does so. */
    record Onward(String title, String address) implements Page {}

    /** Something has come to its end, and the tab may be closed. */
    record Done(String title, String lead, String detail) implements Page {}

    /**
     * Whether somebody else's program may have what it asks for.
     *
     * @param where what the answer goes to: a host, or this computer
     * @param scopes one line for each thing that it may do then
     */
    record Consent(String action, String formToken, String user, String app, String where, List<String> scopes)
            implements Page {
        public Consent {
            scopes = List.copyOf(scopes);
        }
    }

    /** The code that a device shows. */
    record DeviceCode(
            String action,
            String formToken,
            String code,
            @Nullable String problem) implements Page {}

    /**
     * Whether a device may sign in.
     *
     * @param code as the device shows it
     * @param address where it asked from
     * @param here where the browser is; null if that is the same
     * @param time when it asked
     * @param scopes what it may do then; none for our own program
     */
    record DeviceApproval(
            String action,
            String formToken,
            String code,
            String app,
            String address,
            @Nullable String here,
            String time,
            String user,
            List<String> scopes)
            implements Page {
        public DeviceApproval {
            scopes = List.copyOf(scopes);
        }
    }

    /**
     * Whether to sign out.
     *
     * @param app the program that asks for it; null if it didn't say who it is
     */
    record SignOut(
            String action,
            String formToken,
            String user,
            @Nullable String app) implements Page {}
}
