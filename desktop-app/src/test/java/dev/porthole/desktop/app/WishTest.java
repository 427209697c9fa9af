package dev.porthole.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.desktop.links.DeepLink;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WishTest {
    private static final DeepLink PORT_3000 = new DeepLink(3000);

    @Test
    void secondStartShowsTheWindowAndOneAtSignInDoesNot() throws Exception {
        assertThat(Wish.of().message()).contains(new InstanceMessage.Show());
        assertThat(Wish.of("--hidden")).isEqualTo(new Wish(true, Optional.empty()));
        assertThat(Wish.of("--hidden").message()).isEmpty();
    }

    // T-L2
    @Test
    void linkComesAloneOrAfterOpenAndIsAMessageOfItsOwnType() throws Exception {
        assertThat(Wish.of("porthole://share?port=3000").message()).contains(new InstanceMessage.Share(PORT_3000));
        assertThat(Wish.of("open", "porthole://share?port=3000").message())
                .contains(new InstanceMessage.Share(PORT_3000));
        assertThat(new InstanceMessage.Share(PORT_3000).text()).isEqualTo("share 3000");
    }

    // T-L2
    @Test
    void anythingElseIsSaidAndOpensNothing() {
        assertThatThrownBy(() -> Wish.of("open", "https://example.com"))
                .hasMessageStartingWith("link: https://example.com (expected:");
        assertThatThrownBy(() -> Wish.of("--hidde\u001bn"))
                .hasMessage("argument: --hidde?n (expected: nothing, --hidden, or open and a link)");
        assertThatThrownBy(() -> Wish.of("open", "porthole://share?port=1", "--hidden"))
                .hasMessageStartingWith("argument: --hidden");
        assertThatThrownBy(() -> Wish.of("close", "porthole://share?port=1")).hasMessageStartingWith("argument: close");
    }
}
