package web_test

import (
	"database/sql"
	"encoding/hex"
	"path/filepath"

	"laoqi/app/identity"
	"laoqi/app/store"
)

// series counts the rows to be made: 0 to ?1 - 1.
const series = `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1) `

// names gives 200,000 different names of three characters, the first of which is as
// common as a surname, and to 1 worker of 400 the same name.
const names = `iif(i % 400 = 7, '欧阳娜', substr('王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗', i % 20 + 1, 1) || char(20000 + i / 20 % 100 * 7) || char(20000 + i / 2000 % 100 * 11))`

// states makes 1 filing of 100 a draft, 1 wait for the worker, 1 for the seal, and
// the others concluded.
const states = `CASE i % 100 WHEN 0 THEN 'unsigned' WHEN 1 THEN 'unsealed' ELSE 'signed' END`

// fill makes n filings of the enterprise with their contracts, past the domains:
// a million by their doors would take an hour.
func (s *site) fill(n int) {
	s.t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(s.Folder, store.File)+"?_pragma=synchronous(OFF)&_pragma=cache_size(-200000)&_pragma=busy_timeout(5000)")
	s.must(err)
	defer db.Close()
	db.SetMaxOpenConns(1)
	number, mobile := hex.EncodeToString(identity.SealNumber(s.Vault, "220102199403072041")), hex.EncodeToString(identity.SealMobile(s.Vault, "13800002041"))
	for _, statement := range []string{
		`INSERT INTO roster (id, enterprise_id, number, made_at) VALUES (1, ?2, '2026-000001', 0)`,
		series + `INSERT INTO filing (id, enterprise_id, kind, paper, state, name, id_type, id_number, id_hash, mobile, mobile_hash, term_kind, start_on, end_on,
			post, workplace, hours, pay_kind, pay, pay_day, made_by, made_at, submitted_at, decided_at, roster_id, roster_row)
			SELECT i + 1, ?2, 'new', 0, iif(i % 100 = 99, 'draft', 'rostered'), ` + names + `, 'resident', x'` + number + `', randomblob(32), x'` + mobile + `', randomblob(32),
			'fixed', '2024-05-01', date('2026-05-07', (i % 1500) || ' days'), '装配工', '长春市', 'standard', 'monthly', 450000, 15, ?3, 0,
			iif(i % 100 = 99, NULL, 0), iif(i % 100 = 99, NULL, 0), iif(i % 100 = 99, NULL, 1), iif(i % 100 = 99, NULL, i) FROM n`,
		`INSERT INTO contract (id, filing_id, enterprise_id, id_hash, number, check_code, made_at)
			SELECT id, id, enterprise_id, id_hash, printf('HT-%08d', id), printf('%016d', id), 0 FROM filing WHERE state = 'rostered'`,
		series + `INSERT INTO document (id, contract_id, enterprise_id, kind, title, state, pages, base_hash, final_hash, final_at, stamp_ends_at, made_at)
			SELECT i + 1, i + 1, ?2, 'main', '劳动合同', ` + states + `, 3, printf('%064d', i), iif(i % 100 < 2, '', printf('%064d', i)), iif(i % 100 < 2, NULL, 0), iif(i % 100 < 2, NULL, 4102444800000), 0
			FROM n WHERE i % 100 <> 99`,
		`INSERT INTO name_gram (gram, enterprise_id, filing_id)
			SELECT DISTINCT g, enterprise_id, id FROM (SELECT substr(name, v.p, v.n) AS g, enterprise_id, id FROM filing,
			(SELECT 1 AS p, 1 AS n UNION VALUES (2, 1), (3, 1), (1, 2), (2, 2), (1, 3)) v) ORDER BY g, enterprise_id, id`,
	} {
		_, err := db.Exec(statement, n, s.clerk.Enterprise, s.clerk.Account)
		s.must(err)
	}
}
