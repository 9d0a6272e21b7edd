-- A challenge: the same questions at the same time for all who joined. There is one at a time in a channel.
CREATE TABLE challenges (
    workspace_id BLOB NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    id BLOB NOT NULL,
    pack TEXT NOT NULL,
    channel TEXT NOT NULL,
    opened_by BLOB NOT NULL,
    topic TEXT,
    minutes INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'running', 'played', 'stopped', 'unanswered', 'unstarted')),
    asked INTEGER NOT NULL DEFAULT 0,
    opened_at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id)
) STRICT;
CREATE UNIQUE INDEX challenges_one_a_channel ON challenges (workspace_id, channel) WHERE state IN ('open', 'running');

-- What a challenge asks, drawn when it is opened; the round is known once it is asked.
CREATE TABLE challenge_questions (
    workspace_id BLOB NOT NULL,
    challenge_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    question_id TEXT NOT NULL,
    round_id BLOB,
    PRIMARY KEY (workspace_id, challenge_id, number),
    FOREIGN KEY (workspace_id, challenge_id) REFERENCES challenges ON DELETE CASCADE
) STRICT;
CREATE INDEX challenge_questions_round ON challenge_questions (workspace_id, round_id);

-- Who joined, and from which question on they play.
CREATE TABLE challengers (
    workspace_id BLOB NOT NULL,
    challenge_id BLOB NOT NULL,
    member_id BLOB NOT NULL,
    from_number INTEGER NOT NULL,
    joined_at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, challenge_id, member_id),
    FOREIGN KEY (workspace_id, challenge_id) REFERENCES challenges ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, member_id) REFERENCES members ON DELETE CASCADE
) STRICT;
CREATE INDEX challengers_member ON challengers (workspace_id, member_id);
