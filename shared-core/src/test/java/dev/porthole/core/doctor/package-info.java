@NullMarked
package dev.porthole.core.doctor;

import org.jspecify.annotations.NullMarked;
