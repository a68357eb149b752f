-- The keys by which callers are known. A key's secret part is stored as its SHA-256 only: it is 32 random bytes, so
-- there is nothing that a slow hash would protect. Keys are revoked, not deleted: recorded_by names their principals.

CREATE TABLE nba_orchestration.api_keys (
    id          text        NOT NULL, -- the part of the key that is no secret
    name        text        NOT NULL, -- the principal; two keys of one name are one caller, who changes from one to the other
    scopes      text[]      NOT NULL, -- record, read, operate
    phases      text[]      NOT NULL, -- the phases that it may record; empty: all
    processors  text[]      NOT NULL, -- the processors that it may record; empty: all
    secret_hash bytea       NOT NULL, -- SHA-256 of the secret part
    created_at  timestamptz NOT NULL, -- by the database's clock
    created_by  text        NOT NULL, -- the principal that made it
    expires_at  timestamptz,          -- from then on it is worth nothing; null: never
    revoked_at  timestamptz,          -- since when it is worth nothing; null: it was not revoked
    revoked_by  text,                 -- the principal that revoked it

    CONSTRAINT api_keys_pkey PRIMARY KEY (id),
    CONSTRAINT key_scopes_known CHECK (scopes <@ ARRAY['record', 'read', 'operate'] AND cardinality(scopes) > 0),
    CONSTRAINT key_secret_hashed CHECK (octet_length(secret_hash) = 32),
    CONSTRAINT key_expires_after_creation CHECK (expires_at > created_at),
    CONSTRAINT key_revoked_by_somebody CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
