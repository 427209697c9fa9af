@NullMarked
package dev.porthole.core.auth;

import org.jspecify.annotations.NullMarked;
