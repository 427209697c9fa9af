/** An external connector's agent: carries what its own desired state says, by a credential of its own. */
@NullMarked
package dev.porthole.core.headless;

import org.jspecify.annotations.NullMarked;
