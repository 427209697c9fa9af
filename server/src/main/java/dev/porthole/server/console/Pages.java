package dev.porthole.server.console;

import dev.porthole.server.console.pages.JtechooserGenerated;
import dev.porthole.server.console.pages.JteconsentGenerated;
import dev.porthole.server.console.pages.JtedeviceapprovalGenerated;
import dev.porthole.server.console.pages.JtedevicecodeGenerated;
import dev.porthole.server.console.pages.JtedoneGenerated;
import dev.porthole.server.console.pages.JtejoinGenerated;
import dev.porthole.server.console.pages.JtelinkloginGenerated;
import dev.porthole.server.console.pages.JtenewpasswordGenerated;
import dev.porthole.server.console.pages.JteonwardGenerated;
import dev.porthole.server.console.pages.JteproblemGenerated;
import dev.porthole.server.console.pages.JterecoverycodesGenerated;
import dev.porthole.server.console.pages.JtesecondfactoroffGenerated;
import dev.porthole.server.console.pages.JtesecondfactoronGenerated;
import dev.porthole.server.console.pages.JtesecondfactorsetupGenerated;
import dev.porthole.server.console.pages.JtesecondstepGenerated;
import dev.porthole.server.console.pages.JtesetupGenerated;
import dev.porthole.server.console.pages.JtesigninGenerated;
import dev.porthole.server.console.pages.JtesignoutGenerated;
import gg.jte.html.HtmlInterceptor;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import org.jspecify.annotations.Nullable;

/** Sends pages, with the header fields that keep them from being framed, cached, scripted or told to others. */
public final class Pages {
    private static final HttpString CONTENT_SECURITY_POLICY = new HttpString("Content-Security-Policy");
    private static final HttpString NOSNIFF = new HttpString("X-Content-Type-Options");
    private static final HttpString FRAME_OPTIONS = new HttpString("X-Frame-Options");
    private static final HttpString REFERRER_POLICY = new HttpString("Referrer-Policy");
    private static final HttpString OPENER_POLICY = new HttpString("Cross-Origin-Opener-Policy");
    private static final HttpString RESOURCE_POLICY = new HttpString("Cross-Origin-Resource-Policy");

    private Pages() {}

    /** Sends a page whose forms lead back to this server only. */
    public static void send(HttpServerExchange exchange, int status, Page page) {
        send(exchange, status, page, null);
    }

    /**
     * Sends a page.
     *
     * @param formsMayReach what else a form's answer may redirect to, as a source of the content security policy:
     *     browsers hold the whole chain of redirects to it
     */
    public static void send(HttpServerExchange exchange, int status, Page page, @Nullable String formsMayReach) {
        protect(exchange, formsMayReach);
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/html; charset=utf-8");
        exchange.getResponseSender().send(html(page));
    }

    /** Sends a page of the console, whose own script may run and ask this server. */
    public static void send(HttpServerExchange exchange, int status, View view) {
        protect(exchange, null);
        exchange.getResponseHeaders()
                .put(
                        CONTENT_SECURITY_POLICY,
                        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self';"
                                + " base-uri 'none'; frame-ancestors 'none'; form-action 'self'");
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/html; charset=utf-8");
        StringOutput text = new StringOutput(16 * 1024);
        view.render(new OwaspHtmlTemplateOutput(text));
        exchange.getResponseSender().send(text.toString());
    }

    /** The fields that every answer to a browser carries, redirects as well. */
    public static void protect(HttpServerExchange exchange, @Nullable String formsMayReach) {
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(
                CONTENT_SECURITY_POLICY,
                "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
                        + (formsMayReach == null ? "" : " " + formsMayReach));
        headers.put(NOSNIFF, "nosniff");
        headers.put(FRAME_OPTIONS, "DENY");
        headers.put(REFERRER_POLICY, "no-referrer");
        headers.put(OPENER_POLICY, "same-origin");
        headers.put(RESOURCE_POLICY, "same-origin");
        headers.put(Headers.CACHE_CONTROL, "no-store");
    }

    static String html(Page page) {
        StringOutput text = new StringOutput(4096);
        OwaspHtmlTemplateOutput html = new OwaspHtmlTemplateOutput(text);
        @Nullable HtmlInterceptor none = null;
        switch (page) {
            case Page.SignIn shown -> JtesigninGenerated.render(html, none, shown);
            case Page.Chooser shown -> JtechooserGenerated.render(html, none, shown);
            case Page.Setup shown -> JtesetupGenerated.render(html, none, shown);
            case Page.Problem shown -> JteproblemGenerated.render(html, none, shown);
            case Page.Done shown -> JtedoneGenerated.render(html, none, shown);
            case Page.Consent shown -> JteconsentGenerated.render(html, none, shown);
            case Page.DeviceCode shown -> JtedevicecodeGenerated.render(html, none, shown);
            case Page.DeviceApproval shown -> JtedeviceapprovalGenerated.render(html, none, shown);
            case Page.SignOut shown -> JtesignoutGenerated.render(html, none, shown);
            case Page.SecondStep shown -> JtesecondstepGenerated.render(html, none, shown);
            case Page.SecondFactorOff shown -> JtesecondfactoroffGenerated.render(html, none, shown);
            case Page.SecondFactorSetUp shown -> JtesecondfactorsetupGenerated.render(html, none, shown);
            case Page.RecoveryCodes shown -> JterecoverycodesGenerated.render(html, none, shown);
            case Page.SecondFactorOn shown -> JtesecondfactoronGenerated.render(html, none, shown);
            case Page.Join shown -> JtejoinGenerated.render(html, none, shown);
            case Page.NewPassword shown -> JtenewpasswordGenerated.render(html, none, shown);
            case Page.LinkLogin shown -> JtelinkloginGenerated.render(html, none, shown);
            case Page.Onward shown -> JteonwardGenerated.render(html, none, shown);
        }
        return text.toString();
    }
}
