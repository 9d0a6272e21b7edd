-- What stands in the way of what is to be said: in which channel, in which of its threads (none is ''), by which verb. A row goes when
-- something is said there again, or when the channel is given up.
CREATE TABLE troubles (
    workspace_id BLOB NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    channel TEXT NOT NULL,
    thread TEXT NOT NULL,
    verb TEXT NOT NULL,
    why TEXT NOT NULL,
    cure TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, channel, thread, verb)
) STRICT;

-- How often something stood in a row's way since it was last sent.
ALTER TABLE outbox ADD COLUMN blocked INTEGER NOT NULL DEFAULT 0;

-- Why a schedule's channel was given up; it waits for another one.
ALTER TABLE schedules ADD COLUMN lost TEXT;

-- What was said and is to be said about a round.
CREATE INDEX outbox_round ON outbox (workspace_id, round_id) WHERE round_id IS NOT NULL;
