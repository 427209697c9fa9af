-- Who owns what, what is shared, who carries it, and what happened. Times are milliseconds since 1970 in UTC.
-- The twin of SQLite's file with the same name.

CREATE TABLE users (
    id               TEXT    NOT NULL PRIMARY KEY,
    provider         TEXT    NOT NULL,
    provider_subject TEXT    NOT NULL,
    name             TEXT    NOT NULL,
    email            TEXT,
    password_hash    TEXT,
    administrator    BOOLEAN NOT NULL,
    active           BOOLEAN NOT NULL,
    created_at       BIGINT  NOT NULL,
    UNIQUE (provider, provider_subject)
);

-- personal_of: the user whose first sign-in made it; unique, so that two first sign-ins at once make one.
CREATE TABLE organizations (
    id          TEXT   NOT NULL PRIMARY KEY,
    name        TEXT   NOT NULL,
    personal_of TEXT UNIQUE REFERENCES users (id),
    created_at  BIGINT NOT NULL
);

CREATE TABLE memberships (
    organization_id TEXT   NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    user_id         TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role            TEXT   NOT NULL CHECK (role IN ('owner', 'member')),
    created_at      BIGINT NOT NULL,
    PRIMARY KEY (organization_id, user_id)
);
CREATE INDEX memberships_by_user ON memberships (user_id);

-- last_sequence: of this project's outbox; it is counted here, in the same transaction, so it has no gaps.
CREATE TABLE projects (
    id              TEXT   NOT NULL PRIMARY KEY,
    organization_id TEXT   NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    name            TEXT   NOT NULL,
    last_sequence   BIGINT NOT NULL DEFAULT 0,
    created_at      BIGINT NOT NULL
);
CREATE INDEX projects_by_organization ON projects (organization_id);

CREATE TABLE connectors (
    id            TEXT   NOT NULL PRIMARY KEY,
    project_id    TEXT   NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    kind          TEXT   NOT NULL CHECK (kind IN ('managed', 'external')),
    name          TEXT   NOT NULL,
    device        TEXT,
    last_seen_at  BIGINT,
    agent_version TEXT,
    created_at    BIGINT NOT NULL,
    UNIQUE (project_id, device)
);

-- One running agent of a connector and its lease.
CREATE TABLE connector_instances (
    connector_id  TEXT   NOT NULL REFERENCES connectors (id) ON DELETE CASCADE,
    instance      TEXT   NOT NULL,
    agent_version TEXT   NOT NULL,
    expires_at    BIGINT NOT NULL,
    PRIMARY KEY (connector_id, instance)
);

CREATE TABLE tunnels (
    id             TEXT    NOT NULL PRIMARY KEY,
    project_id     TEXT    NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    name           TEXT    NOT NULL UNIQUE,
    label          TEXT    NOT NULL,
    endpoint       TEXT    NOT NULL,
    host_header    TEXT    NOT NULL CHECK (host_header IN ('visitor', 'localhost')),
    enabled        BOOLEAN NOT NULL,
    connector_id   TEXT REFERENCES connectors (id) ON DELETE SET NULL,
    conditions     TEXT    NOT NULL,
    version        BIGINT  NOT NULL,
    created_at     BIGINT  NOT NULL,
    expires_at     BIGINT,
    last_active_at BIGINT,
    UNIQUE (project_id, endpoint)
);
CREATE INDEX tunnels_by_connector ON tunnels (connector_id);

-- What the event stream tells, in each project's own order. data: the resource after the change; null when it is gone.
CREATE TABLE outbox (
    project_id TEXT   NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    sequence   BIGINT NOT NULL,
    type       TEXT   NOT NULL,
    resource   TEXT   NOT NULL,
    data       TEXT,
    at         BIGINT NOT NULL,
    PRIMARY KEY (project_id, sequence)
);

-- Outlives what it names, so nothing here is a reference.
CREATE TABLE audit (
    id         TEXT   NOT NULL PRIMARY KEY,
    project_id TEXT,
    actor      TEXT   NOT NULL,
    action     TEXT   NOT NULL,
    resource   TEXT   NOT NULL,
    address    TEXT,
    detail     TEXT,
    at         BIGINT NOT NULL
);
CREATE INDEX audit_by_project ON audit (project_id, at);

-- Answers to creations that carried an Idempotency-Key, for repeating them.
CREATE TABLE idempotency_keys (
    owner       TEXT   NOT NULL,
    key         TEXT   NOT NULL,
    fingerprint TEXT   NOT NULL,
    status      INT    NOT NULL,
    body        TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (owner, key)
);
