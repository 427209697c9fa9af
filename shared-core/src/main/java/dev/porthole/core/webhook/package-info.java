/** Webhooks of GitHub Apps that follow a tunnel's address. */
@NullMarked
package dev.porthole.core.webhook;

import org.jspecify.annotations.NullMarked;
