-- name: InsertFiling :one
INSERT INTO filing (enterprise_id, kind, paper, state, previous_id, version, id_type, id_number, id_hash, mobile, mobile_hash, made_by, made_at)
VALUES (@enterprise_id, @kind, @paper, 'draft', @previous_id, 0, 'resident', X'', zeroblob(32), X'', zeroblob(32), @made_by, @made_at)
RETURNING id;

-- name: SaveFiling :execrows
UPDATE filing SET version = version + 1, state = @state, submitted_at = coalesce(@submitted_at, submitted_at), paper = @paper, clause_set_id = @clause_set_id,
  name = @name, id_type = @id_type, id_number = @id_number, id_hash = @id_hash, mobile = @mobile, mobile_hash = @mobile_hash,
  domicile = @domicile, address = @address, sex = @sex, birth_on = @birth_on,
  ethnicity = @ethnicity, education = @education, household = @household, employment = @employment,
  term_kind = @term_kind, start_on = @start_on, end_on = @end_on, task = @task, probation = @probation,
  post = @post, duties = @duties, workplace = @workplace, hours = @hours,
  pay_kind = @pay_kind, pay = @pay, pay_rule = @pay_rule, probation_pay = @probation_pay, pay_day = @pay_day,
  insured = @insured, insurance = @insurance, protection = @protection, clauses = @clauses,
  reason = @reason, ended_on = @ended_on, detail = @detail
WHERE id = @id AND enterprise_id = @enterprise_id AND version = @version AND filing.state IN ('draft', 'returned');

-- name: WithdrawFiling :execrows
UPDATE filing SET state = 'draft', version = version + 1
WHERE id = @id AND enterprise_id = @enterprise_id AND state = 'submitted';

-- name: DeleteDraft :execrows
DELETE FROM filing WHERE id = @id AND enterprise_id = @enterprise_id AND state = 'draft';

-- name: Filing :one
SELECT f.*, CAST(coalesce(c.id, 0) AS INTEGER) AS contract_id, CAST(coalesce(d.state, '') AS TEXT) AS document_state,
  CAST(coalesce(r.number, '') AS TEXT) AS roster_number
FROM filing f
LEFT JOIN contract c ON c.filing_id = f.id
LEFT JOIN document d ON d.contract_id = c.id AND d.kind = 'main'
LEFT JOIN roster r ON r.id = f.roster_id
WHERE f.id = @id AND (f.enterprise_id = @enterprise_id OR CAST(@anybody AS INTEGER) = 1);

-- name: FilingsOfKind :many
SELECT f.id, f.paper, f.state, f.name, f.id_number, f.post, f.term_kind, f.start_on, f.end_on, f.ended_on, f.made_at,
  CAST(coalesce(d.state, '') AS TEXT) AS document_state
FROM filing f
LEFT JOIN contract c ON c.filing_id = f.id
LEFT JOIN document d ON d.contract_id = c.id AND d.kind = 'main'
WHERE f.enterprise_id = @enterprise_id AND f.kind = @kind AND f.id < @before
  AND (CAST(@only AS TEXT) = '' OR f.state = CAST(@only AS TEXT))
ORDER BY f.id DESC LIMIT 21;

-- name: FilingsToExport :many
SELECT f.*, CAST(coalesce(c.id, 0) AS INTEGER) AS contract_id, CAST(coalesce(d.state, '') AS TEXT) AS document_state,
  CAST(coalesce(r.number, '') AS TEXT) AS roster_number
FROM filing f
LEFT JOIN contract c ON c.filing_id = f.id
LEFT JOIN document d ON d.contract_id = c.id AND d.kind = 'main'
LEFT JOIN roster r ON r.id = f.roster_id
WHERE f.enterprise_id = @enterprise_id AND f.kind = @kind AND f.id < @before
  AND (CAST(@only AS TEXT) = '' OR f.state = CAST(@only AS TEXT))
ORDER BY f.id DESC LIMIT 200;

-- name: CountFilings :one
SELECT CAST(coalesce(sum(value), 0) AS INTEGER) FROM tally WHERE enterprise_id = @enterprise_id AND kind = @kind
  AND (CAST(@only AS TEXT) = '' OR state = CAST(@only AS TEXT));

-- name: ContractsInForce :many
SELECT f.id, f.paper, f.state, f.name, f.id_number, f.post, f.term_kind, f.start_on, f.end_on, f.ended_on, f.made_at,
  CAST(coalesce(d.state, '') AS TEXT) AS document_state
FROM filing f
LEFT JOIN contract c ON c.filing_id = f.id
LEFT JOIN document d ON d.contract_id = c.id AND d.kind = 'main'
WHERE f.enterprise_id = @enterprise_id AND f.kind IN ('new', 'renewal') AND f.state = 'rostered' AND f.id < @before
  AND coalesce(d.state, '') <> 'declined'
  AND NOT EXISTS (SELECT 1 FROM filing n WHERE n.previous_id = f.id AND n.state <> 'draft'
                  AND NOT EXISTS (SELECT 1 FROM contract nc JOIN document nd ON nd.contract_id = nc.id
                                  WHERE nc.filing_id = n.id AND nd.kind = 'main' AND nd.state = 'declined'))
ORDER BY f.id DESC LIMIT 21;

-- name: ContractsInForceOf :many
SELECT f.id, f.paper, f.state, f.name, f.id_number, f.post, f.term_kind, f.start_on, f.end_on, f.ended_on, f.made_at,
  CAST(coalesce(d.state, '') AS TEXT) AS document_state
FROM json_each(CAST(@ids AS TEXT)) j JOIN filing f ON f.id = j.value
LEFT JOIN contract c ON c.filing_id = f.id
LEFT JOIN document d ON d.contract_id = c.id AND d.kind = 'main'
WHERE f.enterprise_id = @enterprise_id AND f.kind IN ('new', 'renewal') AND f.state = 'rostered'
  AND coalesce(d.state, '') <> 'declined'
  AND NOT EXISTS (SELECT 1 FROM filing n WHERE n.previous_id = f.id AND n.state <> 'draft'
                  AND NOT EXISTS (SELECT 1 FROM contract nc JOIN document nd ON nd.contract_id = nc.id
                                  WHERE nc.filing_id = n.id AND nd.kind = 'main' AND nd.state = 'declined'))
ORDER BY f.id DESC;

-- name: FilingInForce :one
SELECT EXISTS (SELECT 1 FROM filing f
WHERE f.id = @id AND f.enterprise_id = @enterprise_id AND f.kind IN ('new', 'renewal') AND f.state = 'rostered'
  AND NOT EXISTS (SELECT 1 FROM filing n WHERE n.previous_id = f.id AND n.state <> 'draft' AND n.id <> @except
                  AND NOT EXISTS (SELECT 1 FROM contract nc JOIN document nd ON nd.contract_id = nc.id
                                  WHERE nc.filing_id = n.id AND nd.kind = 'main' AND nd.state = 'declined'))
  AND NOT EXISTS (SELECT 1 FROM contract c JOIN document d ON d.contract_id = c.id
                  WHERE c.filing_id = f.id AND d.kind = 'main' AND d.state = 'declined'));

-- name: WorkerHistory :many
SELECT f.id, f.term_kind, f.start_on, f.end_on, f.probation,
  CAST(coalesce((SELECT n.ended_on FROM filing n WHERE n.previous_id = f.id AND n.kind = 'termination'
                 AND n.state IN ('approved', 'rostered')), '') AS TEXT) AS ended
FROM filing f
WHERE f.enterprise_id = @enterprise_id AND f.id_hash = @id_hash AND f.id <> @except
  AND f.kind IN ('new', 'renewal') AND f.state IN ('submitted', 'approved', 'rostered')
  AND NOT EXISTS (SELECT 1 FROM contract c JOIN document d ON d.contract_id = c.id
                  WHERE c.filing_id = f.id AND d.kind = 'main' AND d.state = 'declined')
ORDER BY f.start_on, f.id;

-- name: ContractNumber :one
SELECT number FROM contract WHERE filing_id = @filing_id;

-- name: DeleteGrams :exec
DELETE FROM name_gram WHERE filing_id = @filing_id;

-- name: InsertGrams :exec
INSERT INTO name_gram (gram, enterprise_id, filing_id)
SELECT value, CAST(@enterprise_id AS INTEGER), CAST(@filing_id AS INTEGER) FROM json_each(CAST(@grams AS TEXT));

-- name: MobileOfStaff :one
SELECT EXISTS (SELECT 1 FROM account a JOIN person p ON p.id = a.person_id
WHERE a.enterprise_id = @enterprise_id AND a.ended_at IS NULL AND p.mobile_hash = @mobile_hash AND p.id_hash <> @id_hash);

-- name: KeepEarlier :exec
INSERT INTO filing_earlier (filing_id, content, submitted_at) VALUES (@filing_id, @content, @submitted_at)
ON CONFLICT (filing_id) DO UPDATE SET content = excluded.content, submitted_at = excluded.submitted_at;

-- name: Earlier :one
SELECT content, submitted_at FROM filing_earlier WHERE filing_id = @filing_id;
