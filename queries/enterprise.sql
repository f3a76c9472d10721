-- name: InsertEnterprise :one
INSERT INTO enterprise (name, uscc, address, phone, legalrep_id, licence, state, created_at)
VALUES (@name, @uscc, @address, @phone, @legalrep_id, @licence, 'waiting', @created_at) RETURNING id;

-- name: Enterprise :one
SELECT e.*, p.name AS legalrep, p.level AS legalrep_level FROM enterprise e JOIN person p ON p.id = e.legalrep_id WHERE e.id = @id;

-- name: EnterprisesOfLegalRep :many
SELECT id, name, state, reason FROM enterprise WHERE legalrep_id = @legalrep_id ORDER BY id;

-- name: Admitted :one
SELECT id, name, legalrep_id FROM enterprise WHERE uscc = @uscc AND state = 'admitted';

-- name: USCCWaiting :one
SELECT EXISTS (SELECT 1 FROM enterprise WHERE uscc = @uscc AND state = 'waiting' AND legalrep_id = @legalrep_id);

-- name: WaitingEnterprises :many
SELECT id, name, created_at FROM enterprise WHERE state = 'waiting' AND id > @after ORDER BY id LIMIT 21;

-- name: DecideEnterprise :execrows
UPDATE enterprise SET state = @state, reason = @reason, decided_at = @decided_at, decided_by = @decided_by
WHERE id = @id AND state = 'waiting';

-- name: EnableElectronic :execrows
UPDATE enterprise SET electronic = 1 WHERE id = @id AND electronic = 0 AND state = 'admitted';

-- name: CloseElectronic :execrows
UPDATE enterprise SET electronic = 0 WHERE enterprise.id = @id AND electronic = 1 AND authorized_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM contract c JOIN document d ON d.contract_id = c.id
                  WHERE c.enterprise_id = enterprise.id AND d.state IN ('unconfirmed', 'unsealed') AND d.worker_at IS NOT NULL);

-- name: WorkerHasSigned :one
SELECT EXISTS (SELECT 1 FROM document d WHERE d.enterprise_id = @enterprise_id AND d.state IN ('unconfirmed', 'unsealed') AND d.worker_at IS NOT NULL);

-- name: MarkAuthorized :exec
UPDATE enterprise SET authorized_at = coalesce(authorized_at, @authorized_at) WHERE id = @id;

-- name: ClerksOf :many
SELECT id FROM account WHERE enterprise_id = @enterprise_id AND ended_at IS NULL;

-- name: ManagersOf :many
SELECT id FROM account WHERE enterprise_id = @enterprise_id AND ended_at IS NULL AND (kind = 'legalrep' OR manages = 1);

-- name: LegalRepAccount :one
SELECT a.id, a.person_id, e.name FROM account a JOIN enterprise e ON e.id = a.enterprise_id
WHERE a.enterprise_id = @enterprise_id AND a.kind = 'legalrep' AND a.ended_at IS NULL;

-- name: InsertStaff :one
INSERT INTO account (kind, person_id, enterprise_id, password, manages, from_on, until_on, confirmed_at, created_at)
VALUES (@kind, @person_id, @enterprise_id, @password, @manages, @from_on, @until_on, @confirmed_at, @created_at)
RETURNING id;

-- name: AgentsOf :many
SELECT a.id, a.manages, a.from_on, a.until_on, a.confirmed_at, p.name, p.id_type, p.id_number, p.mobile, p.level
FROM account a JOIN person p ON p.id = a.person_id
WHERE a.kind = 'agent' AND a.enterprise_id = @enterprise_id AND a.ended_at IS NULL ORDER BY a.id;

-- name: AgentKnown :one
SELECT EXISTS (SELECT 1 FROM account a JOIN person p ON p.id = a.person_id
               WHERE a.kind = 'agent' AND a.enterprise_id = @enterprise_id AND a.ended_at IS NULL
                 AND (p.id_hash = @id_hash OR p.mobile_hash = @mobile_hash));

-- name: SetAgentTerms :execrows
UPDATE account SET from_on = @from_on, until_on = @until_on, manages = @manages
WHERE id = @id AND kind = 'agent' AND enterprise_id = @enterprise_id AND ended_at IS NULL
  AND from_on = @was_from_on AND until_on = @was_until_on AND manages = @was_manages;

-- name: SetAgentPassword :execrows
UPDATE account SET password = @password, confirmed_at = NULL
WHERE id = @id AND kind = 'agent' AND enterprise_id = @enterprise_id AND ended_at IS NULL;

-- name: EndAgent :execrows
UPDATE account SET ended_at = @ended_at
WHERE id = @id AND kind = 'agent' AND enterprise_id = @enterprise_id AND ended_at IS NULL;

-- name: InsertLegalRepChange :one
INSERT INTO legalrep_change (enterprise_id, former_id, person_id, licence, password, state, created_at)
SELECT e.id, e.legalrep_id, @person_id, @licence, @password, 'waiting', @created_at FROM enterprise e
WHERE e.id = @enterprise_id AND e.state = 'admitted' AND e.legalrep_id = @former_id RETURNING id;

-- name: LegalRepChange :one
SELECT c.*, e.name AS enterprise, e.uscc, e.address, e.phone, e.licence AS present_licence, f.name AS former, p.name AS person, p.level
FROM legalrep_change c JOIN enterprise e ON e.id = c.enterprise_id JOIN person f ON f.id = c.former_id JOIN person p ON p.id = c.person_id
WHERE c.id = @id;

-- name: WaitingLegalRepChanges :many
SELECT c.id, e.name AS enterprise, c.created_at FROM legalrep_change c JOIN enterprise e ON e.id = c.enterprise_id
WHERE c.state = 'waiting' ORDER BY c.id LIMIT 21;

-- name: LegalRepChangesOf :many
SELECT e.name AS enterprise, c.state, c.reason FROM legalrep_change c JOIN enterprise e ON e.id = c.enterprise_id
WHERE c.person_id = @person_id ORDER BY c.id DESC LIMIT 10;

-- name: OtherLegalRepChanges :many
SELECT id, person_id, licence FROM legalrep_change WHERE enterprise_id = @enterprise_id AND state = 'waiting' AND id <> @id;

-- name: DecideLegalRepChange :execrows
UPDATE legalrep_change SET state = @state, reason = @reason, licence = @licence, was_licence = @was_licence, password = '', decided_at = @decided_at, decided_by = @decided_by
WHERE id = @id AND state = 'waiting';

-- name: ReplaceLegalRep :execrows
UPDATE enterprise SET legalrep_id = @person_id, licence = @licence WHERE id = @id AND legalrep_id = @former_id AND state = 'admitted';

-- name: EndLegalRep :one
UPDATE account SET ended_at = @ended_at WHERE enterprise_id = @enterprise_id AND kind = 'legalrep' AND ended_at IS NULL RETURNING id;
