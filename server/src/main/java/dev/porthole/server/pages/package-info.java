/**
 * The console: what each page for signed-in people asks of the API, and which view it shows. Knows {@code control} (the
 * API, in process), {@code identity} (who visits) and {@code console} (how pages look); nobody but the composition
 * knows it. Decides nothing: what may be done is the API's to say.
 */
@NullMarked
package dev.porthole.server.pages;

import org.jspecify.annotations.NullMarked;
