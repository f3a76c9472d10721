-- name: WaitingFilings :many
SELECT f.id, f.version, f.kind, f.paper, f.name, f.id_number, f.post, f.submitted_at, e.name AS enterprise
FROM filing f JOIN enterprise e ON e.id = f.enterprise_id
WHERE f.state = 'submitted' AND f.id > @after AND (CAST(@only AS TEXT) = '' OR f.kind = CAST(@only AS TEXT))
  AND (CAST(@enterprise AS TEXT) = '' OR instr(e.name, CAST(@enterprise AS TEXT)) > 0)
ORDER BY f.id LIMIT 21;

-- name: CountWaitingFilings :one
SELECT count(*) FROM filing f JOIN enterprise e ON e.id = f.enterprise_id
WHERE f.state = 'submitted' AND (CAST(@only AS TEXT) = '' OR f.kind = CAST(@only AS TEXT))
  AND (CAST(@enterprise AS TEXT) = '' OR instr(e.name, CAST(@enterprise AS TEXT)) > 0);

-- name: EnterprisesWaiting :many
SELECT DISTINCT enterprise_id FROM filing WHERE state = 'submitted';

-- name: WaitingOf :many
SELECT id, version FROM filing WHERE enterprise_id = @enterprise_id AND state = 'submitted' ORDER BY id LIMIT 500;

-- name: DecideFiling :execrows
UPDATE filing SET state = @state, return_reason = @return_reason, decided_at = @decided_at, decided_by = @decided_by
WHERE id = @id AND version = @version AND filing.state = 'submitted';

-- name: EnterprisesToRoster :many
SELECT e.id, e.name, count(*) AS filings FROM filing f JOIN enterprise e ON e.id = f.enterprise_id
WHERE f.state = 'approved' GROUP BY e.id, e.name ORDER BY e.id LIMIT 100;

-- name: ApprovedFilings :many
SELECT id, paper FROM filing WHERE enterprise_id = @enterprise_id AND state = 'approved' ORDER BY id;

-- name: NextRosterNumber :one
INSERT INTO counter (name, value) VALUES (@name, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value;

-- name: InsertRoster :one
INSERT INTO roster (enterprise_id, number, made_by, made_at) VALUES (@enterprise_id, @number, @made_by, @made_at) RETURNING id;

-- name: RosterFiling :execrows
UPDATE filing SET state = 'rostered', roster_id = @roster_id, roster_row = @roster_row WHERE id = @id AND state = 'approved';

-- name: Rosters :many
SELECT r.id, r.number, r.made_at, e.name AS enterprise, (SELECT count(*) FROM filing f WHERE f.roster_id = r.id) AS filings
FROM roster r JOIN enterprise e ON e.id = r.enterprise_id
WHERE r.id < @before ORDER BY r.id DESC LIMIT 21;

-- name: RostersOf :many
SELECT r.id, r.number, r.made_at, e.name AS enterprise, (SELECT count(*) FROM filing f WHERE f.roster_id = r.id) AS filings
FROM roster r JOIN enterprise e ON e.id = r.enterprise_id
WHERE r.enterprise_id = @enterprise_id AND r.id < @before ORDER BY r.id DESC LIMIT 21;

-- name: Roster :one
SELECT r.id, r.number, r.made_at, r.enterprise_id, e.name AS enterprise, e.uscc FROM roster r JOIN enterprise e ON e.id = r.enterprise_id
WHERE r.id = @id AND (r.enterprise_id = @enterprise_id OR CAST(@anybody AS INTEGER) = 1);

-- name: RosterRows :many
SELECT f.id, f.kind, f.paper, f.name, f.id_type, f.id_number, f.mobile, f.sex, f.domicile, f.address,
  f.post, f.employment, f.term_kind, f.start_on, f.end_on, f.ended_on, f.roster_row,
  CAST(coalesce((SELECT h.start_on FROM filing h WHERE h.enterprise_id = f.enterprise_id AND h.id_hash = f.id_hash
                 AND h.kind = 'new' AND h.state = 'rostered' AND h.id <= f.id ORDER BY h.id DESC LIMIT 1), '') AS TEXT) AS since
FROM filing f WHERE f.roster_id = @roster_id AND f.roster_row > CAST(@after AS INTEGER) ORDER BY f.roster_row LIMIT 101;
