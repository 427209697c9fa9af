/** Tests that start what is shipped as processes, as a person does. */
@NullMarked
package dev.porthole.packaging;

import org.jspecify.annotations.NullMarked;
