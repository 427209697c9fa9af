package dev.porthole.core.declared;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be done when a declaration has changed: to just those tunnels that it changed for. A tunnel is its
 * endpoint's: one that only got another key is the same. What is left over of a key and has another endpoint keeps its
 * tunnel, which then serves the new endpoint at the old address.
 *
 * @param kept by their keys of now: the key before, and what is wanted now, perhaps the same
 * @param added tunnels that were not declared before
 * @param removed keys of before
 */
public record DeclarationEdit(List<Kept> kept, List<DeclaredTunnel> added, List<String> removed) {
    /** A tunnel that goes on, as {@code wanted}. */
    public record Kept(String keyBefore, DeclaredTunnel before, DeclaredTunnel wanted) {
        /** Whether nothing changes but perhaps the key. */
        public boolean isSame() {
            return before.withKey(wanted.key()).equals(wanted);
        }
    }

    /** From what is wanted of each key up to now to what a file says. */
    public static DeclarationEdit between(Map<String, DeclaredTunnel> before, Declaration now) {
        Map<String, DeclaredTunnel> left = new LinkedHashMap<>(before);
        Map<String, Kept> kept = new LinkedHashMap<>();
        for (DeclaredTunnel wanted : now.tunnels()) {
            left.values().stream()
                    .filter(one -> one.endpoint().equals(wanted.endpoint()))
                    .findFirst()
                    .ifPresent(one -> {
                        left.remove(one.key());
                        kept.put(wanted.key(), new Kept(one.key(), one, wanted));
                    });
        }
        List<DeclaredTunnel> added = new ArrayList<>();
        for (DeclaredTunnel wanted : now.tunnels()) {
            if (kept.containsKey(wanted.key())) {
                continue;
            }
            DeclaredTunnel same = left.remove(wanted.key());
            if (same == null) {
                added.add(wanted);
            } else {
                kept.put(wanted.key(), new Kept(same.key(), same, wanted));
            }
        }
        return new DeclarationEdit(List.copyOf(kept.values()), added, List.copyOf(left.keySet()));
    }
}
