/** The Settings screen: looks, server and account, updates; the doctor has a package of its own. */
@NullMarked
package dev.porthole.desktop.settings;

import org.jspecify.annotations.NullMarked;
