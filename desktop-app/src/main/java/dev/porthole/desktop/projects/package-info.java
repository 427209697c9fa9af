/** Picking a project and switching it. */
@NullMarked
package dev.porthole.desktop.projects;

import org.jspecify.annotations.NullMarked;
