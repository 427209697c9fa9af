/** First run, and signing in again. */
@NullMarked
package dev.porthole.desktop.signin;

import org.jspecify.annotations.NullMarked;
