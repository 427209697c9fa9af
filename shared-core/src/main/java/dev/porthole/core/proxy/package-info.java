/** The local proxy: a stream of a session in, a request to the user's own endpoint out. */
@NullMarked
package dev.porthole.core.proxy;

import org.jspecify.annotations.NullMarked;
