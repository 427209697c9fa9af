/** The Settings screen: appearance, server and account. */
@NullMarked
package dev.porthole.desktop.settings;

import org.jspecify.annotations.NullMarked;
