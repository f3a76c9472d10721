package journey

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"laoqi/app/apptest"
	"laoqi/app/contract"
	"laoqi/app/demo"
	"laoqi/app/link"

	"github.com/chromedp/chromedp"
)

// TestBatchSealingOf200 seals what waited when the authorization is given. One
// file was lost: the clerk sees why, and tries again once it is back.
func TestBatchSealingOf200(t *testing.T) {
	var file string
	folder := prepare(t, func(s *staff) {
		s.leave(200)
		s.operator()
		file = s.oldestFile()
	})
	away := filepath.Join(t.TempDir(), "away.pdf")
	if err := os.Rename(file, away); err != nil {
		t.Fatal(err)
	}
	s := start(t, "劳契已启动：", nil, "-data", folder)
	hall := s.open(desktop, link.HallAuthorize)
	hall.logIn(demo.Agent)
	hall.sees("请操作员用手机扫一扫")
	operator := s.open(phone, hall.ticket())
	operator.logIn(demo.Operator)
	operator.sees("授权内容")
	operator.fill("证书密码", apptest.Passphrase)
	progress := hall.progress()
	operator.click("确认授权")
	hall.sees("授权成功")
	hall.waitFor("the end of the batch", func() (over bool) {
		hall.do(hall.ctx, chromedp.Evaluate(`document.getElementById('sealing').innerText.includes('批量盖章完成')`, &over))
		return over
	})
	if steps := progress(); len(steps) < 3 || !slices.IsSorted(steps) {
		t.Errorf("the bar of progress stood at %v", steps)
	}
	hall.click("查看合同")
	hall.sees("批量盖章完成：199 份成功，1 份没有成功。", "找不到待盖章的合同文件")
	hall.shoot("batch-result")
	if err := os.Rename(away, file); err != nil {
		t.Fatal(err)
	}
	hall.click("重试")
	hall.sees("批量盖章完成：200 份合同全部盖章成功。")
	plain := s.open(desktopPlain, link.HallContracts)
	plain.logIn(demo.Agent)
	plain.sees("批量盖章完成：200 份合同全部盖章成功。")
}

// progress watches the bar on the page from now on and returns where it stood.
func (w *window) progress() (stood func() []int) {
	w.t.Helper()
	w.do(w.ctx, chromedp.Evaluate(`{ window.stood = []; new MutationObserver(() => {
		for (const bar of document.querySelectorAll('#sealing progress')) window.stood.push(bar.value);
	}).observe(document.body, { childList: true, subtree: true }); }`, nil))
	return func() (steps []int) {
		w.t.Helper()
		w.do(w.ctx, chromedp.Evaluate(`[...new Set(window.stood)]`, &steps))
		return steps
	}
}

// oldestFile is that of the document made first.
func (s *staff) oldestFile() string {
	s.T.Helper()
	page, err := s.Contract.Search(s.T.Context(), s.clerk.Enterprise, contract.Filter{Document: "unsealed"}, 0)
	if err != nil {
		s.T.Fatal(err)
	}
	d, err := s.Contract.OfContract(s.T.Context(), s.clerk, page.Rows[0].Contract)
	if err != nil {
		s.T.Fatal(err)
	}
	return filepath.Join(s.Folder, "documents", d.Hash[:2], d.Hash)
}

// ticket is the path that the QR code on the page holds.
func (w *window) ticket() string {
	w.t.Helper()
	var text string
	w.do(w.ctx, chromedp.Evaluate(`document.getElementById('authorize').innerText`, &text))
	found := ticketAddress.FindStringSubmatch(text)
	if found == nil {
		w.fatal("the page names no address to open")
	}
	return found[1]
}
