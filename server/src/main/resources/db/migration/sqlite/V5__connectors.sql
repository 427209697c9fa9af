-- External connectors' own credentials, what the audit trail says of names and credentials, and quick shares.

-- A connector's credential is one row of credentials, which ends it; this is its secret's hash and what it is known by.
CREATE TABLE connector_credentials (
    id           TEXT   NOT NULL PRIMARY KEY REFERENCES credentials (id) ON DELETE CASCADE,
    hash         TEXT   NOT NULL UNIQUE,
    prefix       TEXT   NOT NULL,
    connector_id TEXT   NOT NULL REFERENCES connectors (id) ON DELETE CASCADE,
    last_used_at BIGINT
);
CREATE INDEX connector_credentials_by_connector ON connector_credentials (connector_id);

-- actor_name: what the actor was called then, because entries outlive what they name. credential: what the actor showed.
ALTER TABLE audit ADD COLUMN actor_name TEXT;
ALTER TABLE audit ADD COLUMN credential TEXT;
UPDATE audit SET actor_name = COALESCE(
    (SELECT name FROM users WHERE users.id = audit.actor),
    (SELECT name FROM api_keys WHERE api_keys.id = audit.actor),
    (SELECT name FROM connectors WHERE connectors.id = audit.actor));
CREATE INDEX audit_by_time ON audit (at, id);
CREATE INDEX audit_by_actor ON audit (actor, at);
CREATE INDEX audit_by_resource ON audit (resource, at);

-- quick: a share for now, which goes by itself when it has not been carried for a day.
ALTER TABLE tunnels ADD COLUMN quick BOOLEAN NOT NULL DEFAULT FALSE;
