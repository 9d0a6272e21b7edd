-- What stands in the way of what is to be said: in which channel, in which of its threads (none is ''), by which verb. A row goes when
-- something is said there again, or when the channel is given up.
CREATE TABLE troubles (
    workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    channel text COLLATE "C" NOT NULL,
    thread text COLLATE "C" NOT NULL,
    verb text COLLATE "C" NOT NULL,
    why text COLLATE "C" NOT NULL,
    cure text COLLATE "C" NOT NULL,
    since timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, channel, thread, verb)
);

-- How often something stood in a row's way since it was last sent.
ALTER TABLE outbox ADD COLUMN blocked bigint NOT NULL DEFAULT 0;

-- Why a schedule's channel was given up; it waits for another one.
ALTER TABLE schedules ADD COLUMN lost text COLLATE "C";

-- What was said and is to be said about a round.
CREATE INDEX outbox_round ON outbox (workspace_id, round_id) WHERE round_id IS NOT NULL;
