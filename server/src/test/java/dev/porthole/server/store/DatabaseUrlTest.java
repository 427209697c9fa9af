package dev.porthole.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
    @Test
    void bothFormsAreOne() {
        DatabaseUrl expected = new DatabaseUrl(
                "db.example.com:5433", "port hole", "ad@a", "p:w+d/%", Map.of("sslmode", "verify-full"));
        assertThat(DatabaseUrl.parse(
                        "postgresql://ad%40a:p%3Aw+d%2F%25@db.example.com:5433/port%20hole" + "?sslmode=verify-full"))
                .isEqualTo(expected);
        assertThat(DatabaseUrl.parse(
                        "postgres://ad%40a:p%3Aw+d%2F%25@db.example.com:5433/port%20hole" + "?sslmode=verify-full"))
                .isEqualTo(expected);
        assertThat(DatabaseUrl.parse("jdbc:postgresql://db.example.com:5433/port%20hole?user=ad%40a&sslmode=verify-full"
                        + "&password=p%3Aw+d%2F%25"))
                .isEqualTo(expected);
        assertThat(expected.jdbc()).isEqualTo("jdbc:postgresql://db.example.com:5433/port%20hole?sslmode=verify-full");
    }

    @Test
    void severalServersAndAddressesAreTaken() {
        assertThat(DatabaseUrl.parse("postgresql://a:1,b:2/d?targetServerType=primary")
                        .servers())
                .isEqualTo("a:1,b:2");
        assertThat(DatabaseUrl.parse("postgresql://u@[::1]:5432/d").jdbc()).isEqualTo("jdbc:postgresql://[::1]:5432/d");
    }

    @Test
    void passwordIsInNoText() { // T-C6
        DatabaseUrl url = DatabaseUrl.parse("postgresql://ada:planted@h/d?password=planted");
        assertThat(url + url.jdbc()).doesNotContain("planted").doesNotContain("ada");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "planted",
                "mysql://planted@h/d",
                "postgresql://h",
                "postgresql://h/",
                "postgresql://h/d?planted",
                "postgresql://a:planted@b@h/d",
                "postgresql://h/d?=planted",
                "postgresql://u:%planted@h/d"
            })
    void othersAreRefusedWithoutBeingRepeated(String text) { // T-C6
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("planted");
    }
}
