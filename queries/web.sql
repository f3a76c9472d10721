-- name: InsertSubmission :execrows
INSERT INTO submission (token, created_at) VALUES (@token, @created_at) ON CONFLICT DO NOTHING;

-- name: Submission :one
SELECT location FROM submission WHERE token = @token;

-- name: FinishSubmission :exec
UPDATE submission SET location = @location WHERE token = @token;

-- name: DeleteSubmission :exec
DELETE FROM submission WHERE token = @token;

-- name: DeleteOldSubmissions :exec
DELETE FROM submission WHERE created_at < @before_at;
