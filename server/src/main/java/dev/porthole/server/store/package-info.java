/** What lasts: the database with its migrations and repositories, and the key that secrets in it are sealed with. */
@NullMarked
package dev.porthole.server.store;

import org.jspecify.annotations.NullMarked;
