@NullMarked
package dev.porthole.core.folder;

import org.jspecify.annotations.NullMarked;
