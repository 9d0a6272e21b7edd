-- A challenge: the same questions at the same time for all who joined. There is one at a time in a channel.
CREATE TABLE challenges (
    workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    id uuid NOT NULL,
    pack text COLLATE "C" NOT NULL,
    channel text COLLATE "C" NOT NULL,
    opened_by uuid NOT NULL,
    topic text COLLATE "C",
    minutes bigint NOT NULL,
    state text COLLATE "C" NOT NULL CHECK (state IN ('open', 'running', 'played', 'stopped', 'unanswered', 'unstarted')),
    asked bigint NOT NULL DEFAULT 0,
    opened_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX challenges_one_a_channel ON challenges (workspace_id, channel) WHERE state IN ('open', 'running');

-- What a challenge asks, drawn when it is opened; the round is known once it is asked.
CREATE TABLE challenge_questions (
    workspace_id uuid NOT NULL,
    challenge_id uuid NOT NULL,
    number bigint NOT NULL,
    question_id text COLLATE "C" NOT NULL,
    round_id uuid,
    PRIMARY KEY (workspace_id, challenge_id, number),
    FOREIGN KEY (workspace_id, challenge_id) REFERENCES challenges ON DELETE CASCADE
);
CREATE INDEX challenge_questions_round ON challenge_questions (workspace_id, round_id);

-- Who joined, and from which question on they play.
CREATE TABLE challengers (
    workspace_id uuid NOT NULL,
    challenge_id uuid NOT NULL,
    member_id uuid NOT NULL,
    from_number bigint NOT NULL,
    joined_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, challenge_id, member_id),
    FOREIGN KEY (workspace_id, challenge_id) REFERENCES challenges ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, member_id) REFERENCES members ON DELETE CASCADE
);
CREATE INDEX challengers_member ON challengers (workspace_id, member_id);
