-- name: InsertMessage :exec
INSERT INTO message (account_id, kind, text, link, who, many, count, made_at, read_at)
VALUES (@account_id, @kind, @text, @link, @who, @many, @count, @made_at, @read_at);

-- name: TakeMessageOfMany :one
DELETE FROM message WHERE id = (
  SELECT m.id FROM message m WHERE m.account_id = @account_id AND m.many = @many AND m.many <> '' AND m.kind = @kind
    AND m.made_at > @since_at AND (m.read_at IS NULL OR m.read_at = m.made_at) ORDER BY m.id DESC LIMIT 1)
RETURNING who, count;

-- name: Muted :one
SELECT EXISTS (SELECT 1 FROM mute WHERE account_id = @account_id AND kind = @kind AND way = @way);

-- name: Mutes :many
SELECT kind, way FROM mute WHERE account_id = @account_id;

-- name: InsertMute :exec
INSERT INTO mute (account_id, kind, way) VALUES (@account_id, @kind, @way);

-- name: DeleteMutes :exec
DELETE FROM mute WHERE account_id = @account_id;

-- name: Messages :many
SELECT id, kind, text, link, made_at, read_at FROM message
WHERE account_id = @account_id AND id < @before ORDER BY id DESC LIMIT @count;

-- name: Message :one
SELECT id, kind, text, link, made_at, read_at FROM message WHERE id = @id AND account_id = @account_id;

-- name: CountUnread :one
SELECT count(*) FROM message WHERE account_id = @account_id AND read_at IS NULL;

-- name: ReadMessage :one
UPDATE message SET read_at = coalesce(read_at, @read_at) WHERE id = @id AND account_id = @account_id RETURNING link;

-- name: ReadAllMessages :exec
UPDATE message SET read_at = @read_at WHERE account_id = @account_id AND read_at IS NULL;
