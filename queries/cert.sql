-- name: Authorities :many
SELECT * FROM authority;

-- name: InsertAuthority :exec
INSERT INTO authority (name, certificate, key) VALUES (@name, @certificate, @key);

-- name: ImportedCertificates :many
SELECT DISTINCT certificate FROM seal_certificate WHERE imported = 1;

-- name: ReplaceAuthority :exec
UPDATE authority SET certificate = @certificate, key = @key WHERE name = @name;

-- name: StampKey :one
SELECT certificate, above, key FROM stamp_key;

-- name: SetStampKey :exec
INSERT INTO stamp_key (id, certificate, above, key, added_at) VALUES (1, @certificate, @above, @key, @added_at)
ON CONFLICT (id) DO UPDATE SET certificate = excluded.certificate, above = excluded.above, key = excluded.key, added_at = excluded.added_at;

-- name: StampRoots :many
SELECT certificate FROM stamp_root;

-- name: InsertStampRoot :exec
INSERT INTO stamp_root (certificate, added_at) VALUES (@certificate, @added_at) ON CONFLICT DO NOTHING;

-- name: ActiveCertificate :one
SELECT * FROM certificate WHERE account_id = @account_id AND revoked_at IS NULL AND ends_at > @now_at;

-- name: InsertCertificate :one
INSERT INTO certificate (account_id, serial, certificate, key, activated_at, ends_at)
VALUES (@account_id, @serial, @certificate, @key, @activated_at, @ends_at) RETURNING id;

-- name: RevokeCertificates :many
UPDATE certificate SET revoked_at = @revoked_at, revoke_reason = @revoke_reason
WHERE account_id = @account_id AND revoked_at IS NULL RETURNING id;

-- name: TryCertificate :one
UPDATE certificate SET failures = failures + 1
WHERE account_id = @account_id AND revoked_at IS NULL AND ends_at > @now_at AND failures < 5 RETURNING *;

-- name: SetCertificateFailures :exec
UPDATE certificate SET failures = @failures WHERE id = @id;

-- name: RelockCertificate :execrows
UPDATE certificate SET key = @key WHERE id = @id AND revoked_at IS NULL;

-- name: EarlierCertificates :many
SELECT serial, activated_at, ends_at, revoked_at, revoke_reason FROM certificate
WHERE account_id = @account_id AND (revoked_at IS NOT NULL OR ends_at <= @now_at) ORDER BY id DESC LIMIT @count;

-- name: RevokedSerials :many
SELECT c.serial, c.revoked_at, c.revoke_reason FROM certificate c WHERE c.revoked_at IS NOT NULL AND c.ends_at > @now_at
UNION ALL
SELECT k.serial, k.replaced_at, 4 FROM seal_certificate k WHERE k.imported = 0 AND k.replaced_at IS NOT NULL AND k.ends_at > @now_at
UNION ALL
SELECT k.serial, s.voided_at, 5 FROM seal s JOIN seal_certificate k ON k.seal_id = s.id
WHERE k.imported = 0 AND k.replaced_at IS NULL AND s.voided_at IS NOT NULL AND k.ends_at > @now_at;

-- name: RevocationOf :one
SELECT c.revoked_at, c.revoke_reason FROM certificate c WHERE c.serial = @serial AND c.revoked_at IS NOT NULL
UNION ALL
SELECT k.replaced_at, 4 FROM seal_certificate k WHERE k.imported = 0 AND k.serial = @serial AND k.replaced_at IS NOT NULL
UNION ALL
SELECT s.voided_at, 5 FROM seal s JOIN seal_certificate k ON k.seal_id = s.id
WHERE k.imported = 0 AND k.serial = @serial AND k.replaced_at IS NULL AND s.voided_at IS NOT NULL;

-- name: KnownRevocation :one
SELECT c.revoked_at, c.revoke_reason FROM certificate c WHERE c.serial = @serial AND c.certificate = @certificate AND c.revoked_at IS NOT NULL
UNION ALL
SELECT k.replaced_at, 4 FROM seal_certificate k WHERE k.imported = 0 AND k.serial = @serial AND k.certificate = @certificate AND k.replaced_at IS NOT NULL
UNION ALL
SELECT s.voided_at, 5 FROM seal s JOIN seal_certificate k ON k.seal_id = s.id
WHERE k.imported = 0 AND k.serial = @serial AND k.certificate = @certificate AND k.replaced_at IS NULL AND s.voided_at IS NOT NULL
UNION ALL
SELECT k.ends_at, 0 FROM seal_certificate k WHERE k.imported = 1 AND k.certificate = @certificate AND k.ends_at < @own_end_at
ORDER BY 1 LIMIT 1;

-- name: Issued :one
SELECT (SELECT count(*) FROM certificate c WHERE c.serial = @serial) + (SELECT count(*) FROM seal_certificate k WHERE k.imported = 0 AND k.serial = @serial);

-- name: ClearedAt :one
SELECT cleared_at FROM account WHERE id = @id;

-- name: ProvedAt :one
SELECT proved_at FROM session WHERE id = @id AND account_id = @account_id;

-- name: CertificateHolds :one
SELECT EXISTS (SELECT 1 FROM certificate WHERE id = @id AND revoked_at IS NULL);
