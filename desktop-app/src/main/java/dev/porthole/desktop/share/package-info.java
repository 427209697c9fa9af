/** The Share screen: what listens on this computer, and a share with its stages. */
@NullMarked
package dev.porthole.desktop.share;

import org.jspecify.annotations.NullMarked;
