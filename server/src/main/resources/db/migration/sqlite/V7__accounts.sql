-- Ways to sign in besides a password, what stands between, and what people are told of their sign-ins. Secrets are here
-- as SHA-256 only; seeds are sealed with the data folder's secret.key.

ALTER TABLE users ADD COLUMN last_sign_in_at BIGINT;

-- id: what the session is called; its secret is in the browser alone. client: the browser, in a few words.
ALTER TABLE browser_sessions ADD COLUMN id TEXT;
ALTER TABLE browser_sessions ADD COLUMN address TEXT;
ALTER TABLE browser_sessions ADD COLUMN client TEXT;
UPDATE browser_sessions SET id = 'ses_' || substr(hash, 1, 22);
CREATE UNIQUE INDEX browser_sessions_by_id ON browser_sessions (id);
CREATE INDEX browser_sessions_by_user ON browser_sessions (user_id);

-- Accounts of elsewhere that sign in to an account of here, besides the one that it was made from.
CREATE TABLE logins (
    id           TEXT   NOT NULL PRIMARY KEY,
    user_id      TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    provider     TEXT   NOT NULL,
    subject      TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    email        TEXT,
    created_at   BIGINT NOT NULL,
    last_used_at BIGINT,
    UNIQUE (provider, subject)
);
CREATE INDEX logins_by_user ON logins (user_id);

-- On its way to a provider and back. The state is the browser's and the provider's; what PKCE and the ID token need
-- follows from it. browser: the one that may come back with it. target: where it goes then.
CREATE TABLE provider_attempts (
    state      TEXT   NOT NULL PRIMARY KEY,
    browser    TEXT   NOT NULL,
    provider   TEXT   NOT NULL,
    target     TEXT   NOT NULL,
    link_to    TEXT REFERENCES users (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL
);

-- confirmed_at: null until a first code was right. last_step: the newest time step whose code was used (RFC 6238, 5.2).
CREATE TABLE second_factors (
    user_id      TEXT   NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    sealed       BLOB   NOT NULL,
    last_step    BIGINT NOT NULL,
    begun_at     BIGINT NOT NULL,
    confirmed_at BIGINT
);

-- A used one is gone.
CREATE TABLE recovery_codes (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    hash    TEXT NOT NULL,
    PRIMARY KEY (user_id, hash)
);

-- Who has given the first factor and owes the second.
CREATE TABLE second_steps (
    hash       TEXT   NOT NULL PRIMARY KEY,
    user_id    TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    attempts   INT    NOT NULL,
    expires_at BIGINT NOT NULL
);

-- Links for one use: to make an account (user_id is null), or to choose a new password.
CREATE TABLE account_links (
    hash          TEXT    NOT NULL PRIMARY KEY,
    user_id       TEXT REFERENCES users (id) ON DELETE CASCADE,
    administrator BOOLEAN NOT NULL,
    made_by       TEXT    NOT NULL,
    created_at    BIGINT  NOT NULL,
    expires_at    BIGINT  NOT NULL
);
