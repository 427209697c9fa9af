/**
 * Porthole beside the tools that people use today, on the same work in the same run. Run as source, with nothing but a
 * JDK: {@code server/src/bench/run compare}.
 */
package dev.porthole.bench.compare;
