-- The whole schema. Moments (*_at) are Unix milliseconds, days (*_on) are TEXT 2006-01-02,
-- *_hash of a person's number is keyed (package vault), sealed BLOBs are AES-256-GCM.

-- Who: persons, enterprises, accounts ------------------------------------------------

CREATE TABLE person (
  id          INTEGER PRIMARY KEY,
  name        TEXT    NOT NULL CHECK (length(name) BETWEEN 2 AND 50),
  id_type     TEXT    NOT NULL CHECK (id_type IN ('resident', 'hkmo', 'taiwan', 'foreigner', 'passport')),
  id_number   BLOB    NOT NULL,                                   -- sealed
  id_hash     BLOB    NOT NULL CHECK (length(id_hash) = 32),
  id_from_on  TEXT,
  id_until_on TEXT,                                               -- NULL: 长期有效
  mobile      BLOB    NOT NULL,                                   -- sealed
  mobile_hash BLOB    NOT NULL CHECK (length(mobile_hash) = 32),
  registered  INTEGER NOT NULL CHECK (registered IN (0, 1)),      -- has a personal account
  level       TEXT    NOT NULL CHECK (level IN ('declared', 'verified')),
  verified_at INTEGER,
  created_at  INTEGER NOT NULL,
  CHECK ((level = 'verified') = (verified_at IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX person_verified ON person (id_hash) WHERE level = 'verified';
CREATE UNIQUE INDEX person_mobile ON person (mobile_hash) WHERE registered = 1;
CREATE INDEX person_id_number ON person (id_hash);

CREATE TABLE enterprise (
  id            INTEGER PRIMARY KEY,
  name          TEXT    NOT NULL CHECK (length(name) BETWEEN 4 AND 100),
  uscc          TEXT    NOT NULL CHECK (length(uscc) = 18),
  address       TEXT    NOT NULL,
  phone         TEXT    NOT NULL,
  legalrep_id   INTEGER NOT NULL REFERENCES person,
  licence       TEXT    NOT NULL,                                 -- name of the sealed picture
  state         TEXT    NOT NULL CHECK (state IN ('waiting', 'admitted', 'refused')),
  reason        TEXT    NOT NULL DEFAULT '',
  electronic    INTEGER NOT NULL DEFAULT 0 CHECK (electronic IN (0, 1)),
  authorized_at INTEGER,                                          -- first authorization ever completed
  created_at    INTEGER NOT NULL,
  decided_at    INTEGER,
  decided_by    INTEGER REFERENCES account,
  CHECK (electronic = 0 OR state = 'admitted'),
  CHECK (authorized_at IS NULL OR electronic = 1)
) STRICT;
CREATE UNIQUE INDEX enterprise_uscc ON enterprise (uscc) WHERE state = 'admitted';
CREATE INDEX enterprise_waiting ON enterprise (id) WHERE state = 'waiting';

CREATE TABLE account (
  id            INTEGER PRIMARY KEY,
  kind          TEXT    NOT NULL CHECK (kind IN ('person', 'legalrep', 'agent', 'desk')),
  person_id     INTEGER REFERENCES person,
  enterprise_id INTEGER REFERENCES enterprise,
  username      TEXT    NOT NULL DEFAULT '',                      -- desk accounts only
  password      TEXT    NOT NULL CHECK (password LIKE '$argon2id$%'),
  manages       INTEGER NOT NULL DEFAULT 0 CHECK (manages IN (0, 1)),
  from_on       TEXT,
  until_on      TEXT,
  confirmed_at  INTEGER,                                          -- the person proved the own mobile
  cleared_at    INTEGER,                                          -- certificates may be activated from then on
  ended_at      INTEGER,
  created_at    INTEGER NOT NULL,
  CHECK ((kind = 'desk') = (person_id IS NULL)),
  CHECK ((kind = 'desk') = (username <> '')),
  CHECK ((kind IN ('legalrep', 'agent')) = (enterprise_id IS NOT NULL)),
  CHECK ((kind = 'agent') = (from_on IS NOT NULL AND until_on IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX account_person ON account (person_id) WHERE kind = 'person';
CREATE UNIQUE INDEX account_legalrep ON account (enterprise_id) WHERE kind = 'legalrep' AND ended_at IS NULL;
CREATE UNIQUE INDEX account_agent ON account (enterprise_id, person_id) WHERE kind = 'agent' AND ended_at IS NULL;
CREATE UNIQUE INDEX account_desk ON account (username) WHERE kind = 'desk';
CREATE INDEX account_of_person ON account (person_id);

CREATE TABLE legalrep_change (                                    -- the new legal rep of an admitted enterprise applies to the desk (变更法定代表人)
  id            INTEGER PRIMARY KEY,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  former_id     INTEGER NOT NULL REFERENCES person,               -- the legal rep until then
  person_id     INTEGER NOT NULL REFERENCES person,               -- who applies
  licence       TEXT    NOT NULL,                                 -- name of the sealed picture, '' once refused
  was_licence   TEXT    NOT NULL DEFAULT '',                      -- the one that it replaced
  password      TEXT    NOT NULL CHECK (password = '' OR password LIKE '$argon2id$%'), -- of the account to come, '' once decided
  state         TEXT    NOT NULL CHECK (state IN ('waiting', 'accepted', 'refused')),
  reason        TEXT    NOT NULL DEFAULT '',
  created_at    INTEGER NOT NULL,
  decided_at    INTEGER,
  decided_by    INTEGER REFERENCES account,
  CHECK (former_id <> person_id),
  CHECK ((state = 'waiting') = (decided_at IS NULL)),
  CHECK ((state = 'waiting') = (password <> '')),
  CHECK ((state = 'refused') = (licence = '')),
  CHECK ((state = 'refused') = (reason <> '')),
  CHECK ((state = 'accepted') = (was_licence <> ''))
) STRICT;
CREATE UNIQUE INDEX legalrep_change_waiting ON legalrep_change (enterprise_id, person_id) WHERE state = 'waiting';
CREATE INDEX legalrep_change_queue ON legalrep_change (id) WHERE state = 'waiting';
CREATE INDEX legalrep_change_person ON legalrep_change (person_id, id);

CREATE TABLE identity_claim (                                     -- a person asks the desk to compare the document
  id         INTEGER PRIMARY KEY,
  person_id  INTEGER NOT NULL REFERENCES person,
  picture    TEXT    NOT NULL,                                    -- name of the sealed picture, '' once decided
  state      TEXT    NOT NULL CHECK (state IN ('waiting', 'accepted', 'refused')),
  reason     TEXT    NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  decided_at INTEGER,
  decided_by INTEGER REFERENCES account,
  CHECK ((state = 'waiting') = (decided_at IS NULL)),
  CHECK ((state = 'waiting') = (picture <> ''))
) STRICT;
CREATE UNIQUE INDEX identity_claim_waiting ON identity_claim (person_id) WHERE state = 'waiting';

CREATE TABLE session (
  id            INTEGER PRIMARY KEY,
  token_hash    BLOB    NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  face          TEXT    NOT NULL CHECK (face IN ('hall', 'm', 'desk')),
  account_id    INTEGER NOT NULL REFERENCES account,
  address       TEXT    NOT NULL,
  agent         TEXT    NOT NULL,
  created_at    INTEGER NOT NULL,
  seen_at       INTEGER NOT NULL,
  ends_at       INTEGER NOT NULL,
  proved_at     INTEGER,                                          -- password or face given last
  unlocked_at   INTEGER,                                          -- last step in 我的印章
  enterprise_id INTEGER REFERENCES enterprise                     -- chosen in 选择企业
) STRICT;
CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_ends ON session (ends_at);

CREATE TABLE session_given (                                      -- accounts a session left by 切换企业; it returns without their password
  session_id INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
  account_id INTEGER NOT NULL REFERENCES account,
  proved_at  INTEGER,                                             -- as in session
  PRIMARY KEY (session_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_given_account ON session_given (account_id);

CREATE TABLE device (                                             -- who logged in with which browser
  person_id   INTEGER NOT NULL REFERENCES person,
  device_hash BLOB    NOT NULL CHECK (length(device_hash) = 32),  -- keyed, of the browser's random mark
  seen_at     INTEGER NOT NULL,
  PRIMARY KEY (person_id, device_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX device_hash ON device (device_hash);
CREATE INDEX device_seen ON device (seen_at);

CREATE TABLE submission (                                         -- forms sent, so that none acts twice
  token      BLOB    PRIMARY KEY CHECK (length(token) = 32),
  location   TEXT    NOT NULL DEFAULT '',                         -- where the result is, '' while at work
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX submission_created ON submission (created_at);

CREATE TABLE sms_code (
  id          INTEGER PRIMARY KEY,
  mobile_hash BLOB    NOT NULL CHECK (length(mobile_hash) = 32),
  purpose     TEXT    NOT NULL,
  code_hash   BLOB    NOT NULL CHECK (length(code_hash) = 32),
  tries       INTEGER NOT NULL DEFAULT 0 CHECK (tries BETWEEN 0 AND 5),
  sent_at     INTEGER NOT NULL,
  used_at     INTEGER
) STRICT;
CREATE INDEX sms_code_latest ON sms_code (mobile_hash, purpose, sent_at);

CREATE TABLE login_guard (                                        -- wrong passwords by account and address together
  key      BLOB    PRIMARY KEY CHECK (length(key) = 32),
  failures INTEGER NOT NULL CHECK (failures >= 0),
  until_at INTEGER,
  seen_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pass (                                               -- somebody was recognised, for one act
  token_hash BLOB    PRIMARY KEY CHECK (length(token_hash) = 32),
  account_id INTEGER NOT NULL REFERENCES account,
  method     TEXT    NOT NULL,                                    -- face or passkey
  intent     BLOB    NOT NULL CHECK (length(intent) = 32),        -- keyed hash of purpose and object
  made_at    INTEGER NOT NULL,
  used_at    INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX pass_made ON pass (made_at);

CREATE TABLE face (                                               -- what somebody's face is known by
  person_id  INTEGER PRIMARY KEY REFERENCES person,
  template   BLOB    NOT NULL,                                    -- sealed
  model      TEXT    NOT NULL,                                    -- whose templates compare with it
  state      TEXT    NOT NULL CHECK (state IN ('taken', 'active')), -- active: compared to the identity document
  distance   INTEGER NOT NULL DEFAULT -1,                         -- to the document's picture, in thousandths; -1: not compared yet, -2: it shows no face
  taken_at   INTEGER NOT NULL,
  active_at  INTEGER,
  CHECK ((state = 'active') = (active_at IS NOT NULL))
) STRICT;

CREATE TABLE face_check (                                         -- somebody is asked to show the face
  token_hash BLOB    PRIMARY KEY CHECK (length(token_hash) = 32),
  account_id INTEGER NOT NULL REFERENCES account,
  person_id  INTEGER NOT NULL REFERENCES person,
  purpose    TEXT    NOT NULL,
  intent     BLOB    NOT NULL CHECK (length(intent) = 32),
  nonce      BLOB    NOT NULL CHECK (length(nonce) = 32),         -- of the next frame, hashed
  challenge  BLOB    NOT NULL,                                    -- sealed; empty while none runs
  passed     INTEGER NOT NULL DEFAULT 0 CHECK (passed IN (0, 1)),
  made_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX face_check_made ON face_check (made_at);

CREATE TABLE passkey_owner (                                      -- the random name by which devices know an account
  account_id INTEGER PRIMARY KEY REFERENCES account,
  handle     BLOB    NOT NULL UNIQUE CHECK (length(handle) = 32)
) STRICT;

CREATE TABLE passkey (                                            -- 通行密钥: a key that a device holds for an account
  id         INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES passkey_owner,
  credential BLOB    NOT NULL UNIQUE CHECK (length(credential) BETWEEN 1 AND 1023), -- its id
  public_key BLOB    NOT NULL CHECK (length(public_key) BETWEEN 1 AND 4096), -- COSE
  host       TEXT    NOT NULL CHECK (length(host) BETWEEN 1 AND 253), -- to which browsers bind it
  name       TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 20),
  counter    INTEGER NOT NULL CHECK (counter BETWEEN 0 AND 4294967295),
  shared     INTEGER NOT NULL CHECK (shared IN (0, 1)),           -- its maker may copy it to other devices of the person
  made_at    INTEGER NOT NULL,
  used_at    INTEGER
) STRICT;
CREATE INDEX passkey_account ON passkey (account_id);

CREATE TABLE passkey_challenge (                                  -- a question that waits for one answer
  hash       BLOB    PRIMARY KEY CHECK (length(hash) = 32),       -- SHA-256 of the challenge
  account_id INTEGER REFERENCES account,                          -- NULL: whoever logs in
  purpose    TEXT    NOT NULL,
  intent     BLOB    NOT NULL CHECK (length(intent) = 32),        -- keyed hash of purpose and object
  origin     TEXT    NOT NULL,                                    -- where it was asked
  made_at    INTEGER NOT NULL,
  CHECK ((purpose = 'passkey_login') = (account_id IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX passkey_challenge_made ON passkey_challenge (made_at);

CREATE TABLE consent (                                            -- a text that somebody agreed to
  id         INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account,
  text       TEXT    NOT NULL,                                    -- name and version of the text
  text_hash  BLOB    NOT NULL CHECK (length(text_hash) = 32),
  given_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX consent_account ON consent (account_id, text);

-- Keys, certificates, seals -----------------------------------------------------------

CREATE TABLE authority (                                          -- the built-in CA and TSA
  name        TEXT PRIMARY KEY CHECK (name IN ('root', 'issuing', 'tsa')),
  certificate BLOB NOT NULL,
  key         BLOB NOT NULL                                       -- sealed PKCS #8
) STRICT, WITHOUT ROWID;

CREATE TABLE stamp_key (                                          -- of another authority, imported to stamp the documents
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  certificate BLOB    NOT NULL,                                   -- DER
  above       BLOB    NOT NULL,                                   -- DER certificates of its issuers, the root left out
  key         BLOB    NOT NULL,                                   -- sealed PKCS #8
  added_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE stamp_root (                                         -- who vouches for time-stamp authorities outside
  certificate BLOB    PRIMARY KEY,
  added_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE certificate (
  id            INTEGER PRIMARY KEY,
  account_id    INTEGER NOT NULL REFERENCES account,
  serial        TEXT    NOT NULL UNIQUE,                          -- hexadecimal
  certificate   BLOB    NOT NULL,                                 -- DER
  key           BLOB    NOT NULL,                                 -- PKCS #8 under the passphrase
  failures      INTEGER NOT NULL DEFAULT 0 CHECK (failures BETWEEN 0 AND 5),
  activated_at  INTEGER NOT NULL,
  ends_at       INTEGER NOT NULL,
  revoked_at    INTEGER,
  revoke_reason INTEGER,                                          -- RFC 5280, 5.3.1
  CHECK ((revoked_at IS NULL) = (revoke_reason IS NULL))
) STRICT;
CREATE UNIQUE INDEX certificate_active ON certificate (account_id) WHERE revoked_at IS NULL;
CREATE INDEX certificate_revoked ON certificate (revoked_at) WHERE revoked_at IS NOT NULL;

CREATE TABLE seal (
  id            INTEGER PRIMARY KEY,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  kind          TEXT    NOT NULL CHECK (kind IN ('name', 'contract', 'finance', 'hr', 'business', 'invoice', 'legalrep')),
  name          TEXT    NOT NULL CHECK (length(name) BETWEEN 2 AND 50),
  made_by       INTEGER NOT NULL REFERENCES account,
  made_at       INTEGER NOT NULL,
  voided_by     INTEGER REFERENCES account,
  voided_at     INTEGER,
  CHECK ((voided_by IS NULL) = (voided_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX seal_live ON seal (enterprise_id, kind) WHERE voided_at IS NULL;
CREATE INDEX seal_enterprise ON seal (enterprise_id);

CREATE TABLE seal_certificate (                                   -- those that a seal had one after the other; the present one is not replaced
  id          INTEGER PRIMARY KEY,
  seal_id     INTEGER NOT NULL REFERENCES seal,
  serial      TEXT    NOT NULL,                                   -- hexadecimal
  certificate BLOB    NOT NULL,                                   -- DER
  above       BLOB    NOT NULL,                                   -- DER certificates of its issuers, one behind the other; X'' for our own
  imported    INTEGER NOT NULL CHECK (imported IN (0, 1)),        -- issued by somebody else
  key         BLOB    NOT NULL,                                   -- sealed PKCS #8, X'' once replaced
  made_by     INTEGER NOT NULL REFERENCES account,
  made_at     INTEGER NOT NULL,
  ends_at     INTEGER NOT NULL,                                   -- its end, or when its issuer revoked it
  ocsp        BLOB    NOT NULL DEFAULT X'',                       -- of an imported one: the last word of its issuer about
  crl         BLOB    NOT NULL DEFAULT X'',                       -- revocation (DER, at most one of both) and
  asked_at    INTEGER,                                            -- when he was asked
  told        INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1, 2)), -- its managers: 1 that it will end soon, 2 that it has ended
  replaced_at INTEGER,
  CHECK (imported = 1 OR length(above) = 0),
  CHECK ((replaced_at IS NULL) = (length(key) > 0))
) STRICT;
CREATE UNIQUE INDEX seal_certificate_present ON seal_certificate (seal_id) WHERE replaced_at IS NULL;
CREATE UNIQUE INDEX seal_certificate_own ON seal_certificate (serial) WHERE imported = 0;
CREATE INDEX seal_certificate_imported ON seal_certificate (certificate) WHERE imported = 1;

CREATE TABLE seal_grant (
  id         INTEGER PRIMARY KEY,
  seal_id    INTEGER NOT NULL REFERENCES seal,
  person_id  INTEGER NOT NULL REFERENCES person,
  from_on    TEXT    NOT NULL,
  until_on   TEXT    NOT NULL,
  made_by    INTEGER NOT NULL REFERENCES account,
  made_at    INTEGER NOT NULL,
  removed_at INTEGER,
  CHECK (from_on <= until_on)
) STRICT;
CREATE UNIQUE INDEX seal_grant_live ON seal_grant (seal_id, person_id) WHERE removed_at IS NULL;
CREATE INDEX seal_grant_person ON seal_grant (person_id) WHERE removed_at IS NULL;

CREATE TABLE authorization (                                      -- an operator's standing consent
  id            INTEGER PRIMARY KEY,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  seal_id       INTEGER NOT NULL REFERENCES seal,
  seal_certificate_id INTEGER NOT NULL REFERENCES seal_certificate, -- which the operator consented to
  grant_id      INTEGER NOT NULL REFERENCES seal_grant,
  person_id     INTEGER NOT NULL REFERENCES person,
  certificate_id INTEGER NOT NULL REFERENCES certificate,
  statement     BLOB    NOT NULL,                                 -- canonical bytes
  signature     BLOB    NOT NULL,                                 -- CMS by the operator's key
  starts_at     INTEGER NOT NULL,
  ends_at       INTEGER NOT NULL,
  revoked_at    INTEGER,
  lapsed_at     INTEGER,                                          -- when those concerned were told that its time is over
  CHECK (ends_at > starts_at)
) STRICT;
CREATE INDEX authorization_enterprise ON authorization (enterprise_id, id);
CREATE INDEX authorization_standing ON authorization (id) WHERE revoked_at IS NULL AND lapsed_at IS NULL;

CREATE TABLE ticket (                                             -- one QR code of 电子合同签章授权
  id               INTEGER PRIMARY KEY,
  enterprise_id    INTEGER NOT NULL REFERENCES enterprise,
  account_id       INTEGER NOT NULL REFERENCES account,           -- the clerk who shows it
  token_hash       BLOB    NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  token            BLOB    NOT NULL,                              -- sealed, so that the page can show the code again
  typed_hash       BLOB    NOT NULL CHECK (length(typed_hash) = 32), -- keyed, of the short code that is typed where nothing scans
  state            TEXT    NOT NULL CHECK (state IN ('shown', 'scanned', 'authorized', 'refused', 'replaced')),
  person_id        INTEGER REFERENCES person,                     -- bound by the first scan
  authorization_id INTEGER REFERENCES authorization,
  created_at       INTEGER NOT NULL,
  ends_at          INTEGER NOT NULL,
  CHECK (state IN ('shown', 'replaced') OR person_id IS NOT NULL),
  CHECK ((state = 'authorized') = (authorization_id IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX ticket_open ON ticket (account_id) WHERE state IN ('shown', 'scanned');
CREATE INDEX ticket_account ON ticket (account_id, id);
CREATE INDEX ticket_typed ON ticket (typed_hash) WHERE state = 'shown';

-- Filings, contracts, documents -------------------------------------------------------

CREATE TABLE roster (
  id            INTEGER PRIMARY KEY,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  number        TEXT    NOT NULL UNIQUE,
  made_by       INTEGER REFERENCES account,                       -- NULL: review is automatic
  made_at       INTEGER NOT NULL
) STRICT;
CREATE INDEX roster_enterprise ON roster (enterprise_id, id);

CREATE TABLE clause_set (                                         -- an enterprise's own clauses of its contracts (自定条款): a version each
  id            INTEGER PRIMARY KEY,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  version       INTEGER NOT NULL CHECK (version > 0),
  clauses       TEXT    NOT NULL CHECK (json_valid(clauses) AND json_array_length(clauses) <= 20),
  made_by       INTEGER NOT NULL REFERENCES account,
  made_at       INTEGER NOT NULL,
  UNIQUE (enterprise_id, version)
) STRICT;
CREATE TRIGGER clause_set_fixed BEFORE UPDATE ON clause_set BEGIN SELECT RAISE(ABORT, 'a version of the clauses is never changed'); END;
CREATE TRIGGER clause_set_kept BEFORE DELETE ON clause_set BEGIN SELECT RAISE(ABORT, 'a version of the clauses is never deleted'); END;

CREATE TABLE filing (
  id            INTEGER PRIMARY KEY,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  kind          TEXT    NOT NULL CHECK (kind IN ('new', 'renewal', 'termination')),
  paper         INTEGER NOT NULL CHECK (paper IN (0, 1)),
  state         TEXT    NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'approved', 'rostered')),
  previous_id   INTEGER REFERENCES filing,                        -- the contract that a renewal or termination continues
  version       INTEGER NOT NULL DEFAULT 1,                       -- counts the saves: an older form is refused
  clause_set_id INTEGER REFERENCES clause_set,                    -- the own clauses in force at the last save, NULL: none

  name          TEXT    NOT NULL DEFAULT '' CHECK (length(name) <= 50),
  id_type       TEXT    NOT NULL CHECK (id_type IN ('resident', 'hkmo', 'taiwan', 'foreigner', 'passport')),
  id_number     BLOB    NOT NULL,                                 -- sealed
  id_hash       BLOB    NOT NULL CHECK (length(id_hash) = 32),
  mobile        BLOB    NOT NULL,                                 -- sealed
  mobile_hash   BLOB    NOT NULL CHECK (length(mobile_hash) = 32),
  domicile      TEXT    NOT NULL DEFAULT '',
  address       TEXT    NOT NULL DEFAULT '',
  sex           TEXT    NOT NULL DEFAULT '' CHECK (sex IN ('', '男', '女')), -- this and birth_on: where the ID number does not tell
  birth_on      TEXT,
  ethnicity     TEXT    NOT NULL DEFAULT '' CHECK (ethnicity = '' OR ethnicity GLOB '[0-9][0-9]'), -- GB/T 3304
  education     TEXT    NOT NULL DEFAULT '' CHECK (education IN ('', 'primary', 'junior', 'senior', 'vocational', 'college', 'bachelor', 'master', 'doctor')),
  household     TEXT    NOT NULL DEFAULT '' CHECK (household IN ('', 'urban', 'rural', 'unified', 'other')),

  employment    TEXT    NOT NULL DEFAULT 'full' CHECK (employment IN ('', 'full', 'dispatch')),
  term_kind     TEXT    NOT NULL DEFAULT '' CHECK (term_kind IN ('', 'fixed', 'open', 'task')),
  start_on      TEXT,
  end_on        TEXT,
  task          TEXT    NOT NULL DEFAULT '',
  probation     INTEGER NOT NULL DEFAULT 0 CHECK (probation BETWEEN 0 AND 6),
  post          TEXT    NOT NULL DEFAULT '',
  duties        TEXT    NOT NULL DEFAULT '',
  workplace     TEXT    NOT NULL DEFAULT '',
  hours         TEXT    NOT NULL DEFAULT '' CHECK (hours IN ('', 'standard', 'comprehensive', 'flexible')),
  pay_kind      TEXT    NOT NULL DEFAULT '' CHECK (pay_kind IN ('', 'monthly', 'piece', 'bonus')),
  pay           INTEGER NOT NULL DEFAULT 0 CHECK (pay >= 0),      -- fen a month
  pay_rule      TEXT    NOT NULL DEFAULT '',
  probation_pay INTEGER NOT NULL DEFAULT 0 CHECK (probation_pay >= 0),
  pay_day       INTEGER NOT NULL DEFAULT 0 CHECK (pay_day BETWEEN 0 AND 31),
  insured       INTEGER NOT NULL DEFAULT 31 CHECK (insured BETWEEN 0 AND 31), -- app.Insurances
  insurance     TEXT    NOT NULL DEFAULT '',
  protection    TEXT    NOT NULL DEFAULT '',
  clauses       TEXT    NOT NULL DEFAULT '',

  reason        TEXT    NOT NULL DEFAULT '',
  ended_on      TEXT,
  detail        TEXT    NOT NULL DEFAULT '',

  return_reason TEXT    NOT NULL DEFAULT '',
  made_by       INTEGER NOT NULL REFERENCES account,
  made_at       INTEGER NOT NULL,
  submitted_at  INTEGER,
  decided_at    INTEGER,
  decided_by    INTEGER REFERENCES account,                       -- NULL: review is automatic
  roster_id     INTEGER REFERENCES roster,
  roster_row    INTEGER,

  CHECK (kind = 'new' OR previous_id IS NOT NULL),
  CHECK (state = 'draft' OR submitted_at IS NOT NULL),
  CHECK (state IN ('draft', 'submitted') OR decided_at IS NOT NULL),
  CHECK ((state = 'rostered') = (roster_id IS NOT NULL AND roster_row IS NOT NULL)),
  CHECK (state <> 'returned' OR return_reason <> ''),
  CHECK (state = 'draft' OR kind = 'termination' OR (name <> '' AND employment <> '' AND start_on IS NOT NULL AND post <> '' AND workplace <> ''
         AND hours <> '' AND pay_kind <> '' AND pay > 0 AND pay_day > 0
         AND (term_kind = 'fixed') = (end_on IS NOT NULL) AND (term_kind <> 'fixed' OR end_on >= start_on)
         AND term_kind <> '' AND (term_kind <> 'task' OR task <> ''))),
  CHECK (state = 'draft' OR kind <> 'termination' OR (reason <> '' AND ended_on IS NOT NULL))
) STRICT;
CREATE INDEX filing_enterprise ON filing (enterprise_id, id);
CREATE INDEX filing_state ON filing (enterprise_id, state, id);
CREATE INDEX filing_kind ON filing (enterprise_id, kind, id);
CREATE INDEX filing_worker ON filing (enterprise_id, id_hash, id);
CREATE INDEX filing_waiting ON filing (id) WHERE state = 'submitted';
CREATE INDEX filing_approved ON filing (enterprise_id, id) WHERE state = 'approved';
CREATE INDEX filing_due ON filing (enterprise_id, start_on) WHERE state IN ('draft', 'returned');
CREATE INDEX filing_end ON filing (enterprise_id, end_on) WHERE state = 'rostered' AND end_on IS NOT NULL;
CREATE INDEX filing_probation ON filing (enterprise_id, start_on) WHERE state = 'rostered' AND probation > 0;
CREATE UNIQUE INDEX filing_roster ON filing (roster_id, roster_row) WHERE roster_id IS NOT NULL;
CREATE INDEX filing_previous ON filing (previous_id) WHERE previous_id IS NOT NULL;
CREATE UNIQUE INDEX filing_next ON filing (previous_id, kind) WHERE previous_id IS NOT NULL AND state NOT IN ('draft', 'rostered');

CREATE TABLE filing_earlier (                                     -- what was submitted before the filing was returned or withdrawn
  filing_id    INTEGER PRIMARY KEY REFERENCES filing ON DELETE CASCADE,
  content      BLOB    NOT NULL,                                  -- sealed JSON
  submitted_at INTEGER NOT NULL
) STRICT;

CREATE TABLE name_gram (                                          -- 1 to 3 characters of a worker's name
  gram          TEXT    NOT NULL,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  filing_id     INTEGER NOT NULL REFERENCES filing ON DELETE CASCADE,
  PRIMARY KEY (gram, enterprise_id, filing_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_gram_filing ON name_gram (filing_id);

CREATE TABLE import (                                             -- an uploaded workbook of new filings
  id            INTEGER PRIMARY KEY,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  account_id    INTEGER NOT NULL REFERENCES account,              -- who uploaded it, then who confirmed it
  paper         INTEGER NOT NULL CHECK (paper IN (0, 1)),
  state         TEXT    NOT NULL CHECK (state IN ('reading', 'checking', 'checked', 'storing', 'stored', 'refused', 'dropped')),
  file          TEXT    NOT NULL,                                 -- name of the sealed workbook, '' once deleted
  problem       TEXT    NOT NULL DEFAULT '',                      -- why the workbook was refused
  total         INTEGER NOT NULL DEFAULT 0 CHECK (total BETWEEN 0 AND 5000),
  made_at       INTEGER NOT NULL,
  ended_at      INTEGER,
  CHECK ((state = 'refused') = (problem <> '')),
  CHECK ((state IN ('stored', 'refused', 'dropped')) = (ended_at IS NOT NULL)),
  CHECK (file <> '' OR ended_at IS NOT NULL)
) STRICT;
CREATE INDEX import_enterprise ON import (enterprise_id, id);
CREATE INDEX import_kept ON import (made_at) WHERE file <> '';

CREATE TABLE import_row (
  import_id INTEGER NOT NULL REFERENCES import,
  row       INTEGER NOT NULL CHECK (row > 1),                     -- its number in the workbook
  cells     BLOB    NOT NULL,                                     -- sealed
  id_hash   BLOB    NOT NULL CHECK (length(id_hash) IN (0, 32)),  -- of the worker; X'' without an ID number
  state     TEXT    NOT NULL CHECK (state IN ('unchecked', 'good', 'faulty', 'stored')),
  faults    TEXT    NOT NULL CHECK (json_valid(faults)),
  warnings  TEXT    NOT NULL CHECK (json_valid(warnings)),
  PRIMARY KEY (import_id, row),
  CHECK ((state = 'faulty') = (faults <> '[]'))
) STRICT, WITHOUT ROWID;
CREATE INDEX import_row_state ON import_row (import_id, state, row);
CREATE INDEX import_row_worker ON import_row (import_id, id_hash, row);

CREATE TABLE contract (
  id            INTEGER PRIMARY KEY,
  filing_id     INTEGER NOT NULL UNIQUE REFERENCES filing,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  id_hash       BLOB    NOT NULL CHECK (length(id_hash) = 32),    -- of the worker
  person_id     INTEGER REFERENCES person,                        -- NULL until the worker's account agrees with the filing
  number        TEXT    NOT NULL UNIQUE,
  check_code    TEXT    NOT NULL UNIQUE CHECK (length(check_code) >= 16),
  made_at       INTEGER NOT NULL
) STRICT;
CREATE INDEX contract_person ON contract (person_id, id) WHERE person_id IS NOT NULL;
CREATE INDEX contract_unbound ON contract (id_hash) WHERE person_id IS NULL;

CREATE TABLE desk_help (                                          -- what the desk did for a person whose document it compared
  id          INTEGER PRIMARY KEY,
  person_id   INTEGER NOT NULL REFERENCES person,
  kind        TEXT    NOT NULL CHECK (kind IN ('cleared', 'mobile', 'face', 'same', 'differs', 'amended', 'renewed')),
  contract_id INTEGER REFERENCES contract,
  reason      TEXT    NOT NULL CHECK (length(reason) BETWEEN 2 AND 200),
  made_by     INTEGER NOT NULL REFERENCES account,
  made_at     INTEGER NOT NULL,
  CHECK ((kind IN ('same', 'differs')) = (contract_id IS NOT NULL))
) STRICT;
CREATE INDEX desk_help_person ON desk_help (person_id, id);
CREATE INDEX desk_help_contract ON desk_help (contract_id) WHERE contract_id IS NOT NULL;

CREATE TABLE batch (                                              -- what an authorization found waiting for the seal
  authorization_id INTEGER PRIMARY KEY REFERENCES authorization,
  enterprise_id    INTEGER NOT NULL REFERENCES enterprise,
  made_at          INTEGER NOT NULL
) STRICT;
CREATE INDEX batch_enterprise ON batch (enterprise_id, authorization_id);

CREATE TABLE document (
  id              INTEGER PRIMARY KEY,
  contract_id     INTEGER NOT NULL REFERENCES contract,
  enterprise_id   INTEGER NOT NULL REFERENCES enterprise,         -- the contract's
  kind            TEXT    NOT NULL CHECK (kind IN ('main', 'supplement')),
  title           TEXT    NOT NULL,
  code            TEXT    NOT NULL DEFAULT '' CHECK (code = '' OR length(code) >= 16), -- a supplement's own check code
  state           TEXT    NOT NULL CHECK (state IN ('unsigned', 'unconfirmed', 'unsealed', 'signed', 'declined', 'withdrawn')),
  pages           INTEGER NOT NULL CHECK (pages > 0),
  base_hash       TEXT    NOT NULL CHECK (length(base_hash) = 64), -- SHA-256 of each file, also its name
  worker_hash     TEXT    NOT NULL DEFAULT '',
  final_hash      TEXT    NOT NULL DEFAULT '',
  decline_reason  TEXT    NOT NULL DEFAULT '',
  seal_problem    TEXT    NOT NULL DEFAULT '',                    -- why the last try to seal it failed
  batch_id        INTEGER REFERENCES batch,                       -- the last one that it waited in
  urged_on        TEXT,                                           -- when the worker was last asked to sign (催签)
  made_at         INTEGER NOT NULL,
  worker_at       INTEGER,
  final_at        INTEGER,
  received_at     INTEGER,                                        -- when the worker acknowledged a proof of ending (签收)
  stamp_ends_at   INTEGER,                                        -- when the certificate ends of who made its newest timestamp
  stamp_owed      INTEGER NOT NULL DEFAULT 0 CHECK (stamp_owed IN (0, 1)), -- the built-in authority stood in for the one outside
  stamp_tried_at  INTEGER,                                        -- when adding a timestamp failed last
  CHECK ((state = 'signed') = (final_hash <> '')),
  CHECK ((final_hash <> '') = (stamp_ends_at IS NOT NULL)),
  CHECK ((final_hash <> '') = (final_at IS NOT NULL)),
  CHECK ((state = 'declined') = (decline_reason <> '')),
  CHECK (received_at IS NULL OR state = 'signed'),
  CHECK ((kind = 'supplement') = (code <> '')),
  CHECK (kind = 'supplement' OR state NOT IN ('unconfirmed', 'withdrawn'))
) STRICT;
CREATE UNIQUE INDEX document_main ON document (contract_id) WHERE kind = 'main';
CREATE UNIQUE INDEX document_code ON document (code) WHERE code <> '';
CREATE INDEX document_contract ON document (contract_id, id);
CREATE INDEX document_state ON document (enterprise_id, state, id);
CREATE INDEX document_batch ON document (batch_id, state) WHERE batch_id IS NOT NULL;
CREATE INDEX document_problem ON document (enterprise_id, id) WHERE seal_problem <> '';
CREATE INDEX document_base ON document (base_hash);
CREATE INDEX document_worker ON document (worker_hash) WHERE worker_hash <> '';
CREATE INDEX document_final ON document (final_hash) WHERE final_hash <> '';
CREATE INDEX document_stamp ON document (stamp_ends_at) WHERE stamp_ends_at IS NOT NULL;
CREATE INDEX document_owed ON document (enterprise_id, id) WHERE stamp_owed = 1;

CREATE TABLE restamp (                                            -- a file that a document had before a timestamp was added to it
  before_hash TEXT    PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES document,
  made_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE paper_request (                                      -- a worker asks for a document on paper (申请纸质文本)
  id            INTEGER PRIMARY KEY,
  document_id   INTEGER NOT NULL REFERENCES document,
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,           -- the document's
  asked_at      INTEGER NOT NULL,
  given_on      TEXT,                                             -- the day on which the clerk handed it over
  given_by      INTEGER REFERENCES account,
  CHECK ((given_on IS NULL) = (given_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX paper_request_open ON paper_request (document_id) WHERE given_on IS NULL;
CREATE INDEX paper_request_document ON paper_request (document_id, id);
CREATE INDEX paper_request_enterprise ON paper_request (enterprise_id, id);
CREATE INDEX paper_request_asked ON paper_request (enterprise_id) WHERE given_on IS NULL;

CREATE TABLE reminder (                                           -- what the clerks were told once
  filing_id INTEGER NOT NULL REFERENCES filing ON DELETE CASCADE,
  kind      TEXT    NOT NULL CHECK (kind IN ('end60', 'end30', 'end7', 'probation', 'unsigned', 'due')),
  made_at   INTEGER NOT NULL,
  PRIMARY KEY (filing_id, kind)
) STRICT, WITHOUT ROWID;

-- How many filings (by their kind) and documents (main, supplement) an enterprise has in
-- each state: kept by the triggers, since counting costs more the more there are.
CREATE TABLE tally (
  enterprise_id INTEGER NOT NULL REFERENCES enterprise,
  kind          TEXT    NOT NULL,
  state         TEXT    NOT NULL,
  value         INTEGER NOT NULL CHECK (value >= 0),
  PRIMARY KEY (enterprise_id, kind, state)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER filing_counted AFTER INSERT ON filing BEGIN
  INSERT INTO tally (enterprise_id, kind, state, value) VALUES (new.enterprise_id, new.kind, new.state, 1)
    ON CONFLICT (enterprise_id, kind, state) DO UPDATE SET value = value + 1;
END;
CREATE TRIGGER filing_recounted AFTER UPDATE OF state ON filing WHEN new.state <> old.state BEGIN
  UPDATE tally SET value = value - 1 WHERE enterprise_id = old.enterprise_id AND kind = old.kind AND state = old.state;
  INSERT INTO tally (enterprise_id, kind, state, value) VALUES (new.enterprise_id, new.kind, new.state, 1)
    ON CONFLICT (enterprise_id, kind, state) DO UPDATE SET value = value + 1;
END;
CREATE TRIGGER filing_uncounted AFTER DELETE ON filing BEGIN
  UPDATE tally SET value = value - 1 WHERE enterprise_id = old.enterprise_id AND kind = old.kind AND state = old.state;
END;
CREATE TRIGGER document_counted AFTER INSERT ON document BEGIN
  INSERT INTO tally (enterprise_id, kind, state, value) VALUES (new.enterprise_id, new.kind, new.state, 1)
    ON CONFLICT (enterprise_id, kind, state) DO UPDATE SET value = value + 1;
END;
CREATE TRIGGER document_recounted AFTER UPDATE OF state ON document WHEN new.state <> old.state BEGIN
  UPDATE tally SET value = value - 1 WHERE enterprise_id = old.enterprise_id AND kind = old.kind AND state = old.state;
  INSERT INTO tally (enterprise_id, kind, state, value) VALUES (new.enterprise_id, new.kind, new.state, 1)
    ON CONFLICT (enterprise_id, kind, state) DO UPDATE SET value = value + 1;
END;
CREATE TRIGGER document_uncounted AFTER DELETE ON document BEGIN
  UPDATE tally SET value = value - 1 WHERE enterprise_id = old.enterprise_id AND kind = old.kind AND state = old.state;
END;

CREATE TABLE signature (                                          -- one act of signing or sealing
  id             INTEGER PRIMARY KEY,
  document_id    INTEGER NOT NULL REFERENCES document,
  field          TEXT    NOT NULL CHECK (field IN ('worker', 'seal')),
  certificate_id INTEGER REFERENCES certificate,                  -- the worker's
  way            TEXT    NOT NULL DEFAULT '' CHECK (way IN ('', 'drawn', 'typed')), -- of the worker
  seal_id        INTEGER REFERENCES seal,
  before_hash    TEXT    NOT NULL,
  after_hash     TEXT    NOT NULL,
  made_at        INTEGER NOT NULL,
  UNIQUE (document_id, field),
  CHECK ((field = 'worker') = (certificate_id IS NOT NULL)),
  CHECK ((field = 'worker') = (way <> '')),
  CHECK ((field = 'seal') = (seal_id IS NOT NULL))
) STRICT;

CREATE TABLE confirmation (                                       -- an operator's consent to seal one supplement
  id               INTEGER PRIMARY KEY,
  document_id      INTEGER NOT NULL REFERENCES document,
  authorization_id INTEGER NOT NULL REFERENCES authorization,     -- under which it is sealed
  person_id        INTEGER NOT NULL REFERENCES person,            -- the operator
  certificate_id   INTEGER NOT NULL REFERENCES certificate,
  file_hash        TEXT    NOT NULL CHECK (length(file_hash) = 64), -- with the worker's signature
  statement        BLOB    NOT NULL,                              -- canonical bytes
  signature        BLOB    NOT NULL,                              -- CMS by the operator's key
  made_at          INTEGER NOT NULL,
  lapsed_at        INTEGER                                        -- the authorization ended before the seal
) STRICT;
CREATE UNIQUE INDEX confirmation_document ON confirmation (document_id) WHERE lapsed_at IS NULL;

CREATE TABLE usage (                                              -- 印章使用记录, never deleted
  id               INTEGER PRIMARY KEY,
  enterprise_id    INTEGER NOT NULL REFERENCES enterprise,
  seal_id          INTEGER NOT NULL REFERENCES seal,
  person_id        INTEGER NOT NULL REFERENCES person,            -- the operator
  authorization_id INTEGER NOT NULL REFERENCES authorization,
  document_id      INTEGER UNIQUE REFERENCES document,            -- NULL: the authorization itself
  purpose          TEXT    NOT NULL,
  used_at          INTEGER NOT NULL
) STRICT;
CREATE INDEX usage_enterprise ON usage (enterprise_id, id);
CREATE INDEX usage_person ON usage (person_id, id);
CREATE INDEX usage_at ON usage (used_at);
CREATE UNIQUE INDEX usage_authorization ON usage (authorization_id) WHERE document_id IS NULL;
CREATE TRIGGER usage_kept BEFORE DELETE ON usage BEGIN SELECT RAISE(ABORT, 'usage is never deleted'); END;

-- Behind the scenes -------------------------------------------------------------------

CREATE TABLE message (
  id         INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account,
  kind       TEXT    NOT NULL,
  text       TEXT    NOT NULL,
  link       TEXT    NOT NULL,
  who        TEXT    NOT NULL DEFAULT '',                         -- of a line for several: the first names
  many       TEXT    NOT NULL DEFAULT '',                         -- what it says of several, '' if it is never joined
  count      INTEGER NOT NULL DEFAULT 1 CHECK (count > 0),        -- how many it stands for
  made_at    INTEGER NOT NULL,
  read_at    INTEGER,                                             -- made_at where the account is not alerted
  CHECK (count = 1 OR many <> '')
) STRICT;
CREATE INDEX message_account ON message (account_id, id);
CREATE INDEX message_unread ON message (account_id) WHERE read_at IS NULL;
CREATE INDEX message_many ON message (account_id, many) WHERE many <> '';

CREATE TABLE mute (                                               -- what an account does not want to be alerted of
  account_id INTEGER NOT NULL REFERENCES account,
  kind       TEXT    NOT NULL,                                    -- of message
  way        TEXT    NOT NULL CHECK (way IN ('inbox', 'sms')),
  PRIMARY KEY (account_id, kind, way)
) STRICT, WITHOUT ROWID;

CREATE TABLE job (                                                -- the outbox
  id         INTEGER PRIMARY KEY,
  kind       TEXT    NOT NULL,
  key        TEXT    NOT NULL,                                    -- one open job a kind and key
  payload    BLOB    NOT NULL,
  asked      INTEGER NOT NULL DEFAULT 1,                          -- counts requests: one that comes during the work repeats it
  tries      INTEGER NOT NULL DEFAULT 0,
  due_at     INTEGER NOT NULL,
  leased_at  INTEGER,
  done_at    INTEGER,
  problem    TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX job_open ON job (kind, key) WHERE done_at IS NULL;
CREATE INDEX job_due ON job (due_at) WHERE done_at IS NULL;
CREATE INDEX job_done ON job (done_at) WHERE done_at IS NOT NULL;

CREATE TABLE counter (
  name  TEXT    PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (                                              -- hash-chained; each row seals all before it
  id          INTEGER PRIMARY KEY,
  at          INTEGER NOT NULL,
  kind        TEXT    NOT NULL,
  subject     TEXT    NOT NULL,                                   -- such as contract:12
  account_id  INTEGER NOT NULL,                                   -- 0: the product itself
  facts       TEXT    NOT NULL CHECK (json_valid(facts)),         -- ids and hashes only
  detail_hash BLOB    NOT NULL CHECK (length(detail_hash) = 32),
  hash        BLOB    NOT NULL UNIQUE CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX audit_subject ON audit (subject, id);
CREATE TRIGGER audit_fixed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TABLE audit_detail (                                       -- personal data of an audit row; may be deleted, the chain stays whole
  audit_id INTEGER PRIMARY KEY REFERENCES audit,
  salt     BLOB    NOT NULL,
  detail   BLOB    NOT NULL                                       -- sealed
) STRICT;

CREATE TABLE audit_anchor (                                       -- an RFC 3161 token over the hash of a row, about once a day
  audit_id INTEGER PRIMARY KEY REFERENCES audit,
  token    BLOB    NOT NULL,
  made_at  INTEGER NOT NULL
) STRICT;
