/** What was changed in the project, and by whom. */
@NullMarked
package dev.porthole.desktop.activity;

import org.jspecify.annotations.NullMarked;
