CREATE TABLE api_keys (
    id         TEXT   NOT NULL PRIMARY KEY REFERENCES credentials (id) ON DELETE CASCADE,
    hash       TEXT   NOT NULL UNIQUE,
    prefix     TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    project_id TEXT   NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    scopes     TEXT   NOT NULL,
    expires_at BIGINT
);
INSERT INTO "api_keys" VALUES('key_1','key-hash','phk_abcd','server token','prj_1','tunnels:read',NULL);
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
INSERT INTO "audit" VALUES('aud_1','prj_1','usr_1','tunnel.created','tun_1','192.0.2.7',NULL,1790000000008);
INSERT INTO "audit" VALUES('aud_2',NULL,'server','server.started','server',NULL,'a line',1790000000000);
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
INSERT INTO "authorization_codes" VALUES('code-hash','usr_1','porthole-desktop','http://127.0.0.1/callback','challenge',NULL,'openid',1790000000011,1790000060011,1790000000012,'fam_1');
CREATE TABLE browser_sessions (
    hash         TEXT   NOT NULL PRIMARY KEY,
    user_id      TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    signed_in_at BIGINT NOT NULL,
    seen_at      BIGINT NOT NULL
);
INSERT INTO "browser_sessions" VALUES('session-hash','usr_1',1790000000011,1790000000014);
CREATE TABLE connect_tokens (
    hash         TEXT   NOT NULL PRIMARY KEY,
    connector_id TEXT   NOT NULL REFERENCES connectors (id) ON DELETE CASCADE,
    project_id   TEXT   NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    parent       TEXT   NOT NULL REFERENCES credentials (id) ON DELETE CASCADE,
    expires_at   BIGINT NOT NULL
);
INSERT INTO "connect_tokens" VALUES('connect-hash','con_1','prj_1','fam_1',1990000000000);
CREATE TABLE connector_instances (
    connector_id  TEXT   NOT NULL REFERENCES connectors (id) ON DELETE CASCADE,
    instance      TEXT   NOT NULL,
    agent_version TEXT   NOT NULL,
    expires_at    BIGINT NOT NULL,
    PRIMARY KEY (connector_id, instance)
);
INSERT INTO "connector_instances" VALUES('con_1','one','0.1.0',1790000030006);
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
INSERT INTO "connectors" VALUES('con_1','prj_1','managed','Laptop','dev_1',1790000000006,'0.1.0',1790000000005);
INSERT INTO "connectors" VALUES('con_2','prj_1','external','Server',NULL,NULL,NULL,1790000000007);
CREATE TABLE credentials (
    id            TEXT   NOT NULL PRIMARY KEY,
    kind          TEXT   NOT NULL CHECK (kind IN ('family', 'api_key', 'connector')),
    user_id       TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at    BIGINT NOT NULL,
    ended_at      BIGINT,
    ended_because TEXT
);
INSERT INTO "credentials" VALUES('fam_1','family','usr_1',1790000000011,NULL,NULL);
INSERT INTO "credentials" VALUES('key_1','api_key','usr_1',1790000000012,NULL,NULL);
INSERT INTO "credentials" VALUES('key_2','api_key','usr_1',1790000000012,1790000000013,'revoked');
CREATE TABLE derivation_keys (
    name   TEXT NOT NULL PRIMARY KEY,
    sealed BLOB NOT NULL
);
INSERT INTO "derivation_keys" VALUES('successors',X'0304FE');
CREATE TABLE "flyway_schema_history" (
    "installed_rank" INT NOT NULL PRIMARY KEY,
    "version" VARCHAR(50),
    "description" VARCHAR(200) NOT NULL,
    "type" VARCHAR(20) NOT NULL,
    "script" VARCHAR(1000) NOT NULL,
    "checksum" INT,
    "installed_by" VARCHAR(100) NOT NULL,
    "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')),
    "execution_time" INT NOT NULL,
    "success" BOOLEAN NOT NULL
);
INSERT INTO "flyway_schema_history" VALUES(1,'1','house','SQL','V1__house.sql',1696270046,'','2026-11-28 04:52:06.381',2,1);
INSERT INTO "flyway_schema_history" VALUES(2,'2','identity','SQL','V2__identity.sql',-307274598,'','2026-11-28 04:52:06.410',7,1);
INSERT INTO "flyway_schema_history" VALUES(3,'3','host names','SQL','V3__host_names.sql',-1744796260,'','2026-11-28 04:52:06.441',8,1);
INSERT INTO "flyway_schema_history" VALUES(4,'4','ports','SQL','V4__ports.sql',-14990689,'','2026-11-28 04:52:06.506',6,1);
CREATE TABLE idempotency_keys (
    owner       TEXT   NOT NULL,
    key         TEXT   NOT NULL,
    fingerprint TEXT   NOT NULL,
    status      INT    NOT NULL,
    body        TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (owner, key)
);
INSERT INTO "idempotency_keys" VALUES('usr_1','once','print',201,'{}',1790000000008);
CREATE TABLE memberships (
    organization_id TEXT   NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    user_id         TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role            TEXT   NOT NULL CHECK (role IN ('owner', 'member')),
    created_at      BIGINT NOT NULL,
    PRIMARY KEY (organization_id, user_id)
);
INSERT INTO "memberships" VALUES('org_1','usr_1','owner',1790000000003);
INSERT INTO "memberships" VALUES('org_1','usr_2','member',1790000000004);
CREATE TABLE organizations (
    id          TEXT   NOT NULL PRIMARY KEY,
    name        TEXT   NOT NULL,
    personal_of TEXT UNIQUE REFERENCES users (id),
    created_at  BIGINT NOT NULL
);
INSERT INTO "organizations" VALUES('org_1','Ada','usr_1',1790000000003);
CREATE TABLE outbox (
    project_id TEXT   NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    sequence   BIGINT NOT NULL,
    type       TEXT   NOT NULL,
    resource   TEXT   NOT NULL,
    data       TEXT,
    at         BIGINT NOT NULL,
    PRIMARY KEY (project_id, sequence)
);
INSERT INTO "outbox" VALUES('prj_1',1,'tunnel.created','tun_1','{"id":"tun_1"}',1790000000008);
INSERT INTO "outbox" VALUES('prj_1',2,'tunnel.deleted','tun_9',NULL,1790000000010);
CREATE TABLE projects (
    id              TEXT   NOT NULL PRIMARY KEY,
    organization_id TEXT   NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    name            TEXT   NOT NULL,
    last_sequence   BIGINT NOT NULL DEFAULT 0,
    created_at      BIGINT NOT NULL
);
INSERT INTO "projects" VALUES('prj_1','org_1','Ada''s project',2,1790000000005);
CREATE TABLE refresh_tokens (
    hash         TEXT   NOT NULL PRIMARY KEY,
    family       TEXT   NOT NULL REFERENCES credentials (id) ON DELETE CASCADE,
    client_id    TEXT   NOT NULL,
    scope        TEXT   NOT NULL,
    signed_in_at BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    rotated_at   BIGINT
);
INSERT INTO "refresh_tokens" VALUES('refresh-hash','fam_1','porthole-desktop','openid',1790000000011,1990000000000,NULL);
CREATE TABLE signing_keys (
    kid        TEXT   NOT NULL PRIMARY KEY,
    sealed     BLOB   NOT NULL,
    created_at BIGINT NOT NULL
);
INSERT INTO "signing_keys" VALUES('kid-1',X'0102FF',1790000000015);
CREATE TABLE tunnels (
    id             TEXT    NOT NULL PRIMARY KEY,
    project_id     TEXT    NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    name           TEXT    NOT NULL UNIQUE,
    label          TEXT    NOT NULL,
    endpoint       TEXT    NOT NULL,
    enabled        BOOLEAN NOT NULL,
    connector_id   TEXT REFERENCES connectors (id) ON DELETE SET NULL,
    conditions     TEXT    NOT NULL,
    version        BIGINT  NOT NULL,
    created_at     BIGINT  NOT NULL,
    expires_at     BIGINT,
    last_active_at BIGINT, host_header TEXT NOT NULL DEFAULT 'visitor', port INT, visible_in_network BOOLEAN NOT NULL DEFAULT FALSE,
    UNIQUE (project_id, endpoint)
);
INSERT INTO "tunnels" VALUES('tun_1','prj_1','brave-otter-sings','Shop','http://localhost:3000',1,'con_1','[{"type":"Accepted","status":"True","reason":"Accepted","message":"","since":"2026-11-20T10:00:00Z"}]',3,1790000000008,NULL,1790000000009,'shop.test',20001,1);
INSERT INTO "tunnels" VALUES('tun_2','prj_1','calm-lynx-reads','Other','http://localhost:3001',0,NULL,'[]',1,1790000000010,1990000000000,NULL,'visitor',NULL,0);
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
INSERT INTO "users" VALUES('usr_1','local','ada','Ada','ada@example.com','argon2-of-a-password',1,1,1790000000001);
INSERT INTO "users" VALUES('usr_2','github','4711','Bob',NULL,NULL,0,1,1790000000002);
CREATE INDEX "flyway_schema_history_s_idx" ON "flyway_schema_history" ("success");
CREATE INDEX memberships_by_user ON memberships (user_id);
CREATE INDEX projects_by_organization ON projects (organization_id);
CREATE INDEX tunnels_by_connector ON tunnels (connector_id);
CREATE INDEX audit_by_project ON audit (project_id, at);
CREATE INDEX credentials_by_user ON credentials (user_id);
CREATE INDEX refresh_tokens_by_family ON refresh_tokens (family);
CREATE INDEX api_keys_by_project ON api_keys (project_id);
CREATE INDEX connect_tokens_by_parent ON connect_tokens (parent);
CREATE UNIQUE INDEX tunnels_by_port ON tunnels (port);
