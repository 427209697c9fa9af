/** {@code porthole.yml}: the tunnels of a piece of code, declared beside it, and what makes and keeps them so. */
@NullMarked
package dev.porthole.core.declared;

import org.jspecify.annotations.NullMarked;
