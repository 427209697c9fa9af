/** Looks at everything between an app on this computer and its visitors, and says what is wrong with it. */
@NullMarked
package dev.porthole.core.doctor;

import org.jspecify.annotations.NullMarked;
