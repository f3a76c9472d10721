-- name: Evidence :one
SELECT d.id, d.contract_id, d.final_at, c.filing_id, f.roster_id, f.clause_set_id, c.person_id, e.id AS enterprise_id, e.name AS enterprise, e.uscc,
  s.certificate_id, u.seal_id, u.authorization_id, a.grant_id, a.person_id AS operator_id, a.certificate_id AS operator_certificate_id,
  a.statement, a.signature
FROM document d JOIN contract c ON c.id = d.contract_id JOIN filing f ON f.id = c.filing_id JOIN enterprise e ON e.id = d.enterprise_id
JOIN usage u ON u.document_id = d.id JOIN authorization a ON a.id = u.authorization_id
LEFT JOIN signature s ON s.document_id = d.id AND s.field = 'worker'
WHERE d.id = @id AND d.state = 'signed';

-- name: EvidenceConfirmation :one
SELECT statement, signature, certificate_id FROM confirmation WHERE document_id = @document_id AND lapsed_at IS NULL;

-- name: EvidenceAccounts :many
SELECT id, person_id FROM account WHERE kind = 'person' AND person_id IN (SELECT j.value FROM json_each(CAST(@persons AS TEXT)) j);

-- name: EvidenceActors :many
SELECT a.id, a.kind, a.person_id,
  EXISTS (SELECT 1 FROM account r WHERE r.person_id = a.person_id AND r.kind = 'legalrep' AND r.enterprise_id = @enterprise_id) AS legalrep
FROM account a WHERE a.id IN (SELECT j.value FROM json_each(CAST(@ids AS TEXT)) j);

-- name: Conclusion :one
SELECT id FROM audit WHERE subject = @subject AND kind IN ('document.sealed', 'document.stamped') ORDER BY id DESC LIMIT 1;

-- name: EventsOf :many
SELECT a.* FROM json_each(CAST(@subjects AS TEXT)) j JOIN audit a ON a.subject = j.value
WHERE a.id <= @last OR a.kind IN ('document.received', 'paper.asked', 'paper.given') ORDER BY a.id;

-- name: EventDetail :one
SELECT salt, detail FROM audit_detail WHERE audit_id = @audit_id;

-- name: EventBefore :one
SELECT hash FROM audit WHERE id < @id ORDER BY id DESC LIMIT 1;

-- name: EventsBetween :many
SELECT * FROM audit WHERE id >= @first AND id <= @last ORDER BY id LIMIT 1000;

-- name: NewestEvent :one
SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1;

-- name: InsertAnchor :exec
INSERT INTO audit_anchor (audit_id, token, made_at) VALUES (@audit_id, @token, @made_at) ON CONFLICT DO NOTHING;

-- name: NewestAnchor :one
SELECT audit_id, made_at FROM audit_anchor ORDER BY audit_id DESC LIMIT 1;

-- name: AnchorOf :one
SELECT n.audit_id, n.token, n.made_at, a.hash FROM audit_anchor n JOIN audit a ON a.id = n.audit_id WHERE n.audit_id >= @id ORDER BY n.audit_id LIMIT 1;
