package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedTest {
    private static final String OPAQUE = "q7rD1xP0aZ_kT-3vYbN8mW2sE5uJ9hGcLfRiOoQyXtA";

    @ParameterizedTest // B-D11, T-C6
    @CsvSource(
            delimiter = ' ',
            value = {
                "/orders?token=hunter2&page=2 /orders?token=***&page=2",
                "/cb?code=abc&state=xyz /cb?code=***&state=xyz",
                "/x?access_token=a&API_KEY=b&apikey=c&user=ada /x?access_token=***&API_KEY=***&apikey=***&user=ada",
                "/x?sig=1&X-Amz-Signature=2&sort=asc /x?sig=***&X-Amz-Signature=***&sort=asc",
                "/x?q=a=b&password=p=q /x?q=a=b&password=***",
                "/x?keyboard=de&monkey=1 /x?keyboard=de&monkey=1"
            })
    void tokenLikeValuesOfAQueryAreMasked(String target, String shown) {
        assertThat(Masked.text(target)).isEqualTo(shown);
    }

    @Test // B-D11, T-C6
    void whatLooksLikeASecretIsMaskedWhereverItStands() {
        assertThat(Masked.path("/invitations/" + OPAQUE + "?x=1")).isEqualTo("/invitations/***");
        assertThat(Masked.text("/a?b=" + OPAQUE)).isEqualTo("/a?b=***");
        assertThat(Masked.text("https://x.test/reset/" + OPAQUE + "#top")).isEqualTo("https://x.test/reset/***#top");
        String jwt = "eyJhbGciOiJFUzI1NiIsImtpZCI6Ims" + "xIiwidHlwIjoiYXQrand0In0." + OPAQUE + "." + OPAQUE;
        assertThat(Masked.text(jwt)).isEqualTo("***.***.***");
    }

    @ParameterizedTest // B-D11
    @CsvSource({
        "/api/v1/projects/prj_0f3c9a1be2d44c5fa6b7c8d9e0f10213/tunnels",
        "/assets/index-0f3c9a1be2d44c5fa6b7c8d9e0f10213.js",
        "/how-to-share-a-port-of-your-computer-with-the-world",
        "/%2F//../x;y=1"
    })
    void whatPeopleLookForInALogStays(String path) {
        assertThat(Masked.path(path)).isEqualTo(path);
    }

    @Test // B-D11
    void secretFieldsAreMaskedAndOthersStay() {
        DefaultHttpHeaders fields = new DefaultHttpHeaders();
        fields.add("Host", "shop.localhost:8080")
                .add("Authorization", "Bearer planted")
                .add("cookie", "planted=1")
                .add("Set-Cookie", "a=planted")
                .add("Set-Cookie", "b=planted")
                .add("X-API-Key", "planted")
                .add("X-CSRF-Token", "planted")
                .add("Proxy-Authorization", "Basic planted")
                .add("Referer", "https://x.test/?session=planted&tab=2")
                .add("Accept", "text/html;q=0.9");
        assertThat(Masked.fields(fields))
                .isEqualTo("Host: shop.localhost:8080; Authorization: ***; cookie: ***; Set-Cookie: ***;"
                        + " Set-Cookie: ***; X-API-Key: ***; X-CSRF-Token: ***; Proxy-Authorization: ***;"
                        + " Referer: https://x.test/?session=***&tab=2; Accept: text/html;q=0.9");
    }
}
