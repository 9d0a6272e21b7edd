-- What waits is leased lane by lane, the oldest first, and each row once nothing earlier in its channel is under way.
CREATE INDEX outbox_waiting ON outbox (lane, id) WHERE state IN ('ready', 'leased');
CREATE INDEX outbox_under_way ON outbox (workspace_id, channel, lane, id) WHERE state = 'leased';
CREATE INDEX outbox_expires ON outbox (expires_at) WHERE state = 'ready';
DROP INDEX outbox_ready;
