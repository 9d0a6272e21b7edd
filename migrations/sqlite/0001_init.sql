-- The tables of Meshdrill. Every key starts with the workspace, so that the data can be spread by workspace.
-- Points are hundredths (1000 = 10 points). Text that is ordered or compared sorts by code point in both engines.

CREATE TABLE workspaces (
    id BLOB PRIMARY KEY NOT NULL,
    platform TEXT NOT NULL,
    external_id TEXT NOT NULL,
    zone TEXT NOT NULL,
    notices TEXT,
    created_at INTEGER NOT NULL,
    UNIQUE (platform, external_id)
) STRICT;

CREATE TABLE members (
    workspace_id BLOB NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    id BLOB NOT NULL,
    external_id TEXT NOT NULL,
    name TEXT NOT NULL,
    alias TEXT,
    zone TEXT,
    lead INTEGER NOT NULL DEFAULT FALSE CHECK (lead IN (0, 1)),
    reviewer INTEGER NOT NULL DEFAULT FALSE CHECK (reviewer IN (0, 1)),
    hidden INTEGER NOT NULL DEFAULT FALSE CHECK (hidden IN (0, 1)),
    shares INTEGER NOT NULL DEFAULT FALSE CHECK (shares IN (0, 1)),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, external_id)
) STRICT;

-- Times away, in the member's own dates, both days included.
CREATE TABLE aways (
    workspace_id BLOB NOT NULL,
    member_id BLOB NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    PRIMARY KEY (workspace_id, member_id, first_day),
    FOREIGN KEY (workspace_id, member_id) REFERENCES members ON DELETE CASCADE
) STRICT;

-- What came in, by the platform's delivery id, with the turn it was answered with.
CREATE TABLE inbox (
    workspace_id BLOB NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    delivery TEXT NOT NULL,
    member_id BLOB,
    turn TEXT CHECK (json_valid(turn)),
    at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, delivery)
) STRICT;
CREATE INDEX inbox_at ON inbox (workspace_id, at);

-- Everything that is to be said besides immediate responses.
CREATE TABLE outbox (
    workspace_id BLOB NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    id BLOB NOT NULL,
    about TEXT NOT NULL,
    channel TEXT NOT NULL,
    thread TEXT,
    audience TEXT,
    round_id BLOB,
    verb TEXT NOT NULL CHECK (verb IN ('post', 'thread', 'edit', 'react')),
    on_row BLOB,
    on_message TEXT,
    lane INTEGER NOT NULL,
    speech TEXT NOT NULL CHECK (json_valid(speech)),
    not_before INTEGER NOT NULL,
    expires_at INTEGER,
    state TEXT NOT NULL DEFAULT 'ready' CHECK (state IN ('ready', 'leased', 'sent', 'unknown', 'failed', 'expired')),
    version INTEGER NOT NULL DEFAULT 1,
    tries INTEGER NOT NULL DEFAULT 0,
    leased_until INTEGER,
    sent_at INTEGER,
    sent_id TEXT,
    reason TEXT,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, about)
) STRICT;
CREATE INDEX outbox_ready ON outbox (lane, not_before) WHERE state IN ('ready', 'leased');
CREATE INDEX outbox_sent ON outbox (workspace_id, sent_id) WHERE sent_id IS NOT NULL;
CREATE INDEX outbox_held ON outbox (workspace_id, audience) WHERE state = 'ready' AND audience IS NOT NULL;

-- What is to happen at a time. Taken by deleting the row in the transaction of its transition.
CREATE TABLE deadlines (
    workspace_id BLOB NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    kind TEXT NOT NULL,
    subject BLOB NOT NULL,
    due_at INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, kind, subject)
) STRICT;
CREATE INDEX deadlines_due ON deadlines (due_at);

CREATE TABLE schedules (
    workspace_id BLOB NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    id BLOB NOT NULL,
    pack TEXT NOT NULL,
    channel TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'on', 'paused')),
    plan TEXT NOT NULL CHECK (json_valid(plan)),
    seed INTEGER NOT NULL,
    last_date TEXT,
    unanswered INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, pack, channel)
) STRICT;

-- Lines for leads that wait on `schedule show`.
CREATE TABLE notices (
    workspace_id BLOB NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    id BLOB NOT NULL,
    about TEXT NOT NULL,
    text TEXT NOT NULL,
    at INTEGER NOT NULL,
    seen INTEGER NOT NULL DEFAULT FALSE CHECK (seen IN (0, 1)),
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, about)
) STRICT;

CREATE TABLE rounds (
    workspace_id BLOB NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('daily', 'quiz', 'interview', 'challenge')),
    pack TEXT NOT NULL,
    question_id TEXT NOT NULL,
    topic TEXT NOT NULL,
    question TEXT NOT NULL CHECK (json_valid(question)),
    schedule_id BLOB,
    local_date TEXT NOT NULL,
    extra INTEGER NOT NULL DEFAULT FALSE CHECK (extra IN (0, 1)),
    again INTEGER NOT NULL DEFAULT FALSE CHECK (again IN (0, 1)),
    channel TEXT NOT NULL,
    quiz_id BLOB,
    opens_at INTEGER NOT NULL,
    closes_at INTEGER,
    state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'void')),
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, schedule_id) REFERENCES schedules ON DELETE CASCADE
) STRICT;
CREATE UNIQUE INDEX rounds_one_a_date ON rounds (workspace_id, schedule_id, local_date) WHERE schedule_id IS NOT NULL AND extra = FALSE;
CREATE INDEX rounds_schedule ON rounds (workspace_id, schedule_id, opens_at);
CREATE INDEX rounds_quiz ON rounds (workspace_id, quiz_id) WHERE quiz_id IS NOT NULL;

-- What was written in a round's thread or sent by its form; versions are (time, text), oldest first.
CREATE TABLE messages (
    workspace_id BLOB NOT NULL,
    round_id BLOB NOT NULL,
    message_id TEXT NOT NULL,
    member_id BLOB,
    at INTEGER NOT NULL,
    via TEXT NOT NULL CHECK (via IN ('thread', 'form')),
    reply_to TEXT,
    versions TEXT NOT NULL CHECK (json_valid(versions)),
    deleted_at INTEGER,
    PRIMARY KEY (workspace_id, round_id, message_id),
    FOREIGN KEY (workspace_id, round_id) REFERENCES rounds ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, member_id) REFERENCES members ON DELETE CASCADE
) STRICT;

-- One member in one round; the row is also the lock under which their messages are folded.
CREATE TABLE participations (
    workspace_id BLOB NOT NULL,
    round_id BLOB NOT NULL,
    member_id BLOB NOT NULL,
    opened TEXT NOT NULL CHECK (json_valid(opened)),
    again TEXT NOT NULL CHECK (json_valid(again)),
    hints INTEGER NOT NULL DEFAULT 0,
    attempts TEXT NOT NULL CHECK (json_valid(attempts)),
    answered INTEGER NOT NULL DEFAULT FALSE CHECK (answered IN (0, 1)),
    points INTEGER NOT NULL DEFAULT 0,
    counted_board TEXT,
    counted_day TEXT,
    PRIMARY KEY (workspace_id, round_id, member_id),
    FOREIGN KEY (workspace_id, round_id) REFERENCES rounds ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, member_id) REFERENCES members ON DELETE CASCADE
) STRICT;
CREATE INDEX participations_member ON participations (workspace_id, member_id);

-- The boards' sums, kept in the transaction of each grade.
CREATE TABLE totals (
    workspace_id BLOB NOT NULL,
    board TEXT NOT NULL CHECK (board IN ('daily', 'practice')),
    pack TEXT NOT NULL,
    day TEXT NOT NULL,
    topic TEXT NOT NULL,
    member_id BLOB NOT NULL,
    points INTEGER NOT NULL,
    answers INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, board, pack, day, topic, member_id),
    FOREIGN KEY (workspace_id, member_id) REFERENCES members ON DELETE CASCADE
) STRICT;

CREATE TABLE quizzes (
    workspace_id BLOB NOT NULL,
    id BLOB NOT NULL,
    member_id BLOB NOT NULL,
    pack TEXT NOT NULL,
    wanted TEXT NOT NULL CHECK (json_valid(wanted)),
    seed INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'idle', 'done')),
    round_id BLOB,
    stage TEXT NOT NULL CHECK (stage IN ('answer', 'probe')),
    channel TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, member_id) REFERENCES members ON DELETE CASCADE
) STRICT;
CREATE UNIQUE INDEX quizzes_one_open ON quizzes (workspace_id, member_id) WHERE state <> 'done';

-- What a member knows of a question, for spaced repetition.
CREATE TABLE mastery (
    workspace_id BLOB NOT NULL,
    member_id BLOB NOT NULL,
    pack TEXT NOT NULL,
    question_id TEXT NOT NULL,
    memory TEXT NOT NULL CHECK (json_valid(memory)),
    due_at INTEGER NOT NULL,
    points INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, member_id, pack, question_id),
    FOREIGN KEY (workspace_id, member_id) REFERENCES members ON DELETE CASCADE
) STRICT;
