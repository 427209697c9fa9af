package dev.porthole.server.store;

import dev.porthole.core.api.UserAccount;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

final class SqlUsers implements Users {
    private static final RowMapper<Account> ROW = (row, context) -> new Account(
            row.getString("id"),
            row.getString("provider"),
            row.getString("provider_subject"),
            row.getString("name"),
            row.getString("email"),
            row.getString("password_hash"),
            row.getBoolean("administrator"),
            row.getBoolean("active"),
            Columns.instant(row, "created_at"));

    private static final RowMapper<UserAccount> SEEN = (row, context) -> new UserAccount(
            row.getString("id"),
            row.getString("provider"),
            row.getString("name"),
            row.getString("email"),
            row.getBoolean("administrator"),
            row.getBoolean("active"),
            Columns.instant(row, "created_at"),
            Columns.maybeInstant(row, "last_sign_in_at"));

    @Override
    public void insert(Handle handle, Account account) {
        handle.createUpdate("INSERT INTO users (id, provider, provider_subject, name, email, password_hash,"
                        + " administrator, active, created_at) VALUES (:id, :provider, :subject, :name, :email, :hash,"
                        + " :administrator, :active, :createdAt)")
                .bind("id", account.id())
                .bind("provider", account.provider())
                .bind("subject", account.subject())
                .bind("name", account.name())
                .bind("email", account.email())
                .bind("hash", account.passwordHash())
                .bind("administrator", account.administrator())
                .bind("active", account.active())
                .bind("createdAt", account.createdAt().toEpochMilli())
                .execute();
    }

    @Override
    public Optional<Account> find(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM users WHERE id = :id")
                .bind("id", id)
                .map(ROW)
                .findOne();
    }

    @Override
    public Optional<Account> findBySubject(Handle handle, String provider, String subject) {
        return handle.createQuery("SELECT * FROM users WHERE provider = :provider AND provider_subject = :subject")
                .bind("provider", provider)
                .bind("subject", subject)
                .map(ROW)
                .findOne();
    }

    @Override
    public long count(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM users")
                .mapTo(Long.class)
                .one();
    }

    @Override
    public List<UserAccount> list(Handle handle, Slice slice) {
        return handle.createQuery("SELECT * FROM users WHERE 1 = 1" + Slice.ORDER)
                .bind("afterTime", slice.afterTime())
                .bind("afterId", slice.afterId())
                .bind("limit", slice.limit())
                .map(SEEN)
                .list();
    }

    @Override
    public Optional<UserAccount> account(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM users WHERE id = :id")
                .bind("id", id)
                .map(SEEN)
                .findOne();
    }

    @Override
    public void setActive(Handle handle, String id, boolean active) {
        handle.execute("UPDATE users SET active = ? WHERE id = ?", active, id);
    }

    @Override
    public void setAdministrator(Handle handle, String id, boolean administrator) {
        handle.execute("UPDATE users SET administrator = ? WHERE id = ?", administrator, id);
    }

    @Override
    public long activeAdministrators(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM users WHERE active AND administrator")
                .mapTo(Long.class)
                .one();
    }

    @Override
    public void delete(Handle handle, String id) {
        // An organization that has other owners outlives whose first sign-in made it.
        handle.execute("UPDATE organizations SET personal_of = NULL WHERE personal_of = ?", id);
        handle.execute("DELETE FROM users WHERE id = ?", id);
    }

    @Override
    public List<String> soleOrganizations(Handle handle, String user) {
        return handle.createQuery("SELECT m.organization_id FROM memberships m WHERE m.user_id = :user"
                        + " AND m.role = 'owner' AND NOT EXISTS (SELECT 1 FROM memberships o"
                        + " WHERE o.organization_id = m.organization_id AND o.role = 'owner'"
                        + " AND o.user_id <> m.user_id) ORDER BY m.organization_id")
                .bind("user", user)
                .mapTo(String.class)
                .list();
    }

    @Override
    public List<String> projectsOf(Handle handle, String organization) {
        return handle.createQuery("SELECT id FROM projects WHERE organization_id = ? ORDER BY created_at, id")
                .bind(0, organization)
                .mapTo(String.class)
                .list();
    }

    @Override
    public void deleteOrganization(Handle handle, String id) {
        handle.execute("DELETE FROM projects WHERE organization_id = ?", id);
        handle.execute("DELETE FROM organizations WHERE id = ?", id);
    }
}
