package dev.porthole.server.pages;

import dev.porthole.core.api.Invitation;
import dev.porthole.core.api.Member;
import dev.porthole.core.api.Page;
import dev.porthole.core.api.Project;
import dev.porthole.core.api.Role;
import dev.porthole.server.console.Form;
import dev.porthole.server.console.Frame;
import dev.porthole.server.console.Question;
import dev.porthole.server.console.Sheet;
import dev.porthole.server.control.ApiRequest;
import dev.porthole.server.control.ApiResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who belongs to a project's organization, and who is invited. */
final class MemberPages {
    private static final String ORGANIZATION = PageCall.API + "/organizations/{organization}";
    static final String MEMBERS = ORGANIZATION + "/members";
    private static final String MEMBER = MEMBERS + "/{user}";
    private static final String INVITATIONS = ORGANIZATION + "/invitations";
    private static final String INVITATION = INVITATIONS + "/{invitation}";
    private static final String AT = "/console/projects/{project}/members";
    private static final List<Form.Option> ROLES = List.of(
            new Form.Option(Role.owner.name(), "Owner: everything"),
            new Form.Option(Role.member.name(), "Member: tunnels, connectors, own keys"),
            new Form.Option(Role.viewer.name(), "Viewer: looking"));

    private MemberPages() {}

    static void mount(Console.Mounting at) {
        at.page(AT, MemberPages::list)
                .page(AT + "/invite", call -> call.show(inviting(call)))
                .form(AT + "/invite", MemberPages::invite)
                .form(AT + "/invitations/{invitation}/delete", MemberPages::withdraw)
                .page(AT + "/{user}", call -> call.show(changing(call)))
                .form(AT + "/{user}", MemberPages::change)
                .page(AT + "/{user}/remove", call -> call.show(removal(call)))
                .form(AT + "/{user}/remove", MemberPages::remove);
    }

    private static String organization(PageCall call) throws NotShownException {
        return call.get(Project.class, PageCall.PROJECT, call.project()).organization().id();
    }

    private static void list(PageCall call) throws NotShownException {
        Frame frame = call.ofProject("members");
        String organization = organization(call);
        Page<Member> members = call.slice(Member.class, MEMBERS, organization);
        List<Sheet.Section> sections = new ArrayList<>();
        sections.add(new Sheet.Table(
                "",
                List.of("Name", "Mail", "Role", "Since"),
                members.items().stream().map(member -> row(call, member)).toList(),
                call.pager(members, call.at("/members")),
                "members",
                "Nobody."));
        // Only owners see who is invited.
        if (call.call(ApiRequest.of("GET", INVITATIONS, organization)) instanceof ApiResult.Done invited) {
            sections.add(new Sheet.Table(
                    "Invitations",
                    List.of("For", "Role", "Made", "Expires"),
                    invited.page(Invitation.class).items().stream()
                            .map(invitation -> row(call, invitation))
                            .toList(),
                    null,
                    "invitations",
                    "Nobody is invited."));
        }
        call.show(new Sheet(
                frame,
                "Members",
                "Everyone here sees all projects of the organization.",
                List.of(Sheet.Go.first("Invite", call.at("/members/invite"))),
                sections));
    }

    private static Sheet.Row row(PageCall call, Member member) {
        String at = call.at("/members/" + member.user());
        return new Sheet.Row(
                List.of(
                        Sheet.Cell.words(member.name()),
                        Sheet.Cell.words(member.email()),
                        new Sheet.Badge(member.role().name(), ""),
                        Sheet.Cell.at(member.since(), "")),
                List.of(
                        new Sheet.Go("Role…", "of " + member.name(), at, ""),
                        new Sheet.Go("Remove…", member.name(), at + "/remove", "bad")));
    }

    private static Sheet.Row row(PageCall call, Invitation invitation) {
        return new Sheet.Row(
                List.of(
                        Sheet.Cell.words(invitation.email() == null ? "whoever has the link" : invitation.email()),
                        new Sheet.Badge(invitation.role().name(), ""),
                        Sheet.Cell.at(invitation.createdAt(), ""),
                        Sheet.Cell.at(invitation.expiresAt(), "")),
                List.of(new Sheet.Send(
                        "Withdraw",
                        "the invitation",
                        call.at("/members/invitations/" + invitation.id() + "/delete"),
                        List.of())));
    }

    private static Form inviting(PageCall call) throws NotShownException {
        return new Form(
                call.ofProject("members"),
                "Invite",
                "You get a link that works once. Send it to the person; nothing is mailed from here.",
                call.at("/members/invite"),
                List.of(
                        Form.Text.optional("email", "For", call.visit().field("email"), "A mail address, to remember by.")
                                .as("email"),
                        new Form.Choice(
                                "role",
                                "As",
                                ROLES,
                                call.visit().field("role").isEmpty()
                                        ? Role.member.name()
                                        : call.visit().field("role"),
                                "")),
                "Make link",
                false,
                call.at("/members"),
                null);
    }

    private static void invite(PageCall call) throws NotShownException {
        Map<String, String> body =
                new LinkedHashMap<>(Map.of("role", call.visit().field("role")));
        if (!call.visit().field("email").isEmpty()) {
            body.put("email", call.visit().field("email"));
        }
        switch (call.call(ApiRequest.of("POST", INVITATIONS, organization(call)).body(body))) {
            case ApiResult.Done done -> {
                Invitation made = done.as(Invitation.class);
                call.show(new Sheet(
                        call.ofProject("members"),
                        "Invitation",
                        "",
                        List.of(Sheet.Go.to("All members", call.at("/members"))),
                        List.of(new Sheet.Once(
                                "",
                                "The link",
                                made.link() == null ? "" : made.link(),
                                "Copy it now: it can't be shown again. It works once, for whoever opens it and signs"
                                        + " in."))));
            }
            case ApiResult.Refused refused ->
                call.show(refused.problem().status(), inviting(call).refused(refused.problem()));
        }
    }

    private static void withdraw(PageCall call) throws NotShownException {
        call.need(ApiRequest.of(
                "DELETE", INVITATION, organization(call), call.visit().path("invitation")));
        call.done(call.at("/members"), Said.INVITATION_DELETED);
    }

    private static Member member(PageCall call) throws NotShownException {
        String wanted = call.visit().path("user");
        String organization = organization(call);
        String cursor = "";
        do {
            Page<Member> some = call.list(
                    Member.class,
                    ApiRequest.of("GET", MEMBERS, organization)
                            .query("limit", "200")
                            .query("cursor", cursor));
            for (Member member : some.items()) {
                if (member.user().equals(wanted)) {
                    return member;
                }
            }
            cursor = some.next() == null ? "" : some.next();
        } while (!cursor.isEmpty());
        throw NotShownException.missing("member");
    }

    private static Form changing(PageCall call) throws NotShownException {
        Member member = member(call);
        return new Form(
                call.ofProject("members"),
                "Role of " + member.name(),
                "",
                call.at("/members/" + member.user()),
                List.of(new Form.Choice("role", "Role", ROLES, member.role().name(), "")),
                "Save",
                false,
                call.at("/members"),
                null);
    }

    private static void change(PageCall call) throws NotShownException {
        ApiRequest request = ApiRequest.of("PATCH", MEMBER, organization(call), call.visit().path("user"))
                .body(Map.of("role", call.visit().field("role")));
        switch (call.call(request)) {
            case ApiResult.Done _ -> call.done(call.at("/members"), Said.MEMBER_CHANGED);
            case ApiResult.Refused refused ->
                call.show(refused.problem().status(), changing(call).refused(refused.problem()));
        }
    }

    private static Question removal(PageCall call) throws NotShownException {
        Member member = member(call);
        return Question.of(
                call.ofProject("members"),
                "Remove " + member.name() + "?",
                List.of("They see nothing of this organization from now on. What they made stays."),
                call.at("/members/" + member.user() + "/remove"),
                "Remove member",
                call.at("/members"));
    }

    private static void remove(PageCall call) throws NotShownException {
        switch (call.call(
                ApiRequest.of("DELETE", MEMBER, organization(call), call.visit().path("user")))) {
            case ApiResult.Done _ -> call.done(call.at("/members"), Said.MEMBER_REMOVED);
            case ApiResult.Refused refused ->
                call.show(refused.problem().status(), removal(call).failed(Problems.line(refused.problem())));
        }
    }
}
