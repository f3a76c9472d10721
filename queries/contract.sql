-- name: ContractOfFiling :one
SELECT * FROM contract WHERE filing_id = @filing_id;

-- name: InsertContract :one
INSERT INTO contract (filing_id, enterprise_id, id_hash, number, check_code, made_at)
VALUES (@filing_id, @enterprise_id, @id_hash, @number, @check_code, @made_at) RETURNING *;

-- name: NextNumber :one
INSERT INTO counter (name, value) VALUES (@name, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value;

-- name: BindContract :execrows
UPDATE contract SET person_id = @person_id WHERE id = @id AND person_id IS NULL;

-- name: UnbindContracts :exec
UPDATE contract SET person_id = NULL WHERE person_id IN (
  SELECT d.id FROM person d JOIN person v ON v.id = @person_id WHERE d.id_hash = v.id_hash AND d.level = 'declared');

-- name: HolderOfEnded :one
SELECT c.person_id FROM filing f JOIN contract c ON c.filing_id = f.previous_id WHERE f.id = @filing_id AND f.kind = 'termination' AND c.person_id IS NOT NULL;

-- name: ReleaseContracts :many
UPDATE contract SET person_id = NULL WHERE id IN (
  SELECT c.id FROM person p JOIN contract c ON c.person_id = p.id JOIN filing f ON f.id = c.filing_id JOIN document d ON d.contract_id = c.id AND d.kind = 'main'
  WHERE p.id = @person_id AND d.state = 'unsigned' AND (f.name <> p.name OR c.id_hash <> p.id_hash))
RETURNING id, enterprise_id, number;

-- name: UnboundContracts :many
SELECT c.id, f.kind, e.name AS enterprise FROM person p JOIN contract c ON c.id_hash = p.id_hash
JOIN filing f ON f.id = c.filing_id JOIN enterprise e ON e.id = c.enterprise_id
WHERE p.id = @person_id AND p.level = 'verified' AND c.person_id IS NULL AND f.name = p.name AND f.mobile_hash = p.mobile_hash;

-- name: StrayContracts :many
SELECT c.id, c.number, c.enterprise_id, f.kind, e.name AS enterprise, p.id AS person_id, CAST(f.name = p.name AS INTEGER) AS same_name,
  CAST(f.mobile_hash = p.mobile_hash AS INTEGER) AS same_mobile,
  CAST(EXISTS (SELECT 1 FROM desk_help h WHERE h.contract_id = c.id) AS INTEGER) AS settled
FROM person p JOIN contract c ON c.id_hash = p.id_hash JOIN filing f ON f.id = c.filing_id JOIN enterprise e ON e.id = c.enterprise_id
WHERE p.id = @person_id AND p.level = 'verified' AND c.person_id IS NULL ORDER BY c.id DESC LIMIT 20;

-- name: StrayContract :one
SELECT c.id, c.number, c.enterprise_id, f.kind, e.name AS enterprise, p.id AS person_id, CAST(f.name = p.name AS INTEGER) AS same_name,
  CAST(f.mobile_hash = p.mobile_hash AS INTEGER) AS same_mobile,
  CAST(EXISTS (SELECT 1 FROM desk_help h WHERE h.contract_id = c.id) AS INTEGER) AS settled
FROM contract c JOIN person p ON p.id_hash = c.id_hash AND p.level = 'verified' JOIN filing f ON f.id = c.filing_id
JOIN enterprise e ON e.id = c.enterprise_id
WHERE c.id = @id AND c.person_id IS NULL;

-- name: InsertDocument :one
INSERT INTO document (contract_id, enterprise_id, kind, title, state, pages, base_hash, made_at)
VALUES (@contract_id, @enterprise_id, 'main', @title, @state, @pages, @base_hash, @made_at)
ON CONFLICT DO NOTHING RETURNING id;

-- name: MainDocument :one
SELECT id, state FROM document WHERE contract_id = @contract_id AND kind = 'main';

-- name: Document :one
SELECT d.*, CAST(coalesce((SELECT w.way FROM signature w WHERE w.document_id = d.id AND w.field = 'worker'), '') AS TEXT) AS way, c.filing_id, c.person_id, c.number, c.check_code, f.kind AS filing_kind, f.name AS worker, f.mobile, f.id_type, f.id_number,
  f.term_kind, f.start_on, f.end_on, f.ended_on, f.post, e.name AS enterprise
FROM document d JOIN contract c ON c.id = d.contract_id JOIN filing f ON f.id = c.filing_id JOIN enterprise e ON e.id = d.enterprise_id
WHERE d.id = @id;

-- name: DocumentByCode :one
SELECT m.id FROM contract c JOIN document m ON m.contract_id = c.id WHERE c.check_code = @code AND m.kind = 'main'
UNION ALL SELECT s.id FROM document s WHERE s.code = @code AND s.code <> '';

-- name: OwnDocument :one
SELECT d.id FROM document d JOIN contract c ON c.id = d.contract_id WHERE d.id = @id AND c.person_id = @person_id;

-- name: Visit :many
SELECT s.id FROM document d JOIN contract c ON c.id = d.contract_id JOIN document s ON s.contract_id = c.id
WHERE d.id = @id AND c.person_id = @person_id AND (s.state = 'unsigned' OR s.worker_at IS NOT NULL AND s.state <> 'withdrawn')
ORDER BY s.kind, s.id LIMIT 50;

-- name: HallDocument :one
SELECT id FROM document WHERE contract_id = @contract_id AND enterprise_id = @enterprise_id AND kind = 'main';

-- name: FileUsed :one
SELECT EXISTS (SELECT 1 FROM document a WHERE a.base_hash = @hash
  UNION ALL SELECT 1 FROM document b WHERE b.worker_hash = @hash AND b.worker_hash <> ''
  UNION ALL SELECT 1 FROM document c WHERE c.final_hash = @hash AND c.final_hash <> ''
  UNION ALL SELECT 1 FROM restamp d WHERE d.before_hash = @hash);

-- name: DocumentByHash :one
SELECT a.id FROM document a WHERE a.base_hash = @hash
UNION ALL SELECT b.id FROM document b WHERE b.worker_hash = @hash AND b.worker_hash <> ''
UNION ALL SELECT c.id FROM document c WHERE c.final_hash = @hash AND c.final_hash <> ''
UNION ALL SELECT d.document_id FROM restamp d WHERE d.before_hash = @hash LIMIT 1;

-- name: SignDocument :execrows
UPDATE document SET state = CASE kind WHEN 'supplement' THEN 'unconfirmed' ELSE 'unsealed' END, worker_hash = @worker_hash, worker_at = @worker_at, stamp_owed = @stamp_owed
WHERE id = @id AND state = 'unsigned' AND base_hash = @base_hash;

-- name: DeclineDocument :execrows
UPDATE document SET state = 'declined', decline_reason = @reason WHERE id = @id AND state = 'unsigned';

-- name: SealDocument :execrows
UPDATE document SET state = 'signed', final_hash = @final_hash, final_at = @final_at, seal_problem = '', stamp_ends_at = @stamp_ends_at, stamp_owed = @stamp_owed
WHERE document.id = @id AND state = 'unsealed' AND @before_hash = CASE worker_hash WHEN '' THEN base_hash ELSE worker_hash END
  AND (kind = 'main' OR EXISTS (SELECT 1 FROM confirmation k WHERE k.document_id = document.id AND k.file_hash = document.worker_hash AND k.lapsed_at IS NULL));

-- name: OwedStamps :many
SELECT id FROM document WHERE stamp_owed = 1 AND state = 'signed' AND (stamp_tried_at IS NULL OR stamp_tried_at < @tried_at) LIMIT 100;

-- name: EndingStamps :many
SELECT id FROM document WHERE stamp_ends_at < @before_at AND (stamp_tried_at IS NULL OR stamp_tried_at < @tried_at) ORDER BY stamp_ends_at LIMIT 100;

-- name: CountOwedStamps :one
SELECT count(*) FROM document WHERE stamp_owed = 1 AND enterprise_id = @enterprise_id;

-- name: AnyOwedStamp :one
SELECT EXISTS (SELECT 1 FROM document WHERE stamp_owed = 1 AND state = 'signed');

-- name: CountEndingStamps :one
SELECT count(*) FROM document WHERE stamp_ends_at < @before_at;

-- name: FirstStampEnd :one
SELECT stamp_ends_at FROM document WHERE stamp_ends_at IS NOT NULL ORDER BY stamp_ends_at LIMIT 1;

-- name: RestampDocument :execrows
UPDATE document SET final_hash = @final_hash, stamp_ends_at = @stamp_ends_at, stamp_owed = 0, stamp_tried_at = NULL WHERE id = @id AND final_hash = @before_hash;

-- name: InsertRestamp :exec
INSERT INTO restamp (before_hash, document_id, made_at) VALUES (@before_hash, @document_id, @made_at);

-- name: NoteStampTry :exec
UPDATE document SET stamp_tried_at = @tried_at WHERE id = @id;

-- name: NoteSealProblem :exec
UPDATE document SET seal_problem = @problem WHERE id = @id AND state = 'unsealed';

-- name: UnsealedDocuments :many
SELECT id FROM document WHERE enterprise_id = @enterprise_id AND state = 'unsealed' AND id > @after ORDER BY id LIMIT 100;

-- name: Tallies :many
SELECT kind, state, value FROM tally WHERE enterprise_id = @enterprise_id;

-- name: InsertBatch :execrows
INSERT INTO batch (authorization_id, enterprise_id, made_at) VALUES (@authorization_id, @enterprise_id, @made_at) ON CONFLICT DO NOTHING;

-- name: FillBatch :exec
UPDATE document SET batch_id = @batch_id, seal_problem = '' WHERE enterprise_id = @enterprise_id AND state = 'unsealed';

-- name: LatestBatch :one
SELECT b.made_at, (SELECT count(*) FROM document d WHERE d.batch_id = b.authorization_id) AS total,
  (SELECT count(*) FROM document d WHERE d.batch_id = b.authorization_id AND d.state = 'signed') AS sealed,
  (SELECT count(*) FROM document d WHERE d.batch_id = b.authorization_id AND d.state = 'unsealed' AND d.seal_problem <> '') AS failed
FROM batch b WHERE b.enterprise_id = @enterprise_id ORDER BY b.authorization_id DESC LIMIT 1;

-- name: SealProblems :many
SELECT d.contract_id, d.title, d.seal_problem, c.number, f.name
FROM document d JOIN contract c ON c.id = d.contract_id JOIN filing f ON f.id = c.filing_id
WHERE d.enterprise_id = @enterprise_id AND d.seal_problem <> '' ORDER BY d.id LIMIT 100;

-- name: ForgetSealProblems :execrows
UPDATE document SET seal_problem = '' WHERE enterprise_id = @enterprise_id AND seal_problem <> '';

-- name: InsertSignature :exec
INSERT INTO signature (document_id, field, certificate_id, way, seal_id, before_hash, after_hash, made_at)
VALUES (@document_id, @field, @certificate_id, @way, @seal_id, @before_hash, @after_hash, @made_at);

-- name: HallFilings :many
SELECT id FROM filing WHERE enterprise_id = @enterprise_id AND id < @before ORDER BY id DESC LIMIT @count;

-- name: HallFilingsByState :many
SELECT id FROM filing WHERE enterprise_id = @enterprise_id AND state = @state AND id < @before ORDER BY id DESC LIMIT @count;

-- name: HallFilingsByWorker :many
SELECT f.id FROM filing f WHERE f.enterprise_id = @enterprise_id AND f.id_hash = @id_hash AND f.id < @before
  AND instr(lower(f.name), lower(CAST(@name AS TEXT))) > 0 AND f.state LIKE CAST(@state AS TEXT)
  AND (CAST(@document AS TEXT) = '' OR EXISTS (SELECT 1 FROM contract c JOIN document d ON d.contract_id = c.id
       WHERE c.filing_id = f.id AND d.kind = 'main' AND d.state = CAST(@document AS TEXT)))
ORDER BY f.id DESC LIMIT @count;

-- name: HallFilingsByName :many
SELECT g.filing_id FROM name_gram g JOIN filing f ON f.id = g.filing_id
WHERE g.gram = @gram AND g.enterprise_id = @enterprise_id AND g.filing_id < @before
  AND instr(lower(f.name), lower(CAST(@name AS TEXT))) > 0 AND f.state LIKE CAST(@state AS TEXT)
  AND (CAST(@document AS TEXT) = '' OR EXISTS (SELECT 1 FROM contract c JOIN document d ON d.contract_id = c.id
       WHERE c.filing_id = f.id AND d.kind = 'main' AND d.state = CAST(@document AS TEXT)))
ORDER BY g.filing_id DESC LIMIT @count;

-- name: HallFilingsByDocument :many
SELECT c.filing_id FROM document d JOIN contract c ON c.id = d.contract_id
WHERE d.enterprise_id = @enterprise_id AND d.state = @state AND d.kind = 'main' AND d.id < @before
ORDER BY d.id DESC LIMIT @count;

-- name: SignedDocuments :many
SELECT d.id, d.title, d.final_hash, d.final_at, c.number, f.name
FROM json_each(CAST(@ids AS TEXT)) j JOIN filing f ON f.id = j.value JOIN contract c ON c.filing_id = f.id
JOIN document d ON d.contract_id = c.id
WHERE f.enterprise_id = @enterprise_id AND d.kind = 'main' AND d.state = 'signed' ORDER BY j.key;

-- name: HallRows :many
SELECT f.id, f.kind, f.paper, f.state, f.name, f.id_number, f.term_kind, f.start_on, f.end_on, f.ended_on,
  CAST(coalesce(c.id, 0) AS INTEGER) AS contract_id, CAST(coalesce(d.id, 0) AS INTEGER) AS document_id,
  CAST(coalesce(d.state, '') AS TEXT) AS document_state, CAST(coalesce(d.seal_problem, '') AS TEXT) AS seal_problem
FROM json_each(CAST(@ids AS TEXT)) j JOIN filing f ON f.id = j.value
LEFT JOIN contract c ON c.filing_id = f.id LEFT JOIN document d ON d.contract_id = c.id AND d.kind = 'main'
ORDER BY j.key;

-- name: MyDocuments :many
SELECT d.id, d.title, d.state, f.term_kind, f.start_on, f.end_on, f.ended_on, f.post, e.name AS enterprise, c.number
FROM contract c JOIN document d ON d.contract_id = c.id JOIN filing f ON f.id = c.filing_id JOIN enterprise e ON e.id = c.enterprise_id
WHERE c.person_id = @person_id AND d.id < @before AND CAST(@shelf AS TEXT) = CASE
  WHEN d.state = 'unsigned' THEN ''
  WHEN f.kind = 'termination' OR d.state IN ('declined', 'withdrawn') OR f.end_on < @today_on OR EXISTS (
    SELECT 1 FROM filing t WHERE t.previous_id = f.id AND t.kind = 'termination' AND t.state = 'rostered' AND t.ended_on < @today_on) THEN 'over'
  ELSE 'signed' END
ORDER BY d.id DESC LIMIT @count;

-- name: CountUnsigned :one
SELECT count(*) FROM contract c JOIN document d ON d.contract_id = c.id WHERE c.person_id = @person_id AND d.state = 'unsigned';

-- name: SupplementedContract :one
SELECT c.*, m.id AS main_id FROM contract c JOIN filing f ON f.id = c.filing_id JOIN document m ON m.contract_id = c.id AND m.kind = 'main'
WHERE c.id = @id AND c.enterprise_id = @enterprise_id AND f.kind = 'new' AND f.state = 'rostered' AND f.paper = 0 AND m.state <> 'declined';

-- name: InsertSupplement :one
INSERT INTO document (contract_id, enterprise_id, kind, title, code, state, pages, base_hash, made_at)
SELECT c.id, c.enterprise_id, 'supplement', @title, @code, 'unsigned', @pages, @base_hash, @made_at
FROM contract c JOIN filing f ON f.id = c.filing_id JOIN document m ON m.contract_id = c.id AND m.kind = 'main'
WHERE c.id = @contract_id AND c.enterprise_id = @enterprise_id AND f.kind = 'new' AND f.state = 'rostered' AND f.paper = 0 AND m.state <> 'declined'
RETURNING id;

-- name: WithdrawSupplement :execrows
UPDATE document SET state = 'withdrawn' WHERE id = @id AND enterprise_id = @enterprise_id AND kind = 'supplement' AND state = 'unsigned';

-- name: WithdrawSupplementsOf :many
UPDATE document SET state = 'withdrawn', seal_problem = '', batch_id = NULL
WHERE contract_id = @contract_id AND kind = 'supplement' AND state IN ('unsigned', 'unconfirmed', 'unsealed') RETURNING id;

-- name: Supplements :many
SELECT id FROM document WHERE contract_id = @contract_id AND enterprise_id = @enterprise_id AND kind = 'supplement' ORDER BY id DESC LIMIT 100;

-- name: HallSupplement :one
SELECT id FROM document WHERE id = @id AND enterprise_id = @enterprise_id AND kind = 'supplement';

-- name: Unconfirmed :many
SELECT id FROM document WHERE enterprise_id = @enterprise_id AND state = 'unconfirmed' ORDER BY id LIMIT 100;

-- name: Told :one
SELECT EXISTS (SELECT 1 FROM message WHERE account_id = @account_id AND link = @link);

-- name: ConfirmSupplement :execrows
UPDATE document SET state = 'unsealed' WHERE id = @id AND state = 'unconfirmed' AND worker_hash = @file_hash;

-- name: InsertConfirmation :exec
INSERT INTO confirmation (document_id, authorization_id, person_id, certificate_id, file_hash, statement, signature, made_at)
VALUES (@document_id, @authorization_id, @person_id, @certificate_id, @file_hash, @statement, @signature, @made_at);

-- name: Confirmation :one
SELECT k.*, c.serial, c.revoked_at, a.person_id AS signer_id FROM confirmation k
JOIN certificate c ON c.id = k.certificate_id JOIN account a ON a.id = c.account_id
WHERE k.document_id = @document_id AND k.lapsed_at IS NULL;

-- name: LapseConfirmation :execrows
UPDATE confirmation SET lapsed_at = @lapsed_at WHERE id = @id AND lapsed_at IS NULL;

-- name: ReopenSupplement :execrows
UPDATE document SET state = 'unconfirmed', seal_problem = '', batch_id = NULL WHERE id = @id AND kind = 'supplement' AND state = 'unsealed';

-- name: EndingContracts :many
SELECT f.id, f.name, f.end_on FROM filing f
WHERE f.enterprise_id = @enterprise_id AND f.state = 'rostered' AND f.end_on IS NOT NULL AND f.end_on >= @from_on AND f.end_on <= @until_on
  AND f.kind IN ('new', 'renewal') AND NOT EXISTS (SELECT 1 FROM filing n WHERE n.previous_id = f.id AND n.state <> 'draft')
  AND NOT EXISTS (SELECT 1 FROM contract c JOIN document d ON d.contract_id = c.id WHERE c.filing_id = f.id AND d.kind = 'main' AND d.state = 'declined')
ORDER BY f.end_on, f.id LIMIT @count;

-- name: EndingProbations :many
SELECT f.id, f.name, f.start_on, f.probation FROM filing f
WHERE f.enterprise_id = @enterprise_id AND f.state = 'rostered' AND f.probation > 0 AND f.start_on >= @from_on AND f.start_on <= @today_on
  AND date(f.start_on, '+' || f.probation || ' months') BETWEEN CAST(@low AS TEXT) AND CAST(@high AS TEXT)
  AND f.kind IN ('new', 'renewal') AND NOT EXISTS (SELECT 1 FROM filing n WHERE n.previous_id = f.id AND n.kind = 'termination' AND n.state <> 'draft')
  AND NOT EXISTS (SELECT 1 FROM contract c JOIN document d ON d.contract_id = c.id WHERE c.filing_id = f.id AND d.kind = 'main' AND d.state = 'declined')
ORDER BY date(f.start_on, '+' || f.probation || ' months'), f.id LIMIT @count;

-- name: LongUnsigned :many
SELECT f.id, f.name, c.id AS contract_id, d.made_at, d.urged_on FROM document d JOIN contract c ON c.id = d.contract_id JOIN filing f ON f.id = c.filing_id
WHERE d.enterprise_id = @enterprise_id AND d.state = 'unsigned' AND d.kind = 'main' AND d.made_at <= @before_at ORDER BY d.id LIMIT @count;

-- name: DueFilings :many
SELECT id, name, start_on FROM filing
WHERE enterprise_id = @enterprise_id AND state IN ('draft', 'returned') AND kind <> 'termination' AND start_on <= @today_on
ORDER BY start_on, id LIMIT @count;

-- name: InsertReminder :execrows
INSERT INTO reminder (filing_id, kind, made_at) VALUES (@filing_id, @kind, @made_at) ON CONFLICT DO NOTHING;

-- name: NewDay :execrows
INSERT INTO counter (name, value) VALUES ('reminded', @day) ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value < excluded.value;

-- name: AdmittedEnterprises :many
SELECT id FROM enterprise WHERE state = 'admitted' ORDER BY id;

-- name: UrgeDocument :one
UPDATE document SET urged_on = @today_on
WHERE contract_id = @contract_id AND enterprise_id = @enterprise_id AND kind = 'main' AND state = 'unsigned' AND (urged_on IS NULL OR urged_on < @today_on)
RETURNING id;

-- name: WorkerSerial :one
SELECT c.serial FROM signature s JOIN certificate c ON c.id = s.certificate_id WHERE s.document_id = @document_id AND s.field = 'worker';

-- name: ReceiveDocument :execrows
UPDATE document SET received_at = @received_at WHERE document.id = @id AND state = 'signed' AND received_at IS NULL
  AND EXISTS (SELECT 1 FROM contract c JOIN filing f ON f.id = c.filing_id WHERE c.id = document.contract_id AND f.kind = 'termination');

-- name: InsertPaperRequest :one
INSERT INTO paper_request (document_id, enterprise_id, asked_at)
SELECT d.id, d.enterprise_id, @asked_at FROM document d WHERE d.id = @document_id AND d.state = 'signed' ON CONFLICT DO NOTHING
RETURNING id;

-- name: LatestPaperRequest :one
SELECT id, asked_at, given_on FROM paper_request WHERE document_id = @document_id ORDER BY id DESC LIMIT 1;

-- name: PaperRequests :many
SELECT r.id, r.document_id, r.asked_at, r.given_on, d.contract_id, d.title, c.number, f.name
FROM paper_request r JOIN document d ON d.id = r.document_id JOIN contract c ON c.id = d.contract_id JOIN filing f ON f.id = c.filing_id
WHERE r.enterprise_id = @enterprise_id AND r.id < @before ORDER BY r.id DESC LIMIT @count;

-- name: CountPapersAsked :one
SELECT count(*) FROM paper_request WHERE enterprise_id = @enterprise_id AND given_on IS NULL;

-- name: GivePaper :one
UPDATE paper_request SET given_on = @given_on, given_by = @given_by
WHERE id = @id AND enterprise_id = @enterprise_id AND given_on IS NULL RETURNING document_id;
