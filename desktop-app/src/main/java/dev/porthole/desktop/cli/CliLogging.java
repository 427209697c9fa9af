package dev.porthole.desktop.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.CoreConstants;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Logback for the command line, named to SLF4J instead of being searched for. What Logback's own provider does besides
 * is to look through all jars for configurations that are not there, which costs more than all else at start.
 */
public final class CliLogging implements SLF4JServiceProvider {
    /** The release of SLF4J's interface that this is written for. */
    private static final String INTERFACE = "2.0.99";

    private final LoggerContext context = new LoggerContext();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final LogbackMDCAdapter mdc = new LogbackMDCAdapter();

    /** Made by SLF4J. */
    public CliLogging() {}

    /** Takes effect with the first logger of the process: to be called before. */
    static void use() {
        System.setProperty("slf4j.provider", CliLogging.class.getName());
        // Otherwise it says on standard error that it was told so.
        System.setProperty("slf4j.internal.verbosity", "WARN");
    }

    @Override
    public void initialize() {
        context.setName(CoreConstants.DEFAULT_CONTEXT_NAME);
        context.setMDCAdapter(mdc);
        context.start();
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return context;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return mdc;
    }

    @Override
    public String getRequestedApiVersion() {
        return INTERFACE;
    }
}
