-- name: InsertSeal :one
INSERT INTO seal (enterprise_id, kind, name, made_by, made_at)
VALUES (@enterprise_id, @kind, @name, @made_by, @made_at) RETURNING id;

-- name: InsertSealCertificate :exec
INSERT INTO seal_certificate (seal_id, serial, certificate, above, imported, key, made_by, made_at, ends_at)
VALUES (@seal_id, @serial, @certificate, @above, @imported, @key, @made_by, @made_at, @ends_at);

-- name: ReplaceSealCertificate :execrows
UPDATE seal_certificate SET replaced_at = @replaced_at, key = X''
WHERE seal_certificate.id = @id AND seal_certificate.replaced_at IS NULL AND seal_id IN (SELECT s.id FROM seal s WHERE s.enterprise_id = @enterprise_id AND s.voided_at IS NULL);

-- name: Seals :many
SELECT s.id, s.kind, s.name, s.made_at, s.voided_at, k.id AS certificate_id, k.serial, k.certificate, k.imported, k.ends_at, m.name AS maker,
  (SELECT count(*) FROM seal_grant g WHERE g.seal_id = s.id AND g.removed_at IS NULL AND g.until_on >= @today_on) AS grants
FROM seal s JOIN seal_certificate k ON k.seal_id = s.id AND k.replaced_at IS NULL JOIN account a ON a.id = s.made_by JOIN person m ON m.id = a.person_id
WHERE s.enterprise_id = @enterprise_id ORDER BY s.voided_at IS NOT NULL, s.id DESC;

-- name: SealOf :one
SELECT s.id, s.kind, s.name, s.made_at, s.voided_at, k.id AS certificate_id, k.serial, k.certificate, k.imported, k.ends_at, m.name AS maker,
  (SELECT count(*) FROM seal_grant g WHERE g.seal_id = s.id AND g.removed_at IS NULL AND g.until_on >= @today_on) AS grants
FROM seal s JOIN seal_certificate k ON k.seal_id = s.id AND k.replaced_at IS NULL JOIN account a ON a.id = s.made_by JOIN person m ON m.id = a.person_id
WHERE s.id = @id AND s.enterprise_id = @enterprise_id;

-- name: CertificatesToAsk :many
SELECT k.id FROM seal_certificate k JOIN seal s ON s.id = k.seal_id
WHERE k.imported = 1 AND k.replaced_at IS NULL AND s.voided_at IS NULL AND length(k.above) > 0 AND k.ends_at > @now_at
  AND (k.asked_at IS NULL OR k.asked_at < @before_at) ORDER BY k.id;

-- name: NoteAsked :exec
UPDATE seal_certificate SET asked_at = @asked_at WHERE id = @id;

-- name: CertificateToAsk :one
SELECT k.seal_id, k.certificate, k.above, s.name, s.enterprise_id FROM seal_certificate k JOIN seal s ON s.id = k.seal_id WHERE k.id = @id AND k.replaced_at IS NULL;

-- name: KeepRevocation :exec
UPDATE seal_certificate SET ocsp = @ocsp, crl = @crl WHERE id = @id AND replaced_at IS NULL;

-- name: EndCertificate :execrows
UPDATE seal_certificate SET ends_at = @ends_at, told = 2 WHERE id = @id AND replaced_at IS NULL AND seal_certificate.ends_at > @now_at;

-- name: EndingCertificates :many
SELECT k.id FROM seal_certificate k JOIN seal s ON s.id = k.seal_id
WHERE k.replaced_at IS NULL AND s.voided_at IS NULL AND (k.told < 1 AND k.ends_at <= @soon_at OR k.told < 2 AND k.ends_at <= @now_at) ORDER BY k.id;

-- name: TellOfCertificate :one
UPDATE seal_certificate SET told = CASE WHEN ends_at <= @now_at THEN 2 ELSE 1 END
WHERE seal_certificate.id = @id AND replaced_at IS NULL AND told < CASE WHEN ends_at <= @now_at THEN 2 ELSE 1 END
RETURNING seal_id, ends_at;

-- name: SealToTell :one
SELECT name, enterprise_id FROM seal WHERE id = @id;

-- name: HoldersOfCertificate :many
SELECT DISTINCT e.name AS enterprise, s.name AS seal FROM seal_certificate k JOIN seal s ON s.id = k.seal_id JOIN enterprise e ON e.id = s.enterprise_id
WHERE k.imported = 1 AND k.certificate = @certificate ORDER BY s.id;

-- name: GrantedSeals :many
SELECT s.id, s.enterprise_id, s.kind, s.name, k.ends_at, e.name AS enterprise, g.id AS grant_id, g.from_on, g.until_on
FROM seal_grant g JOIN seal s ON s.id = g.seal_id JOIN seal_certificate k ON k.seal_id = s.id AND k.replaced_at IS NULL JOIN enterprise e ON e.id = s.enterprise_id
WHERE g.person_id = @person_id AND g.removed_at IS NULL AND g.from_on <= @today_on AND g.until_on >= @today_on
  AND s.voided_at IS NULL AND k.ends_at > @now_at
ORDER BY e.name, e.id, s.id;

-- name: SealKindTaken :one
SELECT EXISTS (SELECT 1 FROM seal WHERE enterprise_id = @enterprise_id AND kind = @kind AND voided_at IS NULL);

-- name: NameSealsOf :many
SELECT s.enterprise_id FROM seal s JOIN enterprise e ON e.id = s.enterprise_id WHERE e.legalrep_id = @person_id AND s.kind = 'legalrep' AND s.voided_at IS NULL;

-- name: VoidSeal :execrows
UPDATE seal SET voided_at = @voided_at, voided_by = @voided_by
WHERE id = @id AND enterprise_id = @enterprise_id AND voided_at IS NULL;

-- name: LiveSeal :one
SELECT id, name FROM seal WHERE enterprise_id = @enterprise_id AND kind = @kind AND voided_at IS NULL;

-- name: InsertGrant :one
INSERT INTO seal_grant (seal_id, person_id, from_on, until_on, made_by, made_at)
VALUES (@seal_id, @person_id, @from_on, @until_on, @made_by, @made_at) RETURNING id;

-- name: Grants :many
SELECT g.*, p.name FROM seal_grant g JOIN person p ON p.id = g.person_id
WHERE g.seal_id = @seal_id AND g.removed_at IS NULL ORDER BY g.id;

-- name: GrantOf :one
SELECT g.*, p.name FROM seal_grant g JOIN person p ON p.id = g.person_id JOIN seal s ON s.id = g.seal_id
WHERE g.id = @id AND g.removed_at IS NULL AND s.enterprise_id = @enterprise_id AND s.voided_at IS NULL;

-- name: GrantsOfAccount :many
SELECT g.id, g.seal_id, g.person_id, s.name AS seal, p.name FROM account a JOIN seal_grant g ON g.person_id = a.person_id
JOIN seal s ON s.id = g.seal_id AND s.enterprise_id = a.enterprise_id JOIN person p ON p.id = g.person_id
WHERE a.id = @account_id AND a.enterprise_id = @enterprise_id AND s.voided_at IS NULL AND g.removed_at IS NULL AND g.until_on >= @today_on ORDER BY s.id;

-- name: SetGrantPeriod :execrows
UPDATE seal_grant SET from_on = @from_on, until_on = @until_on
WHERE id = @id AND removed_at IS NULL AND from_on = @was_from_on AND until_on = @was_until_on;

-- name: RemoveGrant :execrows
UPDATE seal_grant SET removed_at = @removed_at WHERE id = @id AND removed_at IS NULL;

-- name: GrantHolders :many
SELECT g.person_id, a.id AS account_id FROM seal_grant g JOIN account a ON a.person_id = g.person_id AND a.kind = 'person' AND a.ended_at IS NULL
WHERE g.seal_id = @seal_id AND g.removed_at IS NULL AND g.until_on >= @today_on;

-- name: OperatorAccount :one
SELECT a.id FROM account a JOIN person p ON p.id = a.person_id
WHERE a.person_id = @person_id AND a.kind = 'person' AND a.ended_at IS NULL AND p.level = 'verified';

-- name: ReplaceTickets :exec
UPDATE ticket SET state = 'replaced' WHERE account_id = @account_id AND state IN ('shown', 'scanned');

-- name: ReplaceTicketsOf :exec
UPDATE ticket SET state = 'replaced' WHERE enterprise_id = @enterprise_id AND state IN ('shown', 'scanned');

-- name: InsertTicket :one
INSERT INTO ticket (enterprise_id, account_id, token_hash, token, typed_hash, state, created_at, ends_at)
VALUES (@enterprise_id, @account_id, @token_hash, @token, @typed_hash, 'shown', @created_at, @ends_at) RETURNING id;

-- name: TypedToken :one
SELECT token FROM ticket WHERE typed_hash = @typed_hash AND state = 'shown' AND ends_at > @now_at;

-- name: LatestTicket :one
SELECT t.*, CAST(coalesce(p.name, '') AS TEXT) AS person FROM ticket t LEFT JOIN person p ON p.id = t.person_id
WHERE t.account_id = @account_id ORDER BY t.id DESC LIMIT 1;

-- name: TicketByToken :one
SELECT t.*, e.name AS enterprise, e.uscc FROM ticket t JOIN enterprise e ON e.id = t.enterprise_id WHERE t.token_hash = @token_hash;

-- name: ScanTicket :execrows
UPDATE ticket SET state = 'scanned', person_id = @person_id WHERE id = @id AND state = 'shown' AND ends_at > @now_at;

-- name: RefuseTicket :execrows
UPDATE ticket SET state = 'refused' WHERE id = @id AND state = 'scanned' AND person_id = @person_id AND ends_at > @now_at;

-- name: AuthorizeTicket :execrows
UPDATE ticket SET state = 'authorized', authorization_id = @authorization_id
WHERE id = @id AND state = 'scanned' AND person_id = @person_id AND ends_at > @now_at;

-- name: InsertAuthorization :one
INSERT INTO authorization (enterprise_id, seal_id, seal_certificate_id, grant_id, person_id, certificate_id, statement, signature, starts_at, ends_at)
SELECT @enterprise_id, s.id, k.id, g.id, g.person_id, c.id, @statement, @signature, @starts_at, @ends_at
FROM seal_grant g JOIN seal s ON s.id = g.seal_id JOIN seal_certificate k ON k.id = @seal_certificate_id AND k.seal_id = s.id JOIN enterprise e ON e.id = s.enterprise_id JOIN certificate c ON c.id = @certificate_id
WHERE g.id = @grant_id AND g.person_id = @person_id AND g.removed_at IS NULL AND g.from_on <= @today_on AND g.until_on >= @today_on
  AND s.enterprise_id = @enterprise_id AND s.voided_at IS NULL AND k.replaced_at IS NULL AND k.ends_at > @starts_at AND e.electronic = 1 AND c.revoked_at IS NULL
RETURNING id;

-- name: LiveAuthorizations :many
SELECT a.*, s.kind, s.name AS seal, k.certificate AS seal_certificate, k.above AS seal_above, k.imported AS seal_imported, k.ocsp AS seal_ocsp, k.crl AS seal_crl, k.key AS seal_key, k.serial AS seal_serial,
  p.name AS operator, e.name AS enterprise, e.uscc, r.name AS legalrep, c.serial AS certificate_serial, c.revoked_at AS certificate_revoked_at,
  o.person_id AS certificate_person_id, g.until_on
FROM authorization a JOIN seal s ON s.id = a.seal_id JOIN seal_certificate k ON k.id = a.seal_certificate_id JOIN seal_grant g ON g.id = a.grant_id JOIN person p ON p.id = a.person_id
JOIN enterprise e ON e.id = a.enterprise_id JOIN person r ON r.id = e.legalrep_id
JOIN certificate c ON c.id = a.certificate_id JOIN account o ON o.id = c.account_id
WHERE a.enterprise_id = @enterprise_id AND a.revoked_at IS NULL AND a.starts_at <= @now_at AND a.ends_at > @now_at
  AND s.voided_at IS NULL AND k.replaced_at IS NULL AND k.ends_at > @now_at AND g.removed_at IS NULL AND g.from_on <= @today_on AND g.until_on >= @today_on
ORDER BY a.id DESC;

-- name: AuthorizationLives :one
SELECT EXISTS (SELECT 1 FROM authorization a JOIN seal s ON s.id = a.seal_id JOIN seal_certificate k ON k.id = a.seal_certificate_id JOIN seal_grant g ON g.id = a.grant_id
WHERE a.id = @id AND a.revoked_at IS NULL AND a.starts_at <= @now_at AND a.ends_at > @now_at
  AND s.voided_at IS NULL AND k.replaced_at IS NULL AND k.ends_at > @now_at AND g.removed_at IS NULL AND g.from_on <= @today_on AND g.until_on >= @today_on);

-- name: LiveAuthorizationsOfPerson :many
SELECT a.id, a.enterprise_id, a.person_id, a.starts_at, a.ends_at, s.name AS seal, e.name AS enterprise, g.until_on
FROM authorization a JOIN seal s ON s.id = a.seal_id JOIN seal_certificate k ON k.id = a.seal_certificate_id JOIN seal_grant g ON g.id = a.grant_id JOIN enterprise e ON e.id = a.enterprise_id
WHERE a.person_id = @person_id AND a.revoked_at IS NULL AND a.starts_at <= @now_at AND a.ends_at > @now_at
  AND s.voided_at IS NULL AND k.replaced_at IS NULL AND k.ends_at > @now_at AND g.removed_at IS NULL AND g.from_on <= @today_on AND g.until_on >= @today_on
ORDER BY a.id DESC;

-- name: RevokeAuthorization :one
UPDATE authorization SET revoked_at = @revoked_at
WHERE id = @id AND revoked_at IS NULL AND (person_id = @person_id OR enterprise_id = @enterprise_id)
RETURNING enterprise_id, seal_id, person_id;

-- name: RevokeAuthorizationsOf :many
UPDATE authorization SET revoked_at = @revoked_at WHERE enterprise_id = @enterprise_id AND revoked_at IS NULL AND lapsed_at IS NULL
RETURNING id;

-- name: SupersedeAuthorizations :exec
UPDATE authorization SET revoked_at = @revoked_at
WHERE enterprise_id = @enterprise_id AND seal_id = @seal_id AND person_id = @person_id AND revoked_at IS NULL AND ends_at > @revoked_at;

-- name: OverdueAuthorizations :many
SELECT a.id FROM authorization a JOIN seal s ON s.id = a.seal_id JOIN seal_certificate k ON k.id = a.seal_certificate_id JOIN seal_grant g ON g.id = a.grant_id
WHERE a.revoked_at IS NULL AND a.lapsed_at IS NULL AND s.voided_at IS NULL AND k.replaced_at IS NULL AND g.removed_at IS NULL
  AND (a.ends_at <= @now_at OR k.ends_at <= @now_at OR g.until_on < @today_on) ORDER BY a.id;

-- name: NoteLapse :one
UPDATE authorization SET lapsed_at = @lapsed_at WHERE id = @id AND lapsed_at IS NULL AND revoked_at IS NULL
RETURNING enterprise_id, person_id;

-- name: InsertUsage :exec
INSERT INTO usage (enterprise_id, seal_id, person_id, authorization_id, document_id, purpose, used_at)
VALUES (@enterprise_id, @seal_id, @person_id, @authorization_id, @document_id, @purpose, @used_at);

-- name: UsageOfEnterprise :many
SELECT u.id, u.used_at, u.purpose, p.name AS operator, e.name AS enterprise, s.name AS seal, CAST(coalesce(nullif(d.code, ''), c.check_code, '') AS TEXT) AS code
FROM usage u JOIN person p ON p.id = u.person_id JOIN enterprise e ON e.id = u.enterprise_id JOIN seal s ON s.id = u.seal_id
LEFT JOIN document d ON d.id = u.document_id LEFT JOIN contract c ON c.id = d.contract_id
WHERE u.enterprise_id = @enterprise_id AND u.id < @before AND (CAST(@seal_id AS INTEGER) = 0 OR u.seal_id = @seal_id)
  AND u.id > coalesce((SELECT x.id FROM usage x WHERE x.used_at < @since_at ORDER BY x.used_at DESC, x.id DESC LIMIT 1), 0)
ORDER BY u.id DESC LIMIT @count;

-- name: UsageOfPerson :many
SELECT u.id, u.used_at, u.purpose, p.name AS operator, e.name AS enterprise, s.name AS seal, CAST(coalesce(nullif(d.code, ''), c.check_code, '') AS TEXT) AS code
FROM usage u JOIN person p ON p.id = u.person_id JOIN enterprise e ON e.id = u.enterprise_id JOIN seal s ON s.id = u.seal_id
LEFT JOIN document d ON d.id = u.document_id LEFT JOIN contract c ON c.id = d.contract_id
WHERE u.person_id = @person_id AND u.id < @before AND (CAST(@seal_id AS INTEGER) = 0 OR u.seal_id = @seal_id)
  AND (CAST(@enterprise_id AS INTEGER) = 0 OR u.enterprise_id = @enterprise_id)
  AND u.id > coalesce((SELECT x.id FROM usage x WHERE x.used_at < @since_at ORDER BY x.used_at DESC, x.id DESC LIMIT 1), 0)
ORDER BY u.id DESC LIMIT @count;

-- name: SealsOfEnterprise :many
SELECT s.id, s.name, s.enterprise_id, e.name AS enterprise FROM seal s JOIN enterprise e ON e.id = s.enterprise_id
WHERE s.enterprise_id = @enterprise_id ORDER BY s.id;

-- name: SealsUsedBy :many
SELECT s.id, s.name, s.enterprise_id, e.name AS enterprise FROM seal s JOIN enterprise e ON e.id = s.enterprise_id
WHERE s.id IN (SELECT u.seal_id FROM usage u WHERE u.person_id = @person_id) ORDER BY e.name, e.id, s.id;

-- name: UsageEvidence :one
SELECT u.id, u.used_at, u.purpose, p.name AS operator, e.name AS enterprise, s.name AS seal, s.kind, x.serial AS seal_serial,
  x.certificate AS seal_certificate, x.imported AS seal_imported, a.id AS authorization, a.starts_at, a.ends_at, a.revoked_at, a.statement, k.serial AS certificate_serial,
  CAST(coalesce(d.title, '') AS TEXT) AS title, CAST(coalesce(c.number, '') AS TEXT) AS number,
  CAST(coalesce(d.final_hash, '') AS TEXT) AS final_hash, CAST(coalesce(nullif(d.code, ''), c.check_code, '') AS TEXT) AS code
FROM usage u JOIN person p ON p.id = u.person_id JOIN enterprise e ON e.id = u.enterprise_id JOIN seal s ON s.id = u.seal_id
JOIN authorization a ON a.id = u.authorization_id JOIN certificate k ON k.id = a.certificate_id JOIN seal_certificate x ON x.id = a.seal_certificate_id
LEFT JOIN document d ON d.id = u.document_id LEFT JOIN contract c ON c.id = d.contract_id
WHERE u.id = @id AND (u.enterprise_id = @enterprise_id OR u.person_id = @person_id);

-- name: LastAuthorization :one
SELECT a.ends_at, a.revoked_at, s.voided_at, s.name AS seal, k.replaced_at, k.ends_at AS certificate_ends_at, g.removed_at, g.until_on, p.name AS operator
FROM authorization a JOIN seal s ON s.id = a.seal_id JOIN seal_certificate k ON k.id = a.seal_certificate_id JOIN seal_grant g ON g.id = a.grant_id JOIN person p ON p.id = a.person_id
WHERE a.enterprise_id = @enterprise_id ORDER BY a.id DESC LIMIT 1;
