-- name: InsertPerson :one
INSERT INTO person (name, id_type, id_number, id_hash, id_from_on, id_until_on, mobile, mobile_hash, registered, level, verified_at, created_at)
VALUES (@name, @id_type, @id_number, @id_hash, @id_from_on, @id_until_on, @mobile, @mobile_hash, @registered, @level, @verified_at, @created_at)
RETURNING id;

-- name: Person :one
SELECT * FROM person WHERE id = @id;

-- name: VerifiedPerson :one
SELECT * FROM person WHERE id_hash = @id_hash AND level = 'verified';

-- name: VerifyPerson :execrows
UPDATE person SET level = 'verified', verified_at = @verified_at WHERE id = @id AND level = 'declared';

-- name: AgentSelves :many
SELECT d.id FROM person d JOIN person v ON v.id = @person_id
WHERE d.id <> v.id AND d.registered = 0 AND d.id_hash = v.id_hash AND d.name = v.name AND d.mobile_hash = v.mobile_hash;

-- name: DeclarePerson :exec
UPDATE person SET level = 'declared', verified_at = NULL WHERE id = @id;

-- name: CorrectPerson :execrows
UPDATE person SET name = @name, id_type = @id_type, id_number = @id_number, id_hash = @id_hash, id_from_on = @id_from_on, id_until_on = @id_until_on
WHERE id = @id AND level = @level;

-- name: BindAgents :many
UPDATE account SET person_id = @person_id WHERE kind = 'agent' AND ended_at IS NULL AND person_id = @was_id RETURNING id;

-- name: InsertAccount :one
INSERT INTO account (kind, person_id, enterprise_id, username, password, manages, from_on, until_on, confirmed_at, created_at)
VALUES (@kind, @person_id, @enterprise_id, @username, @password, @manages, @from_on, @until_on, @confirmed_at, @created_at)
RETURNING id;

-- name: PersonalAccount :one
SELECT id FROM account WHERE person_id = @person_id AND kind = 'person' AND ended_at IS NULL;

-- name: AccountsOfPerson :many
SELECT id FROM account WHERE person_id = @person_id AND ended_at IS NULL;

-- name: DeskAccounts :many
SELECT id FROM account WHERE kind = 'desk' AND ended_at IS NULL;

-- name: EndDesk :execrows
UPDATE account SET ended_at = @ended_at WHERE id = @id AND kind = 'desk' AND ended_at IS NULL;

-- name: AccountPassword :one
SELECT password FROM account WHERE id = @id;

-- name: FindPersonal :many
SELECT a.id, a.password FROM account a JOIN person p ON p.id = a.person_id
WHERE a.kind = 'person' AND a.ended_at IS NULL AND (p.mobile_hash = @mobile_hash OR p.id_hash = @id_hash)
ORDER BY p.level DESC, a.id LIMIT 3;

-- name: FindLegalRep :many
SELECT a.id, a.password FROM account a JOIN enterprise e ON e.id = a.enterprise_id
WHERE a.kind = 'legalrep' AND a.ended_at IS NULL AND e.uscc = @uscc AND e.state <> 'refused'
ORDER BY e.state, a.id LIMIT 3;

-- name: FindAgent :many
SELECT a.id, a.password FROM account a JOIN enterprise e ON e.id = a.enterprise_id JOIN person p ON p.id = a.person_id
WHERE a.kind = 'agent' AND a.ended_at IS NULL AND e.uscc = @uscc AND e.state = 'admitted'
  AND a.from_on <= @today_on AND a.until_on >= @today_on AND (p.mobile_hash = @mobile_hash OR p.id_hash = @id_hash)
ORDER BY a.id LIMIT 3;

-- name: FindDesk :many
SELECT id, password FROM account WHERE kind = 'desk' AND ended_at IS NULL AND username = @username;

-- name: ConfirmAccount :exec
UPDATE account SET confirmed_at = @confirmed_at WHERE id = @id AND confirmed_at IS NULL;

-- name: InsertSession :one
INSERT INTO session (token_hash, face, account_id, address, agent, created_at, seen_at, ends_at, proved_at)
VALUES (@token_hash, @face, @account_id, @address, @agent, @created_at, @created_at, @ends_at, @proved_at) RETURNING id;

-- name: Session :one
SELECT s.id, s.seen_at, s.proved_at, s.unlocked_at, s.enterprise_id AS chosen_id, a.id AS account_id, a.kind, a.person_id,
  a.enterprise_id, a.manages, a.confirmed_at, CAST(coalesce(p.name, a.username) AS TEXT) AS name,
  CAST(coalesce(e.name, '') AS TEXT) AS enterprise
FROM session s JOIN account a ON a.id = s.account_id
LEFT JOIN person p ON p.id = a.person_id LEFT JOIN enterprise e ON e.id = a.enterprise_id
WHERE s.token_hash = @token_hash AND s.face = @face AND s.ends_at > @now_at AND a.ended_at IS NULL
  AND (a.kind <> 'agent' OR (a.from_on <= @today_on AND a.until_on >= @today_on))
  AND (a.kind <> 'legalrep' OR e.state <> 'refused');

-- name: TouchSession :exec
UPDATE session SET seen_at = @seen_at, ends_at = @ends_at WHERE id = @id;

-- name: ProveSession :exec
UPDATE session SET proved_at = @proved_at WHERE id = @id AND account_id = @account_id;

-- name: UnlockSession :exec
UPDATE session SET unlocked_at = @unlocked_at WHERE id = @id AND account_id = @account_id;

-- name: ChooseEnterprise :exec
UPDATE session SET enterprise_id = @enterprise_id WHERE id = @id;

-- name: DeleteSession :exec
DELETE FROM session WHERE id = @id;

-- name: DeleteSessionsOf :many
DELETE FROM session
WHERE (session.account_id = @account_id OR session.id IN (SELECT g.session_id FROM session_given g WHERE g.account_id = @account_id)) AND session.id <> @but
RETURNING id;

-- name: OtherAccounts :many
SELECT a.id, a.kind, a.manages, a.confirmed_at, e.name AS enterprise, g.proved_at,
  CAST(g.session_id IS NOT NULL AS BOOLEAN) AS given
FROM account a JOIN person p ON p.id = a.person_id JOIN enterprise e ON e.id = a.enterprise_id
LEFT JOIN session_given g ON g.account_id = a.id AND g.session_id = @session_id
WHERE a.person_id = @person_id AND a.id <> @account_id AND p.level = 'verified' AND a.ended_at IS NULL
  AND (a.kind = 'legalrep' AND e.state <> 'refused'
    OR a.kind = 'agent' AND e.state = 'admitted' AND a.from_on <= @today_on AND a.until_on >= @today_on)
ORDER BY e.name, a.id;

-- name: LeaveAccount :execrows
INSERT INTO session_given (session_id, account_id, proved_at)
SELECT s.id, s.account_id, s.proved_at FROM session s WHERE s.id = @id AND s.account_id = @account_id
ON CONFLICT DO UPDATE SET proved_at = excluded.proved_at;

-- name: SwitchSession :execrows
UPDATE session SET account_id = @to_id, proved_at = @proved_at, unlocked_at = NULL, enterprise_id = NULL
WHERE id = @id AND account_id = @account_id;

-- name: DeleteOldSessions :exec
DELETE FROM session WHERE ends_at < @now_at;

-- name: InsertCode :exec
INSERT INTO sms_code (mobile_hash, purpose, code_hash, sent_at) VALUES (@mobile_hash, @purpose, @code_hash, @sent_at);

-- name: LatestCode :one
SELECT * FROM sms_code WHERE mobile_hash = @mobile_hash AND purpose = @purpose ORDER BY sent_at DESC, id DESC LIMIT 1;

-- name: CountCodes :many
SELECT purpose, count(*) AS sent FROM sms_code WHERE mobile_hash = @mobile_hash AND sent_at > @since_at GROUP BY purpose;

-- name: TryCode :exec
UPDATE sms_code SET tries = tries + 1 WHERE id = @id;

-- name: UseCode :execrows
UPDATE sms_code SET used_at = @used_at WHERE id = @id AND used_at IS NULL;

-- name: DeleteOldCodes :exec
DELETE FROM sms_code WHERE sent_at < @before_at;

-- name: Guard :one
SELECT failures, until_at FROM login_guard WHERE key = @key;

-- name: PutGuard :exec
INSERT INTO login_guard (key, failures, until_at, seen_at) VALUES (@key, @failures, @until_at, @seen_at)
ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, until_at = excluded.until_at, seen_at = excluded.seen_at;

-- name: DeleteGuard :exec
DELETE FROM login_guard WHERE key = @key;

-- name: DeleteOldGuards :exec
DELETE FROM login_guard WHERE seen_at < @before_at;

-- name: InsertPass :exec
INSERT INTO pass (token_hash, account_id, method, intent, made_at) VALUES (@token_hash, @account_id, @method, @intent, @made_at);

-- name: UsePass :one
UPDATE pass SET used_at = @used_at
WHERE token_hash = @token_hash AND account_id = @account_id AND intent = @intent AND used_at IS NULL AND made_at > @since_at
RETURNING method;

-- name: PassIsOpen :one
SELECT EXISTS (SELECT 1 FROM pass WHERE token_hash = @token_hash AND account_id = @account_id AND intent = @intent
  AND used_at IS NULL AND made_at > @since_at);

-- name: PassAccount :one
SELECT account_id FROM pass WHERE token_hash = @token_hash;

-- name: Face :one
SELECT * FROM face WHERE person_id = @person_id;

-- name: TakeFace :exec
INSERT INTO face (person_id, template, model, state, taken_at) VALUES (@person_id, @template, @model, 'taken', @taken_at)
ON CONFLICT (person_id) DO UPDATE SET template = excluded.template, model = excluded.model, state = 'taken', distance = -1,
  taken_at = excluded.taken_at, active_at = NULL;

-- name: CompareFace :exec
UPDATE face SET distance = @distance WHERE person_id = @person_id AND state = 'taken' AND taken_at = @taken_at;

-- name: ActivateFace :execrows
UPDATE face SET state = 'active', active_at = @active_at WHERE person_id = @person_id AND state = 'taken';

-- name: DeleteFace :execrows
DELETE FROM face WHERE person_id = @person_id;

-- name: DeleteTakenFace :execrows
DELETE FROM face WHERE person_id = @person_id AND state = 'taken';

-- name: InsertFaceCheck :exec
INSERT INTO face_check (token_hash, account_id, person_id, purpose, intent, nonce, challenge, made_at)
VALUES (@token_hash, @account_id, @person_id, @purpose, @intent, @nonce, @challenge, @made_at);

-- name: FaceCheck :one
SELECT * FROM face_check WHERE token_hash = @token_hash AND made_at > @since_at;

-- name: BeginFaceCheck :execrows
UPDATE face_check SET nonce = @next, challenge = @challenge WHERE token_hash = @token_hash AND passed = 0;

-- name: StepFaceCheck :execrows
UPDATE face_check SET nonce = @next, challenge = @challenge, passed = @passed
WHERE token_hash = @token_hash AND nonce = @nonce AND passed = 0 AND length(challenge) > 0;

-- name: DeleteFaceChecksOf :exec
DELETE FROM face_check WHERE person_id = @person_id;

-- name: DeleteFacePassesOf :exec
DELETE FROM pass WHERE method = 'face' AND used_at IS NULL AND account_id IN (SELECT id FROM account WHERE person_id = @person_id);

-- name: DeleteOldFaceChecks :exec
DELETE FROM face_check WHERE made_at < @before_at;

-- name: AccountPerson :one
SELECT person_id FROM account WHERE id = @id;

-- name: DeleteOldPasses :exec
DELETE FROM pass WHERE made_at < @before_at;

-- name: InsertConsent :exec
INSERT INTO consent (account_id, text, text_hash, given_at) VALUES (@account_id, @text, @text_hash, @given_at);

-- name: HasConsent :one
SELECT EXISTS (SELECT 1 FROM consent WHERE account_id = @account_id AND text = @text);

-- name: InsertClaim :one
INSERT INTO identity_claim (person_id, picture, state, created_at) VALUES (@person_id, @picture, 'waiting', @created_at) RETURNING id;

-- name: LatestClaim :one
SELECT * FROM identity_claim WHERE person_id = @person_id ORDER BY id DESC LIMIT 1;

-- name: Claim :one
SELECT * FROM identity_claim WHERE id = @id;

-- name: WaitingClaims :many
SELECT c.id, c.created_at, p.name, p.id_type FROM identity_claim c JOIN person p ON p.id = c.person_id
WHERE c.state = 'waiting' AND c.id > @after ORDER BY c.id LIMIT 21;

-- name: DecideClaim :execrows
UPDATE identity_claim SET state = @state, reason = @reason, picture = '', decided_at = @decided_at, decided_by = @decided_by
WHERE id = @id AND state = 'waiting';

-- name: PictureUsed :one
SELECT EXISTS (SELECT 1 FROM identity_claim WHERE picture = @name UNION ALL SELECT 1 FROM enterprise WHERE licence = @name
  UNION ALL SELECT 1 FROM legalrep_change WHERE licence = @name OR was_licence = @name);

-- name: AccountByMobile :one
SELECT a.id, a.person_id FROM account a JOIN person p ON p.id = a.person_id
WHERE a.kind = 'person' AND a.ended_at IS NULL AND p.registered = 1 AND p.mobile_hash = @mobile_hash;

-- name: AccountByUSCC :one
SELECT a.id, a.person_id FROM account a JOIN enterprise e ON e.id = a.enterprise_id
WHERE a.kind = 'legalrep' AND a.ended_at IS NULL AND e.uscc = @uscc AND e.state <> 'refused'
ORDER BY e.state, a.id LIMIT 1;

-- name: ResetAccount :exec
UPDATE account SET password = @password WHERE id = @id;

-- name: BlockAccount :exec
UPDATE account SET cleared_at = @cleared_at WHERE id = @id;

-- name: SetMobile :execrows
UPDATE person SET mobile = @mobile, mobile_hash = @mobile_hash WHERE id = @id AND mobile_hash = @was_hash;

-- name: OpenSessions :many
SELECT id, face, address, agent, created_at, seen_at FROM session
WHERE (session.account_id = @account_id OR session.id IN (SELECT g.session_id FROM session_given g WHERE g.account_id = @account_id)) AND ends_at > @now_at
ORDER BY seen_at DESC, id DESC;

-- name: PersonByNumber :one
SELECT id FROM person WHERE id_hash = @id_hash ORDER BY level DESC, registered DESC, id DESC LIMIT 1;

-- name: BlockedUntil :one
SELECT cleared_at FROM account WHERE person_id = @person_id AND ended_at IS NULL AND cleared_at > @now_at
ORDER BY cleared_at DESC LIMIT 1;

-- name: ClearAccounts :execrows
UPDATE account SET cleared_at = @now_at WHERE person_id = @person_id AND ended_at IS NULL AND cleared_at > @now_at;

-- name: InsertHelp :exec
INSERT INTO desk_help (person_id, kind, contract_id, reason, made_by, made_at)
VALUES (@person_id, @kind, @contract_id, @reason, @made_by, @made_at);

-- name: Helps :many
SELECT h.kind, h.reason, h.made_at, a.username, CAST(coalesce(c.number, '') AS TEXT) AS contract
FROM desk_help h JOIN account a ON a.id = h.made_by LEFT JOIN contract c ON c.id = h.contract_id
WHERE h.person_id = @person_id ORDER BY h.id DESC LIMIT 20;

-- name: HeldAccounts :many
SELECT a.kind, a.created_at, CAST(coalesce(e.name, '') AS TEXT) AS enterprise
FROM account a LEFT JOIN enterprise e ON e.id = a.enterprise_id
WHERE a.person_id = @person_id AND a.ended_at IS NULL ORDER BY a.id;

-- name: HeldConsents :many
SELECT c.text, c.given_at FROM consent c JOIN account a ON a.id = c.account_id
WHERE a.person_id = @person_id ORDER BY c.id DESC LIMIT 200;

-- name: MakePasskeyOwner :exec
INSERT INTO passkey_owner (account_id, handle) VALUES (@account_id, @handle) ON CONFLICT (account_id) DO NOTHING;

-- name: PasskeyOwner :one
SELECT o.handle, a.kind, p.name, CAST(coalesce(e.name, '') AS TEXT) AS enterprise
FROM passkey_owner o JOIN account a ON a.id = o.account_id JOIN person p ON p.id = a.person_id LEFT JOIN enterprise e ON e.id = a.enterprise_id
WHERE o.account_id = @account_id;

-- name: InsertPasskeyChallenge :exec
INSERT INTO passkey_challenge (hash, account_id, purpose, intent, origin, made_at) VALUES (@hash, @account_id, @purpose, @intent, @origin, @made_at);

-- name: TakePasskeyChallenge :one
DELETE FROM passkey_challenge WHERE hash = @hash RETURNING *;

-- name: DeleteOldPasskeyChallenges :exec
DELETE FROM passkey_challenge WHERE made_at < @before_at;

-- name: InsertPasskey :exec
INSERT INTO passkey (account_id, credential, public_key, host, name, counter, shared, made_at)
VALUES (@account_id, @credential, @public_key, @host, @name, @counter, @shared, @made_at);

-- name: Passkeys :many
SELECT * FROM passkey WHERE account_id = @account_id ORDER BY id;

-- name: Passkey :one
SELECT * FROM passkey WHERE id = @id AND account_id = @account_id;

-- name: UsablePasskey :one
SELECT k.*, o.handle, a.kind, a.person_id FROM passkey k JOIN passkey_owner o ON o.account_id = k.account_id
JOIN account a ON a.id = k.account_id LEFT JOIN enterprise e ON e.id = a.enterprise_id
WHERE k.credential = @credential AND a.ended_at IS NULL
  AND (a.kind <> 'agent' OR (e.state = 'admitted' AND a.from_on <= @today_on AND a.until_on >= @today_on))
  AND (a.kind <> 'legalrep' OR e.state <> 'refused');

-- name: CountPasskey :execrows
UPDATE passkey SET counter = @counter, used_at = @used_at WHERE id = @id AND counter = @was;

-- name: DeletePasskey :execrows
DELETE FROM passkey WHERE id = @id AND account_id = @account_id;

-- name: DeletePasskeysOf :execrows
DELETE FROM passkey WHERE account_id = @account_id;

-- name: PasskeyBlock :one
SELECT cleared_at FROM account WHERE id = @id;

-- name: HeldPasskeys :many
SELECT k.name, k.made_at, k.used_at, a.kind, CAST(coalesce(e.name, '') AS TEXT) AS enterprise
FROM passkey k JOIN account a ON a.id = k.account_id LEFT JOIN enterprise e ON e.id = a.enterprise_id
WHERE a.person_id = @person_id AND a.ended_at IS NULL ORDER BY k.id;

-- name: SeeDevice :exec
INSERT INTO device (person_id, device_hash, seen_at)
SELECT a.person_id, @device_hash, @seen_at FROM account a WHERE a.id = @account_id AND a.person_id IS NOT NULL
ON CONFLICT (person_id, device_hash) DO UPDATE SET seen_at = excluded.seen_at;

-- name: DeviceOfStaff :one
SELECT EXISTS (SELECT 1 FROM person w JOIN device d ON d.person_id = w.id JOIN device o ON o.device_hash = d.device_hash JOIN person p ON p.id = o.person_id
  WHERE w.id_hash = @id_hash AND p.id_hash <> @id_hash
    AND (EXISTS (SELECT 1 FROM account a JOIN person x ON x.id = a.person_id WHERE a.enterprise_id = @enterprise_id AND a.ended_at IS NULL AND x.id_hash = p.id_hash)
      OR EXISTS (SELECT 1 FROM seal_grant g JOIN seal s ON s.id = g.seal_id WHERE s.enterprise_id = @enterprise_id AND g.person_id = p.id AND g.removed_at IS NULL)));

-- name: CountDevices :one
SELECT count(*) FROM device WHERE person_id = @person_id;

-- name: DeleteOldDevices :exec
DELETE FROM device WHERE seen_at < @before_at;
