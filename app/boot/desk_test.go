package boot_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/audit"
	"laoqi/app/boot"
	"laoqi/app/demo"
	"laoqi/app/identity"
)

func TestAReviewersAccountIsEndedAndGivenAPasswordBesideTheRunningInstallation(t *testing.T) {
	w := apptest.New(t)
	w.People()
	const password, other = "Shenhe2026", "Xinmima26"
	runs := func(command, name, password string, code int, says string) {
		t.Helper()
		var out bytes.Buffer
		getenv := func(name string) string { return map[string]string{"LAOQI_PASSWORD": password}[name] }
		got := boot.Main(t.Context(), boot.World{Files: os.DirFS(apptest.Root()), Args: []string{command, name, "-data", w.Folder, "-tls", "off"}, Getenv: getenv, Out: &out, Err: &out})
		if got != code || !strings.Contains(out.String(), says) {
			t.Errorf("%s %s: exit code %d, want %d with %s:\n%s", command, name, got, code, says, out.String())
		}
	}
	sample, _ := demo.Find(demo.Reviewer)
	first := sample.Credentials()
	second := identity.Credentials{Way: identity.AsDesk, Name: "第二审核", Password: password}
	enters := func(c identity.Credentials) string {
		t.Helper()
		token, err := w.Identity.LogIn(t.Context(), identity.FaceDesk, c, app.Device{Address: "192.0.2.7"})
		switch {
		case app.KindOf(err) == app.Invalid:
			return ""
		case err != nil:
			t.Fatal(err)
		}
		return token
	}
	open := func(token string) bool {
		_, err := w.Identity.Session(t.Context(), identity.FaceDesk, token, app.Device{})
		return err == nil
	}

	runs("desk-end", first.Name, "", 1, "唯一的审核账号")
	runs("desk-end", "没有的人", "", 1, "没有这个审核账号")
	runs("desk", second.Name, password, 0, "已创建")
	former := enters(first)
	runs("desk-end", first.Name, "", 0, "已停用")
	if open(former) || enters(first) != "" {
		t.Error("who was ended is still there")
	}
	runs("desk-end", first.Name, "", 1, "没有这个审核账号")
	runs("desk", first.Name, password, 1, "已被使用")

	present := enters(second)
	runs("desk-password", second.Name, "short", 1, app.PasswordHint)
	runs("desk-password", second.Name, other, 0, "密码已修改")
	if open(present) || enters(second) != "" {
		t.Error("the former password still opens the desk")
	}
	if second.Password = other; enters(second) == "" {
		t.Error("the new password does not open the desk")
	}
	if _, err := audit.Verify(t.Context(), w.DB); err != nil {
		t.Error(err)
	}
}
