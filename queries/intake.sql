-- name: InsertImport :one
INSERT INTO import (enterprise_id, account_id, paper, state, file, made_at)
VALUES (@enterprise_id, @account_id, @paper, 'reading', @file, @made_at) RETURNING id;

-- name: OneImport :one
SELECT i.*, (SELECT count(*) FROM import_row r WHERE r.import_id = i.id AND r.state = 'unchecked') AS unchecked,
  (SELECT count(*) FROM import_row r WHERE r.import_id = i.id AND r.state = 'good') AS good,
  (SELECT count(*) FROM import_row r WHERE r.import_id = i.id AND r.state = 'faulty') AS faulty,
  (SELECT count(*) FROM import_row r WHERE r.import_id = i.id AND r.state = 'stored') AS filed
FROM import i WHERE i.id = @id AND (i.enterprise_id = @enterprise_id OR CAST(@anybody AS INTEGER) = 1);

-- name: OpenImports :many
SELECT id, state, total, made_at FROM import
WHERE enterprise_id = @enterprise_id AND ended_at IS NULL ORDER BY id DESC LIMIT 10;

-- name: InsertImportRows :exec
INSERT INTO import_row (import_id, row, cells, id_hash, state, faults, warnings)
SELECT CAST(@import_id AS INTEGER), value ->> 'Row', unhex(value ->> 'Cells'), unhex(value ->> 'Hash'), 'unchecked', '[]', '[]'
FROM json_each(CAST(@rows AS TEXT)) WHERE true
ON CONFLICT (import_id, row) DO NOTHING;

-- name: ImportRead :execrows
UPDATE import SET state = 'checking', total = @total WHERE id = @id AND state = 'reading';

-- name: ImportRows :many
SELECT row, cells, id_hash, warnings FROM import_row
WHERE import_id = @import_id AND state = @state ORDER BY row LIMIT @count;

-- name: EarlierRow :one
SELECT CAST(coalesce(min(row), 0) AS INTEGER) AS earlier FROM import_row
WHERE import_id = @import_id AND id_hash = @id_hash AND id_hash <> X'' AND row < @row;

-- name: CheckedRow :exec
UPDATE import_row SET state = @state, faults = @faults, warnings = @warnings
WHERE import_id = @import_id AND row = @row AND import_row.state = 'unchecked';

-- name: ImportChecked :exec
UPDATE import SET state = 'checked' WHERE id = @id AND state = 'checking'
  AND NOT EXISTS (SELECT 1 FROM import_row r WHERE r.import_id = import.id AND r.state = 'unchecked');

-- name: ConfirmImport :execrows
UPDATE import SET state = 'storing', account_id = @account_id WHERE id = @id AND enterprise_id = @enterprise_id AND state = 'checked';

-- name: StoredRow :execrows
UPDATE import_row SET state = 'stored' WHERE import_id = @import_id AND row = @row AND state = 'good';

-- name: UnstorableRow :execrows
UPDATE import_row SET state = 'faulty', faults = @faults WHERE import_id = @import_id AND row = @row AND state = 'good';

-- name: ImportStored :execrows
UPDATE import SET state = 'stored', ended_at = @now_at WHERE id = @id AND state = 'storing'
  AND NOT EXISTS (SELECT 1 FROM import_row r WHERE r.import_id = import.id AND r.state = 'good');

-- name: RefuseImport :exec
UPDATE import SET state = 'refused', problem = @problem, ended_at = @now_at WHERE id = @id AND state = 'reading';

-- name: DropImport :execrows
UPDATE import SET state = 'dropped', ended_at = @now_at
WHERE id = @id AND enterprise_id = @enterprise_id AND state IN ('reading', 'checking', 'checked');

-- name: ImportWarnings :many
SELECT CAST(w.value AS TEXT) AS warning, count(*) AS n
FROM import_row r, json_each(r.warnings) w
WHERE r.import_id = @import_id AND r.state = 'good' GROUP BY w.value ORDER BY min(r.row), w.value LIMIT 100;

-- name: FaultyRows :many
SELECT row, cells, faults FROM import_row
WHERE import_id = @import_id AND state = 'faulty' AND row > @after ORDER BY row LIMIT @most;

-- name: ForgetImportRows :exec
UPDATE import_row SET cells = X'' WHERE import_id = @import_id AND cells <> X'';

-- name: FileDeleted :exec
UPDATE import SET file = '' WHERE id = @id AND ended_at IS NOT NULL;

-- name: OldImports :many
SELECT id FROM import WHERE file <> '' AND made_at < @before_at;

-- name: DropOldImport :exec
UPDATE import SET state = 'dropped', ended_at = @now_at WHERE id = @id AND ended_at IS NULL;

-- name: DeleteOldImportRows :exec
DELETE FROM import_row WHERE import_id IN (SELECT i.id FROM import i WHERE i.file = '' AND i.made_at < @before_at);
