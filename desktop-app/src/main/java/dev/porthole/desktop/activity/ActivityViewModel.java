package dev.porthole.desktop.activity;

import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.api.AuditEntry;
import dev.porthole.core.api.AuditFilter;
import dev.porthole.core.api.Page;
import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.signin.SignInAgain;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.Moments;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Tasks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * What was done in the active project: the newest first, older ones page by page as they are scrolled to, new ones on
 * top as they happen. Belongs to the FX thread.
 */
public final class ActivityViewModel {
    /** So many rows before the end the next page is fetched. */
    private static final int AHEAD = 60;

    private final Porthole porthole;
    private final Tasks tasks;
    private final Moments moments;
    private final SignInAgain signInAgain;
    private final FxBindings bindings;
    private final ObservableList<ActivityEntry> rows = FXCollections.observableArrayList();
    private final Set<String> known = new HashSet<>();
    private final ObservableList<ActivityPerson> people = FXCollections.observableArrayList(ActivityPerson.EVERYONE);
    private final ObjectProperty<ActivityKind> kind = new SimpleObjectProperty<>(ActivityKind.EVERYTHING);
    private final ObjectProperty<ActivityPerson> person = new SimpleObjectProperty<>(ActivityPerson.EVERYONE);
    private final ReadOnlyObjectWrapper<Filling> filling = new ReadOnlyObjectWrapper<>(Filling.LOADING);
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private Map<String, String> names = Map.of();
    private String project = "";
    private @Nullable String next;
    private boolean more;
    private int inSight;
    private int round;
    private boolean reading;
    private boolean stale;
    private boolean followed;

    public ActivityViewModel(Porthole porthole, Tasks tasks, Moments moments, SignInAgain signInAgain) {
        this.porthole = porthole;
        this.tasks = tasks;
        this.moments = moments;
        this.signInAgain = signInAgain;
        this.bindings = new FxBindings(tasks.screen());
        kind.subscribe((before, now) -> startOver());
        person.subscribe((before, now) -> startOver());
    }

    /** What the list has to show. */
    enum Filling {
        LOADING,
        FAILED,
        EMPTY,
        NONE_FOUND,
        ENTRIES
    }

    private record Answer(Page<AuditEntry> page, Map<String, String> names) {}

    /** Follows the project; as long as the screen is shown. */
    public Subscription follow() {
        followed = true;
        Subscription news = bindings.follow(porthole.news(), any -> somethingIsNew());
        return () -> {
            followed = false;
            news.close();
        };
    }

    /** The newest first. */
    ObservableList<ActivityEntry> rows() {
        return rows;
    }

    ReadOnlyObjectProperty<Filling> fillingProperty() {
        return filling.getReadOnlyProperty();
    }

    /** Why the list is not whole; empty when nothing is wrong. */
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Which sort of thing is looked for. */
    ObjectProperty<ActivityKind> kindProperty() {
        return kind;
    }

    /** Whose deeds are looked for. */
    ObjectProperty<ActivityPerson> personProperty() {
        return person;
    }

    /** Everyone, and those that were seen so far. */
    ObservableList<ActivityPerson> people() {
        return people;
    }

    Moments moments() {
        return moments;
    }

    /** A row has come into sight: the page after the last one is fetched before its end is reached. */
    void reached(int row) {
        inSight = row;
        if (more && !reading && row >= rows.size() - AHEAD) {
            read(next, this::append, this::readMore);
        }
    }

    private void readMore() {
        reached(inSight);
    }

    /** Tries again what did not work. */
    void tryAgain() {
        problem.set("");
        if (rows.isEmpty()) {
            startOver();
        } else {
            somethingIsNew();
        }
    }

    private void somethingIsNew() {
        String now = porthole.activeProject().get().map(it -> it.id()).orElse("");
        if (!now.equals(project)) {
            project = now;
            people.setAll(ActivityPerson.EVERYONE);
            person.set(ActivityPerson.EVERYONE);
            startOver();
        } else if (reading) {
            stale = true;
        } else {
            read(null, this::merge, this::somethingIsNew);
        }
    }

    /** Another filter, or another project. */
    private void startOver() {
        round++;
        reading = false;
        stale = false;
        more = false;
        inSight = 0;
        rows.clear();
        known.clear();
        filling.set(Filling.LOADING);
        if (followed) {
            read(null, this::append, this::startOver);
        }
    }

    /** Answers to what was asked before the last {@link #startOver} count no more. */
    private void read(@Nullable String cursor, Consumer<Page<AuditEntry>> then, Runnable again) {
        int asked = round;
        AuditFilter filter = new AuditFilter(person.get().id(), kind.get().pattern(), null, null, null);
        reading = true;
        tasks.create(() -> new Answer(porthole.activity(filter, cursor), names()))
                .onSuccess(answer -> {
                    if (asked == round) {
                        problem.set("");
                        names = answer.names();
                        then.accept(answer.page());
                    }
                })
                .onError(Kind.NOT_SIGNED_IN, failure -> {
                    failed(asked, failure);
                    signInAgain.then(again);
                })
                .onError(failure -> failed(asked, failure))
                .andFinally(() -> ended(asked))
                .start();
    }

    private void ended(int asked) {
        if (asked != round) {
            return;
        }
        reading = false;
        if (stale) {
            stale = false;
            somethingIsNew();
        } else if (problem.get().isEmpty()) {
            readMore();
        }
    }

    private Map<String, String> names() {
        Map<String, String> all = new HashMap<>();
        porthole.tunnels()
                .get()
                .forEach(state -> all.put(state.tunnel().id(), state.tunnel().label()));
        try {
            all.putAll(porthole.connectors().names());
        } catch (PortholeException withoutThem) {
            // The trail says what it can; the page's own failure is the one that is told.
            return all;
        }
        return all;
    }

    private void append(Page<AuditEntry> page) {
        List<ActivityEntry> older = new ArrayList<>();
        for (AuditEntry entry : page.items()) {
            if (known.add(entry.id())) {
                older.add(ActivityEntry.of(entry, names));
            }
        }
        rows.addAll(older);
        next = page.next();
        more = next != null;
        fill();
    }

    /** The first page again: what is new goes on top; if all of it is new, what is between is not known. */
    private void merge(Page<AuditEntry> page) {
        List<AuditEntry> fresh = page.items().stream()
                .filter(entry -> !known.contains(entry.id()))
                .toList();
        if (fresh.size() == page.items().size()) {
            rows.clear();
            known.clear();
            append(page);
            return;
        }
        fresh.forEach(entry -> known.add(entry.id()));
        rows.addAll(
                0, fresh.stream().map(entry -> ActivityEntry.of(entry, names)).toList());
        fill();
    }

    private void fill() {
        for (ActivityEntry row : rows.subList(0, Math.min(rows.size(), AHEAD))) {
            meet(row);
        }
        boolean filtered =
                kind.get() != ActivityKind.EVERYTHING || !person.get().equals(ActivityPerson.EVERYONE);
        filling.set(!rows.isEmpty() ? Filling.ENTRIES : filtered ? Filling.NONE_FOUND : Filling.EMPTY);
    }

    private void meet(ActivityEntry row) {
        ActivityPerson met = new ActivityPerson(
                row.entry().actor(),
                Objects.requireNonNullElse(row.entry().actorName(), row.entry().actor()));
        if (people.stream().noneMatch(it -> met.id() != null && met.id().equals(it.id()))) {
            people.add(met);
        }
    }

    private void failed(int asked, PortholeException failure) {
        if (asked != round) {
            return;
        }
        problem.set(PlainText.of(String.valueOf(failure.getMessage())));
        filling.set(rows.isEmpty() ? Filling.FAILED : Filling.ENTRIES);
    }
}
