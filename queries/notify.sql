-- name: InsertMessage :exec
INSERT INTO message (account_id, kind, text, link, made_at) VALUES (@account_id, @kind, @text, @link, @made_at);

-- name: Messages :many
SELECT id, kind, text, link, made_at, read_at FROM message
WHERE account_id = @account_id AND id < @before ORDER BY id DESC LIMIT @count;

-- name: CountUnread :one
SELECT count(*) FROM message WHERE account_id = @account_id AND read_at IS NULL;

-- name: ReadMessage :one
UPDATE message SET read_at = coalesce(read_at, @read_at) WHERE id = @id AND account_id = @account_id RETURNING link;

-- name: ReadAllMessages :exec
UPDATE message SET read_at = @read_at WHERE account_id = @account_id AND read_at IS NULL;
