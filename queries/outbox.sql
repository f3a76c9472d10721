-- name: InsertJob :exec
INSERT INTO job (kind, key, payload, due_at) VALUES (@kind, @key, @payload, @due_at)
ON CONFLICT (kind, key) WHERE done_at IS NULL
DO UPDATE SET asked = asked + 1, due_at = min(due_at, excluded.due_at), payload = excluded.payload;

-- name: LeaseJob :one
UPDATE job SET leased_at = @now_at, tries = tries + 1
WHERE id = (SELECT j.id FROM job AS j WHERE j.done_at IS NULL AND j.due_at <= @now_at
            AND j.leased_at IS NULL AND +j.kind IN (SELECT k.value FROM json_each(CAST(@kinds AS TEXT)) k) ORDER BY j.due_at, j.id LIMIT 1)
RETURNING *;

-- name: OpenJob :one
SELECT problem FROM job WHERE kind = @kind AND key = @key AND done_at IS NULL;

-- name: NextDue :one
SELECT due_at FROM job WHERE done_at IS NULL AND leased_at IS NULL
  AND +kind IN (SELECT k.value FROM json_each(CAST(@kinds AS TEXT)) k) ORDER BY due_at LIMIT 1;

-- name: FinishJob :execrows
UPDATE job SET done_at = @done_at, leased_at = NULL, problem = '' WHERE id = @id AND asked = @asked;

-- name: GiveUpJob :exec
UPDATE job SET done_at = @done_at, leased_at = NULL, problem = @problem WHERE id = @id;

-- name: CountGivenUp :one
SELECT count(*) FROM job WHERE kind = @kind AND done_at >= @since_at AND problem <> '';

-- name: RetryJob :exec
UPDATE job SET due_at = @due_at, leased_at = NULL, problem = @problem WHERE id = @id;

-- name: ReleaseJobs :exec
UPDATE job SET leased_at = NULL WHERE done_at IS NULL AND leased_at IS NOT NULL;

-- name: DeleteDoneJobs :exec
DELETE FROM job WHERE done_at IS NOT NULL AND done_at < @done_at;
