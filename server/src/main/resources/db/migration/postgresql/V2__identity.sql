-- Who may call, and by what. Secrets are here as SHA-256 only; keys are sealed with the data folder's secret.key.

-- Everything that gives a right over time and can be ended: a sign-in with its refresh tokens (family), an API key, an
-- external connector's credential. What hangs below asks this table whether it still lives.
CREATE TABLE credentials (
    id            TEXT   NOT NULL PRIMARY KEY,
    kind          TEXT   NOT NULL CHECK (kind IN ('family', 'api_key', 'connector')),
    user_id       TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at    BIGINT NOT NULL,
    ended_at      BIGINT,
    ended_because TEXT
);
CREATE INDEX credentials_by_user ON credentials (user_id);

-- family: what the first use gave; a second use ends it.
CREATE TABLE authorization_codes (
    hash         TEXT   NOT NULL PRIMARY KEY,
    user_id      TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    client_id    TEXT   NOT NULL,
    redirect_uri TEXT   NOT NULL,
    challenge    TEXT   NOT NULL,
    nonce        TEXT,
    scope        TEXT   NOT NULL,
    signed_in_at BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    used_at      BIGINT,
    family       TEXT REFERENCES credentials (id) ON DELETE CASCADE
);

CREATE TABLE refresh_tokens (
    hash         TEXT   NOT NULL PRIMARY KEY,
    family       TEXT   NOT NULL REFERENCES credentials (id) ON DELETE CASCADE,
    client_id    TEXT   NOT NULL,
    scope        TEXT   NOT NULL,
    signed_in_at BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    rotated_at   BIGINT
);
CREATE INDEX refresh_tokens_by_family ON refresh_tokens (family);

CREATE TABLE browser_sessions (
    hash         TEXT   NOT NULL PRIMARY KEY,
    user_id      TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    signed_in_at BIGINT NOT NULL,
    seen_at      BIGINT NOT NULL
);

CREATE TABLE api_keys (
    id         TEXT   NOT NULL PRIMARY KEY REFERENCES credentials (id) ON DELETE CASCADE,
    hash       TEXT   NOT NULL UNIQUE,
    prefix     TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    project_id TEXT   NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    scopes     TEXT   NOT NULL,
    expires_at BIGINT
);
CREATE INDEX api_keys_by_project ON api_keys (project_id);

CREATE TABLE connect_tokens (
    hash         TEXT   NOT NULL PRIMARY KEY,
    connector_id TEXT   NOT NULL REFERENCES connectors (id) ON DELETE CASCADE,
    project_id   TEXT   NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    parent       TEXT   NOT NULL REFERENCES credentials (id) ON DELETE CASCADE,
    expires_at   BIGINT NOT NULL
);
CREATE INDEX connect_tokens_by_parent ON connect_tokens (parent);

CREATE TABLE signing_keys (
    kid        TEXT   NOT NULL PRIMARY KEY,
    sealed     BYTEA  NOT NULL,
    created_at BIGINT NOT NULL
);

-- The key that successors of refresh tokens and form tokens are derived with.
CREATE TABLE derivation_keys (
    name   TEXT NOT NULL PRIMARY KEY,
    sealed BYTEA NOT NULL
);
