/** JMH benchmarks of the hot paths: {@code server/src/bench/run codec}. Those of the edge stand in its package. */
package dev.porthole.bench.codec;
