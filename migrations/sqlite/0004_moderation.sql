-- The questions that a lead put first for a schedule, in this order.
CREATE TABLE queued (
    workspace_id BLOB NOT NULL,
    schedule_id BLOB NOT NULL,
    question_id TEXT NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, schedule_id, question_id),
    FOREIGN KEY (workspace_id, schedule_id) REFERENCES schedules ON DELETE CASCADE
) STRICT;

-- The questions that nothing in a workspace draws any more.
CREATE TABLE retired (
    workspace_id BLOB NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    pack TEXT NOT NULL,
    question_id TEXT NOT NULL,
    reason TEXT,
    at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, pack, question_id)
) STRICT;

-- What a muted member writes in threads is no answer, and nothing of theirs is quoted.
ALTER TABLE members ADD COLUMN muted INTEGER NOT NULL DEFAULT FALSE CHECK (muted IN (0, 1));

-- The times at which a lead took out what the member had said to the round by then: it counts for nothing.
ALTER TABLE participations ADD COLUMN taken_out TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(taken_out));
