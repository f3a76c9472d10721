-- name: InsertClauseSet :one
INSERT INTO clause_set (enterprise_id, version, clauses, made_by, made_at)
SELECT CAST(@enterprise_id AS INTEGER), CAST(@base AS INTEGER) + 1, CAST(@clauses AS TEXT), CAST(@made_by AS INTEGER), CAST(@made_at AS INTEGER)
WHERE (SELECT coalesce(max(version), 0) FROM clause_set WHERE enterprise_id = @enterprise_id) = CAST(@base AS INTEGER)
RETURNING id;

-- name: NewestClauseSet :one
SELECT * FROM clause_set WHERE enterprise_id = @enterprise_id ORDER BY version DESC LIMIT 1;

-- name: ClauseSet :one
SELECT * FROM clause_set WHERE id = @id;

-- name: ClauseSetOfVersion :one
SELECT * FROM clause_set WHERE enterprise_id = @enterprise_id AND version = @version;

-- name: ClauseSets :many
SELECT s.version, s.clauses, s.made_at, CAST(coalesce(p.name, '') AS TEXT) AS made_by
FROM clause_set s JOIN account a ON a.id = s.made_by LEFT JOIN person p ON p.id = a.person_id
WHERE s.enterprise_id = @enterprise_id ORDER BY s.version DESC LIMIT 50;
