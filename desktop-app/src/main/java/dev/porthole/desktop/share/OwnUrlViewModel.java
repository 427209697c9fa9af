package dev.porthole.desktop.share;

import dev.porthole.core.OwnUrl;
import dev.porthole.core.Porthole;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.InvalidEndpointException;
import dev.porthole.desktop.ui.Outside;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Tasks;
import java.net.URI;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/**
 * "I have my own public URL": an endpoint that is public by other means is written down with its address, and nothing
 * connects. Belongs to the FX thread.
 */
final class OwnUrlViewModel {
    private final Porthole porthole;
    private final Tasks tasks;
    private final Outside outside;
    private final ReadOnlyBooleanWrapper open = new ReadOnlyBooleanWrapper();
    private final StringProperty endpoint = new SimpleStringProperty("");
    private final StringProperty url = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper saved = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();

    OwnUrlViewModel(Porthole porthole, Tasks tasks, Outside outside) {
        this.porthole = porthole;
        this.tasks = tasks;
        this.outside = outside;
        endpoint.subscribe(typed -> problem.set(""));
        url.subscribe(typed -> problem.set(""));
    }

    /** Whether the form is shown. */
    ReadOnlyBooleanProperty openProperty() {
        return open.getReadOnlyProperty();
    }

    /** What is public, as a person types it. */
    StringProperty endpointProperty() {
        return endpoint;
    }

    /** Where it is public. */
    StringProperty urlProperty() {
        return url;
    }

    /** Why it can't be saved; empty when nothing is wrong. */
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** The address that was saved last and is on the clipboard; empty before. */
    ReadOnlyStringProperty savedProperty() {
        return saved.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** Shows the form with what is in it. */
    void show() {
        saved.set("");
        open.set(true);
    }

    /** Shows the form for a port of the list. */
    void show(PortItem item) {
        endpoint.set(item.endpoint().shown());
        url.set(item.ownUrl().map(own -> own.url().toString()).orElse(""));
        show();
    }

    /** Takes the form away; what was typed stays for the next time. */
    void close() {
        open.set(false);
    }

    /** The word that it was saved was read. */
    void dismiss() {
        saved.set("");
    }

    /** Stops what Porthole carries of it, and keeps the address. */
    void save() {
        if (busy.get()) {
            return;
        }
        Endpoint wanted;
        URI address;
        try {
            wanted = Endpoint.parse(endpoint.get());
            address = OwnUrl.parse(url.get());
        } catch (InvalidEndpointException typedWrong) {
            problem.set(PlainText.of(String.valueOf(typedWrong.getMessage())));
            return;
        } catch (IllegalArgumentException typedWrong) {
            problem.set(PlainText.of(String.valueOf(typedWrong.getMessage())));
            return;
        }
        busy.set(true);
        problem.set("");
        tasks.create(() -> porthole.useOwnUrl(wanted, address))
                .onSuccess(kept -> {
                    outside.copy(address.toString());
                    endpoint.set("");
                    url.set("");
                    open.set(false);
                    saved.set(address.toString());
                })
                .onError(failure -> problem.set(PlainText.of(String.valueOf(failure.getMessage()))))
                .andFinally(() -> busy.set(false))
                .start();
    }

    /**
     * The endpoint of a port has no address of its own any more; nothing connects. If that fails, the form says why.
     */
    void forget(PortItem item) {
        tasks.create(() -> porthole.forgetOwnUrl(item.endpoint()))
                .onError(failure -> {
                    show(item);
                    problem.set(PlainText.of(String.valueOf(failure.getMessage())));
                })
                .start();
    }
}
