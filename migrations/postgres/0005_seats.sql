-- Who sits in the local room: a name, and the digest of the cookie it is bound to. A seat goes with its member.
CREATE TABLE seats (
    workspace_id uuid NOT NULL,
    digest text COLLATE "C" NOT NULL,
    member_id uuid NOT NULL,
    lead boolean NOT NULL DEFAULT FALSE,
    taken_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, digest),
    FOREIGN KEY (workspace_id, member_id) REFERENCES members ON DELETE CASCADE
);
CREATE UNIQUE INDEX seats_member ON seats (workspace_id, member_id);

-- A member's own cards, read back for their page.
CREATE INDEX inbox_member ON inbox (workspace_id, member_id, at) WHERE turn IS NOT NULL;
CREATE INDEX outbox_audience ON outbox (workspace_id, audience, id) WHERE audience IS NOT NULL;
