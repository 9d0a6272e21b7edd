-- The tables of Meshdrill. Every key starts with the workspace, so that the data can be spread by workspace.
-- Points are hundredths (1000 = 10 points). Text that is ordered or compared sorts by code point in both engines.

CREATE TABLE workspaces (
    id uuid PRIMARY KEY,
    platform text COLLATE "C" NOT NULL,
    external_id text COLLATE "C" NOT NULL,
    zone text COLLATE "C" NOT NULL,
    notices text COLLATE "C",
    created_at timestamptz NOT NULL,
    UNIQUE (platform, external_id)
);

CREATE TABLE members (
    workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    id uuid NOT NULL,
    external_id text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    alias text COLLATE "C",
    zone text COLLATE "C",
    lead boolean NOT NULL DEFAULT FALSE,
    reviewer boolean NOT NULL DEFAULT FALSE,
    hidden boolean NOT NULL DEFAULT FALSE,
    shares boolean NOT NULL DEFAULT FALSE,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, external_id)
);

-- Times away, in the member's own dates, both days included.
CREATE TABLE aways (
    workspace_id uuid NOT NULL,
    member_id uuid NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL,
    PRIMARY KEY (workspace_id, member_id, first_day),
    FOREIGN KEY (workspace_id, member_id) REFERENCES members ON DELETE CASCADE
);

-- What came in, by the platform's delivery id, with the turn it was answered with.
CREATE TABLE inbox (
    workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    delivery text COLLATE "C" NOT NULL,
    member_id uuid,
    turn jsonb,
    at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, delivery)
);
CREATE INDEX inbox_at ON inbox (workspace_id, at);

-- Everything that is to be said besides immediate responses.
CREATE TABLE outbox (
    workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    id uuid NOT NULL,
    about text COLLATE "C" NOT NULL,
    channel text COLLATE "C" NOT NULL,
    thread text COLLATE "C",
    audience text COLLATE "C",
    round_id uuid,
    verb text COLLATE "C" NOT NULL CHECK (verb IN ('post', 'thread', 'edit', 'react')),
    on_row uuid,
    on_message text COLLATE "C",
    lane bigint NOT NULL,
    speech jsonb NOT NULL,
    not_before timestamptz NOT NULL,
    expires_at timestamptz,
    state text COLLATE "C" NOT NULL DEFAULT 'ready' CHECK (state IN ('ready', 'leased', 'sent', 'unknown', 'failed', 'expired')),
    version bigint NOT NULL DEFAULT 1,
    tries bigint NOT NULL DEFAULT 0,
    leased_until timestamptz,
    sent_at timestamptz,
    sent_id text COLLATE "C",
    reason text COLLATE "C",
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, about)
);
CREATE INDEX outbox_ready ON outbox (lane, not_before) WHERE state IN ('ready', 'leased');
CREATE INDEX outbox_sent ON outbox (workspace_id, sent_id) WHERE sent_id IS NOT NULL;
CREATE INDEX outbox_held ON outbox (workspace_id, audience) WHERE state = 'ready' AND audience IS NOT NULL;

-- What is to happen at a time. Taken by deleting the row in the transaction of its transition.
CREATE TABLE deadlines (
    workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    kind text COLLATE "C" NOT NULL,
    subject uuid NOT NULL,
    due_at timestamptz NOT NULL,
    tries bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, kind, subject)
);
CREATE INDEX deadlines_due ON deadlines (due_at);

CREATE TABLE schedules (
    workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    id uuid NOT NULL,
    pack text COLLATE "C" NOT NULL,
    channel text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL CHECK (state IN ('draft', 'on', 'paused')),
    plan jsonb NOT NULL,
    seed bigint NOT NULL,
    last_date date,
    unanswered bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, pack, channel)
);

-- Lines for leads that wait on `schedule show`.
CREATE TABLE notices (
    workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    id uuid NOT NULL,
    about text COLLATE "C" NOT NULL,
    text text COLLATE "C" NOT NULL,
    at timestamptz NOT NULL,
    seen boolean NOT NULL DEFAULT FALSE,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, about)
);

CREATE TABLE rounds (
    workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    id uuid NOT NULL,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('daily', 'quiz', 'interview', 'challenge')),
    pack text COLLATE "C" NOT NULL,
    question_id text COLLATE "C" NOT NULL,
    topic text COLLATE "C" NOT NULL,
    question jsonb NOT NULL,
    schedule_id uuid,
    local_date date NOT NULL,
    extra boolean NOT NULL DEFAULT FALSE,
    again boolean NOT NULL DEFAULT FALSE,
    channel text COLLATE "C" NOT NULL,
    quiz_id uuid,
    opens_at timestamptz NOT NULL,
    closes_at timestamptz,
    state text COLLATE "C" NOT NULL CHECK (state IN ('open', 'closed', 'void')),
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, schedule_id) REFERENCES schedules ON DELETE CASCADE
);
CREATE UNIQUE INDEX rounds_one_a_date ON rounds (workspace_id, schedule_id, local_date) WHERE schedule_id IS NOT NULL AND extra = FALSE;
CREATE INDEX rounds_schedule ON rounds (workspace_id, schedule_id, opens_at);
CREATE INDEX rounds_quiz ON rounds (workspace_id, quiz_id) WHERE quiz_id IS NOT NULL;

-- What was written in a round's thread or sent by its form; versions are (time, text), oldest first.
CREATE TABLE messages (
    workspace_id uuid NOT NULL,
    round_id uuid NOT NULL,
    message_id text COLLATE "C" NOT NULL,
    member_id uuid,
    at timestamptz NOT NULL,
    via text COLLATE "C" NOT NULL CHECK (via IN ('thread', 'form')),
    reply_to text COLLATE "C",
    versions jsonb NOT NULL,
    deleted_at timestamptz,
    PRIMARY KEY (workspace_id, round_id, message_id),
    FOREIGN KEY (workspace_id, round_id) REFERENCES rounds ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, member_id) REFERENCES members ON DELETE CASCADE
);

-- One member in one round; the row is also the lock under which their messages are folded.
CREATE TABLE participations (
    workspace_id uuid NOT NULL,
    round_id uuid NOT NULL,
    member_id uuid NOT NULL,
    opened jsonb NOT NULL,
    again jsonb NOT NULL,
    hints bigint NOT NULL DEFAULT 0,
    attempts jsonb NOT NULL,
    answered boolean NOT NULL DEFAULT FALSE,
    points bigint NOT NULL DEFAULT 0,
    counted_board text COLLATE "C",
    counted_day date,
    PRIMARY KEY (workspace_id, round_id, member_id),
    FOREIGN KEY (workspace_id, round_id) REFERENCES rounds ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, member_id) REFERENCES members ON DELETE CASCADE
);
CREATE INDEX participations_member ON participations (workspace_id, member_id);

-- The boards' sums, kept in the transaction of each grade.
CREATE TABLE totals (
    workspace_id uuid NOT NULL,
    board text COLLATE "C" NOT NULL CHECK (board IN ('daily', 'practice')),
    pack text COLLATE "C" NOT NULL,
    day date NOT NULL,
    topic text COLLATE "C" NOT NULL,
    member_id uuid NOT NULL,
    points bigint NOT NULL,
    answers bigint NOT NULL,
    PRIMARY KEY (workspace_id, board, pack, day, topic, member_id),
    FOREIGN KEY (workspace_id, member_id) REFERENCES members ON DELETE CASCADE
);

CREATE TABLE quizzes (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    member_id uuid NOT NULL,
    pack text COLLATE "C" NOT NULL,
    wanted jsonb NOT NULL,
    seed bigint NOT NULL,
    state text COLLATE "C" NOT NULL CHECK (state IN ('open', 'idle', 'done')),
    round_id uuid,
    stage text COLLATE "C" NOT NULL CHECK (stage IN ('answer', 'probe')),
    channel text COLLATE "C" NOT NULL,
    started_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, member_id) REFERENCES members ON DELETE CASCADE
);
CREATE UNIQUE INDEX quizzes_one_open ON quizzes (workspace_id, member_id) WHERE state <> 'done';

-- What a member knows of a question, for spaced repetition.
CREATE TABLE mastery (
    workspace_id uuid NOT NULL,
    member_id uuid NOT NULL,
    pack text COLLATE "C" NOT NULL,
    question_id text COLLATE "C" NOT NULL,
    memory jsonb NOT NULL,
    due_at timestamptz NOT NULL,
    points bigint NOT NULL,
    PRIMARY KEY (workspace_id, member_id, pack, question_id),
    FOREIGN KEY (workspace_id, member_id) REFERENCES members ON DELETE CASCADE
);
