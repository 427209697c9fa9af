package dev.porthole.core.wire.http2;

import io.netty.util.AsciiString;
import java.util.Arrays;

/**
 * The sender's half of the dynamic table (RFC 7541, section 2.3.2): which of the last fields the peer can be told by
 * their number.
 *
 * <p>Made for a server with thousands of sessions, each of which is used now and then: names and values lie behind each
 * other in one array, what is known of them in a second, and how to find them in two small ones, so that a list of ten
 * fields touches some ten lines of the processor's cache. A table of objects touches five for each field. Nothing is
 * allocated but when it grows.
 *
 * <p>A field is found by its hash, in one of two slots. Where both are another's, the newer one stays: the older is
 * then sent once more as if it were new, which is correct and costs its bytes. Whoever makes fields whose hashes are
 * the same costs his session some of its compression, and no one's time. Event loop only.
 */
final class HpackSentFields {
    /** What a field counts beside its bytes (section 4.1). */
    static final int OVERHEAD_BYTES = 32;

    static final int DEFAULT_BYTES = 4096;

    /** Of one field in {@link #known}: its hash, where its bytes begin, how long its name is, and its value. */
    private static final int HASH = 0;

    private static final int OFFSET = 1;
    private static final int NAME_LENGTH = 2;
    private static final int VALUE_LENGTH = 3;
    private static final int INTS = 4;

    private static final int FIRST_PLACES = 16;
    private static final int SLOTS_PER_PLACE = 4;
    private static final int NONE = -1;

    private int maxBytes = DEFAULT_BYTES;
    private int bytes;

    private byte[] octets = new byte[512];
    private int octetsEnd;

    /** A ring of places. */
    private int[] known = new int[FIRST_PLACES * INTS];

    private int places = FIRST_PLACES;
    private int oldest;
    private int count;

    /** The place of a field, counted from one, by two parts of its hash. */
    private byte[] byField = new byte[FIRST_PLACES * SLOTS_PER_PLACE];

    /** The place of the newest field of a name. */
    private byte[] byName = new byte[FIRST_PLACES * SLOTS_PER_PLACE];

    int maxBytes() {
        return maxBytes;
    }

    /** What the peer keeps from now on, {@value #DEFAULT_BYTES} at most: each place fits into a byte then. */
    void maxBytes(int most) {
        if (most < 0 || most > DEFAULT_BYTES) {
            throw new IllegalArgumentException(most + " bytes (expected: 0-" + DEFAULT_BYTES + ")");
        }
        maxBytes = most;
        evictFor(0);
    }

    static int hash(AsciiString name, AsciiString value) {
        return spread(name.hashCode() * 31 + value.hashCode());
    }

    private static int spread(int hash) {
        int product = hash * 0x9E3779B1;
        return product ^ (product >>> 15);
    }

    /** The number of that field among those of the table, from one for the newest; 0 if it is not in it. */
    int indexOf(int hash, AsciiString name, AsciiString value) {
        int place = place(byField, slot(hash));
        if (!is(place, hash, name, value)) {
            place = place(byField, otherSlot(hash));
            if (!is(place, hash, name, value)) {
                return 0;
            }
        }
        return index(place);
    }

    /** The number of a field with that name; 0 if there is none. */
    int indexOf(AsciiString name) {
        int place = place(byName, slot(spread(name.hashCode())));
        return isLive(place) && hasName(place, name) ? index(place) : 0;
    }

    /** Puts a field in front, and out at the back what has no room then. */
    void add(int hash, AsciiString name, AsciiString value) {
        int size = name.length() + value.length() + OVERHEAD_BYTES;
        evictFor(size);
        if (size > maxBytes) {
            return;
        }
        if (count == places) {
            growPlaces();
        }
        int offset = roomFor(name.length() + value.length());
        System.arraycopy(name.array(), name.arrayOffset(), octets, offset, name.length());
        System.arraycopy(value.array(), value.arrayOffset(), octets, offset + name.length(), value.length());
        octetsEnd = offset + name.length() + value.length();
        int place = (oldest + count) & (places - 1);
        int at = place * INTS;
        known[at + HASH] = hash;
        known[at + OFFSET] = offset;
        known[at + NAME_LENGTH] = name.length();
        known[at + VALUE_LENGTH] = value.length();
        count++;
        bytes += size;
        byField[freeSlot(hash)] = (byte) (place + 1);
        byName[slot(spread(name.hashCode()))] = (byte) (place + 1);
    }

    private boolean is(int place, int hash, AsciiString name, AsciiString value) {
        return isLive(place)
                && known[place * INTS + HASH] == hash
                && hasName(place, name)
                && equal(known[place * INTS + OFFSET] + name.length(), known[place * INTS + VALUE_LENGTH], value);
    }

    private boolean hasName(int place, AsciiString name) {
        return equal(known[place * INTS + OFFSET], known[place * INTS + NAME_LENGTH], name);
    }

    private boolean equal(int offset, int length, AsciiString text) {
        return length == text.length()
                && Arrays.equals(
                        octets, offset, offset + length, text.array(), text.arrayOffset(), text.arrayOffset() + length);
    }

    private boolean isLive(int place) {
        return place != NONE && ((place - oldest) & (places - 1)) < count;
    }

    private int index(int place) {
        return count - ((place - oldest) & (places - 1));
    }

    // ---- Where to look.

    /** {@link #NONE} if nothing was put there. */
    private static int place(byte[] slots, int slot) {
        return (slots[slot] & 0xff) - 1;
    }

    private int slot(int hash) {
        return hash & (byField.length - 1);
    }

    private int otherSlot(int hash) {
        return (hash >>> 16) & (byField.length - 1);
    }

    private int freeSlot(int hash) {
        int slot = slot(hash);
        return isTaken(slot) && !isTaken(otherSlot(hash)) ? otherSlot(hash) : slot;
    }

    /** Whether what a slot says is still so: places are used again. */
    private boolean isTaken(int slot) {
        int place = place(byField, slot);
        if (!isLive(place)) {
            return false;
        }
        int hash = known[place * INTS + HASH];
        return slot(hash) == slot || otherSlot(hash) == slot;
    }

    // ---- Room.

    private void evictFor(int size) {
        while (count > 0 && bytes + size > maxBytes) {
            int at = oldest * INTS;
            bytes -= known[at + NAME_LENGTH] + known[at + VALUE_LENGTH] + OVERHEAD_BYTES;
            oldest = (oldest + 1) & (places - 1);
            count--;
        }
    }

    /** Where so many bytes may stand. What was evicted leaves a gap in front, which is closed now and then. */
    private int roomFor(int length) {
        int begin = count == 0 ? octetsEnd : known[oldest * INTS + OFFSET];
        int live = octetsEnd - begin;
        if (octetsEnd + length > octets.length) {
            // A quarter stays free: each byte is moved a few times at most.
            int needed = live + length + (live + length) / 3;
            byte[] to = needed > octets.length ? new byte[needed + needed / 2] : octets;
            System.arraycopy(octets, begin, to, 0, live);
            octets = to;
            octetsEnd = live;
            for (int number = 0; number < count; number++) {
                known[((oldest + number) & (places - 1)) * INTS + OFFSET] -= begin;
            }
        }
        return octetsEnd;
    }

    private void growPlaces() {
        int[] before = known;
        int placesBefore = places;
        known = new int[before.length * 2];
        for (int number = 0; number < count; number++) {
            int from = ((oldest + number) & (placesBefore - 1)) * INTS;
            System.arraycopy(before, from, known, number * INTS, INTS);
        }
        oldest = 0;
        places = placesBefore * 2;
        byField = new byte[places * SLOTS_PER_PLACE];
        byName = new byte[places * SLOTS_PER_PLACE];
        for (int place = 0; place < count; place++) {
            byField[freeSlot(known[place * INTS + HASH])] = (byte) (place + 1);
            byName[slot(spread(nameAt(place).hashCode()))] = (byte) (place + 1);
        }
    }

    private AsciiString nameAt(int place) {
        return new AsciiString(octets, known[place * INTS + OFFSET], known[place * INTS + NAME_LENGTH], false);
    }
}
