-- The round's question was put first by a lead: if nobody sees it, it is put first again.
ALTER TABLE rounds ADD COLUMN queued boolean NOT NULL DEFAULT FALSE;
