/** What the app tells a person who is not looking at it: when, in which words, and by which means of the desktop. */
@NullMarked
package dev.porthole.desktop.notifications;

import org.jspecify.annotations.NullMarked;
