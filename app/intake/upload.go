package intake

import (
	"context"
	"crypto/rand"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/enterprise"
	"laoqi/app/sheet"
	"laoqi/app/store"
)

// FieldFile is the upload's field in the form.
const FieldFile = "file"

// nonce is put before a workbook, so that no two imports share a file.
const nonce = 16

// Start takes a workbook in and has it checked. Paper asks for contracts on paper,
// as the form does.
func (s *Service) Start(ctx context.Context, by app.Actor, paper bool, workbook []byte) (id int64, err error) {
	e, err := s.enterprise.Get(ctx, by.Enterprise)
	if err != nil {
		return 0, err
	}
	paper = paper && !e.Electronic
	if err := ready(e, paper, workbook).Err(); err != nil {
		return 0, err
	}
	content := make([]byte, nonce, nonce+len(workbook))
	rand.Read(content)
	content = append(content, workbook...)
	file := s.files.Name(content)
	err = s.db.Write(ctx, func(tx *store.Tx) error { // known before it exists, so that it is deleted in the end
		id, err = tx.InsertImport(ctx, store.InsertImportParams{EnterpriseID: by.Enterprise, AccountID: by.Account, Paper: paper, File: file, MadeAt: tx.Now})
		return err
	})
	if err != nil {
		return 0, err
	}
	if _, err := s.files.Put(content); err != nil {
		return 0, err
	}
	return id, s.db.Write(ctx, func(tx *store.Tx) error {
		s.publish(tx, by.Enterprise)
		if err := s.ask(ctx, tx, id); err != nil {
			return err
		}
		return s.audit.Add(ctx, tx, by, "import.uploaded", audit.Subject("import", id), audit.Facts{"enterprise": by.Enterprise, "file": file})
	})
}

func ready(e enterprise.Enterprise, paper bool, workbook []byte) (faults app.Faults) {
	switch {
	case e.State != enterprise.Admitted:
		faults.Add("", "企业的入驻申请还在审核，通过后才能导入备案。")
	case !paper && !e.Electronic:
		faults.Add("", "单位还没有启用电子劳动合同，请先选择是否启用。")
	}
	if err := sheet.Inspect(workbook); err != nil {
		faults.Add(FieldFile, err.Error())
	}
	return faults
}

// content reads the workbook of an import.
func (s *Service) content(file string) ([]byte, error) {
	content, err := s.files.Get(file)
	if err != nil {
		return nil, err
	}
	return content[nonce:], nil
}
