-- name: InsertAudit :one
INSERT INTO audit (at, kind, subject, account_id, facts, detail_hash, hash)
VALUES (@at, @kind, @subject, @account_id, @facts, @detail_hash, @hash) RETURNING id;

-- name: InsertAuditDetail :exec
INSERT INTO audit_detail (audit_id, salt, detail) VALUES (@audit_id, @salt, @detail);

-- name: LastAudit :one
SELECT hash FROM audit ORDER BY id DESC LIMIT 1;

-- name: AuditFrom :many
SELECT * FROM audit WHERE id > @after ORDER BY id LIMIT 1000;

-- name: NewestAudit :one
SELECT audit.at, audit_detail.detail FROM audit JOIN audit_detail ON audit_detail.audit_id = audit.id ORDER BY audit.id DESC LIMIT 1;

-- name: HasEnded :one
SELECT EXISTS (SELECT 1 FROM account WHERE id = @id AND ended_at IS NOT NULL);
