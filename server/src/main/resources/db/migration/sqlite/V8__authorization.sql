-- Programs of others that people may sign in to with their account here (redirect_uris: one a line), and resource
-- servers, which have a secret, may ask what an access token is worth, and get no tokens themselves.
CREATE TABLE oauth_clients (
    id            TEXT   NOT NULL PRIMARY KEY,
    name          TEXT   NOT NULL,
    redirect_uris TEXT   NOT NULL,
    secret_hash   TEXT,
    created_at    BIGINT NOT NULL
);

-- What a person has allowed a program: it is not asked again.
CREATE TABLE oauth_consents (
    user_id    TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    client_id  TEXT   NOT NULL REFERENCES oauth_clients (id) ON DELETE CASCADE,
    scope      TEXT   NOT NULL,
    granted_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, client_id)
);

-- Sign-ins that are typed in on another device (RFC 8628). The user code is short, so its hash is a keyed one.
CREATE TABLE device_codes (
    hash             TEXT   NOT NULL PRIMARY KEY,
    user_code_hash   TEXT   NOT NULL UNIQUE,
    client_id        TEXT   NOT NULL,
    scope            TEXT   NOT NULL,
    address          TEXT   NOT NULL,
    created_at       BIGINT NOT NULL,
    expires_at       BIGINT NOT NULL,
    interval_seconds INT    NOT NULL,
    polled_at        BIGINT,
    denied_at        BIGINT,
    user_id          TEXT REFERENCES users (id) ON DELETE CASCADE,
    signed_in_at     BIGINT,
    used_at          BIGINT,
    family           TEXT REFERENCES credentials (id) ON DELETE CASCADE
);
CREATE INDEX device_codes_by_expiry ON device_codes (expires_at);
