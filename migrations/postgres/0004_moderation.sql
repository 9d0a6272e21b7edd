-- The questions that a lead put first for a schedule, in this order.
CREATE TABLE queued (
    workspace_id uuid NOT NULL,
    schedule_id uuid NOT NULL,
    question_id text COLLATE "C" NOT NULL,
    place bigint NOT NULL,
    PRIMARY KEY (workspace_id, schedule_id, question_id),
    FOREIGN KEY (workspace_id, schedule_id) REFERENCES schedules ON DELETE CASCADE
);

-- The questions that nothing in a workspace draws any more.
CREATE TABLE retired (
    workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    pack text COLLATE "C" NOT NULL,
    question_id text COLLATE "C" NOT NULL,
    reason text COLLATE "C",
    at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, pack, question_id)
);

-- What a muted member writes in threads is no answer, and nothing of theirs is quoted.
ALTER TABLE members ADD COLUMN muted boolean NOT NULL DEFAULT FALSE;

-- The times at which a lead took out what the member had said to the round by then: it counts for nothing.
ALTER TABLE participations ADD COLUMN taken_out jsonb NOT NULL DEFAULT '[]';
