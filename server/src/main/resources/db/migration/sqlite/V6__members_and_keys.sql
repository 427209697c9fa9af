-- Roles get a third one. A column with a check can't be changed, only replaced.
ALTER TABLE memberships ADD COLUMN standing TEXT NOT NULL DEFAULT 'member'
    CHECK (standing IN ('owner', 'member', 'viewer'));
UPDATE memberships SET standing = role;
ALTER TABLE memberships DROP COLUMN role;
ALTER TABLE memberships RENAME COLUMN standing TO role;

-- hash: of the link's secret. A row goes when its invitation is accepted or withdrawn.
CREATE TABLE invitations (
    id              TEXT   NOT NULL PRIMARY KEY,
    hash            TEXT   NOT NULL UNIQUE,
    organization_id TEXT   NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    role            TEXT   NOT NULL CHECK (role IN ('owner', 'member', 'viewer')),
    email           TEXT,
    invited_by      TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at      BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL
);
CREATE INDEX invitations_by_organization ON invitations (organization_id);

-- tunnel_id: the only tunnel that the key reaches. successor: the key that took its place when it was rotated.
ALTER TABLE api_keys ADD COLUMN tunnel_id TEXT REFERENCES tunnels (id) ON DELETE CASCADE;
ALTER TABLE api_keys ADD COLUMN last_used_at BIGINT;
ALTER TABLE api_keys ADD COLUMN successor TEXT;
CREATE INDEX api_keys_by_tunnel ON api_keys (tunnel_id);

-- metadata: a JSON object of texts. created_by: whose quota it counts for; the tunnel outlives the account.
ALTER TABLE tunnels ADD COLUMN metadata TEXT NOT NULL DEFAULT '{}';
ALTER TABLE tunnels ADD COLUMN created_by TEXT;
CREATE INDEX tunnels_by_creator ON tunnels (created_by);
