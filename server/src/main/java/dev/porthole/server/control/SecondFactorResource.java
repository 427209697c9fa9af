package dev.porthole.server.control;

import dev.porthole.core.api.RecoveryCodes;
import dev.porthole.core.api.SecondFactorSetup;
import dev.porthole.core.api.SecondFactorStatus;
import dev.porthole.server.audit.AuditTrail;
import dev.porthole.server.control.Route.Output;
import dev.porthole.server.identity.OwnAccount;
import dev.porthole.server.identity.RefusedException;
import dev.porthole.server.store.Store;
import java.util.List;

/** The caller's password and the codes that are asked for after it. */
final class SecondFactorResource implements Resource {
    private static final String SECOND_FACTOR = API + "/me/second-factor";

    /** The account's present password. */
    record PasswordRequest(String password) {}

    /** What the authenticator app shows. */
    record CodeRequest(String code) {}

    /** Both, to switch codes off. */
    record SecondFactorRemoval(String password, String code) {}

    /** The old password and the new one. */
    record PasswordChange(String current, String next) {}

    @FunctionalInterface
    private interface Deed<T> {
        T run() throws RefusedException;
    }

    private final Store store;
    private final OwnAccount account;
    private final AuditTrail audit;
    private final Scheduler scheduler;

    SecondFactorResource(Store store, OwnAccount account, Scheduler scheduler) {
        this.store = store;
        this.account = account;
        this.audit = new AuditTrail(store.audit());
        this.scheduler = scheduler;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(
                        SECOND_FACTOR,
                        Scope.ACCOUNT_WRITE,
                        "Whether a code is asked for after the password",
                        Output.one(200, SecondFactorStatus.class),
                        call -> Answer.ok(account.secondFactor(SignedInResource.person(call)))),
                new Route(
                        "POST",
                        SECOND_FACTOR,
                        Scope.ACCOUNT_WRITE,
                        "Begins to set up codes; the secret is shown once",
                        PasswordRequest.class,
                        Output.one(201, SecondFactorSetup.class),
                        this::begin),
                new Route(
                        "POST",
                        SECOND_FACTOR + "/confirm",
                        Scope.ACCOUNT_WRITE,
                        "Switches codes on by the first one; the recovery codes are shown once",
                        CodeRequest.class,
                        Output.one(200, RecoveryCodes.class),
                        this::confirm),
                new Route(
                        "DELETE",
                        SECOND_FACTOR,
                        Scope.ACCOUNT_WRITE,
                        "Switches codes off",
                        SecondFactorRemoval.class,
                        Output.none(),
                        this::remove),
                new Route(
                        "POST",
                        API + "/me/password",
                        Scope.ACCOUNT_WRITE,
                        "Changes the password; other browsers have to sign in again",
                        PasswordChange.class,
                        Output.none(),
                        this::changePassword));
    }

    private Answer begin(Call call) {
        String password = call.body(PasswordRequest.class).password();
        return Answer.created(
                refusable(() -> account.beginSecondFactor(SignedInResource.person(call), password, address(call))));
    }

    private Answer confirm(Call call) {
        String code = call.body(CodeRequest.class).code();
        RecoveryCodes codes =
                refusable(() -> account.confirmSecondFactor(SignedInResource.person(call), code, address(call)));
        record(call, "second-factor.switched-on");
        return Answer.ok(codes);
    }

    private Answer remove(Call call) {
        SecondFactorRemoval given = call.body(SecondFactorRemoval.class);
        refusable(() -> {
            account.removeSecondFactor(SignedInResource.person(call), given.password(), given.code(), address(call));
            return true;
        });
        record(call, "second-factor.switched-off");
        return new Answer.NoContent();
    }

    private Answer changePassword(Call call) {
        PasswordChange given = call.body(PasswordChange.class);
        refusable(() -> {
            account.changePassword(SignedInResource.person(call), given.current(), given.next(), address(call));
            return true;
        });
        record(call, "password.changed");
        return new Answer.NoContent();
    }

    private static <T> T refusable(Deed<T> deed) {
        try {
            return deed.run();
        } catch (RefusedException refused) {
            throw ProblemException.refused(refused);
        }
    }

    private void record(Call call, String action) {
        String user = SignedInResource.person(call).userId();
        store.writeOnly(handle -> audit.record(handle, call.actor(), null, action, user, null, scheduler.now()));
    }

    /** Guesses are counted by it; calls from within this computer have none and are one. */
    private static String address(Call call) {
        return call.address() == null ? "local" : call.address();
    }
}
