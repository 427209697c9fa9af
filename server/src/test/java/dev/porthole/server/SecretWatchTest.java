package dev.porthole.server;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class SecretWatchTest {
    private static final Logger LOG = LoggerFactory.getLogger(SecretWatchTest.class);
    private static final String SECRET = PlantedSecrets.plant("loud harbour kite 8");

    @Test // T-C6
    void aLineWithASecretFailsTheTestThatLoggedIt() {
        LOG.debug("someone typed {}", SECRET);

        assertThatThrownBy(SecretWatch::requireNoneFound)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("a secret was logged")
                .hasMessageContaining("SecretWatchTest");
        assertThatCode(SecretWatch::requireNoneFound).doesNotThrowAnyException();
    }

    @Test // T-C6
    void theReasonOfAnExceptionIsReadToo() {
        LOG.warn("it failed", new IllegalStateException("outer", new IllegalArgumentException("not " + SECRET)));

        assertThatThrownBy(SecretWatch::requireNoneFound)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("IllegalArgumentException");
    }
}
