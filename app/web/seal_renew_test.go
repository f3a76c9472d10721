package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest/tool"
	"laoqi/app/contract"
	"laoqi/app/demo"
	"laoqi/app/link"
)

func TestACertificateFileIsImportedOnTheSealsPage(t *testing.T) {
	s := open(t)
	boss := s.Actor(demo.Boss)
	id := s.MakeSeal(boss, app.SealContract)
	b := s.as(demo.Boss)
	b.enter(demo.Boss)
	page, detail := link.To(link.MobileSealRenew, id), link.To(link.MobileSeal, id)
	b.get(detail).shows(t, http.StatusOK, "更换证书", "本系统自签发")
	b.get(page).shows(t, http.StatusOK, "现在的证书", "导入证书文件", "由本系统重新签发", "签章授权立即失效")
	file, _ := tool.PKCS12(t, tool.Holder{Subject: "/C=CN/O=" + demo.EnterpriseName + "/CN=" + demo.EnterpriseName, Key: "RSA:2048", Legacy: true})
	form := map[string]string{"seal": "1", "source": "import", "file_password": "guess", "password": "wrong", "code": "000000"}
	faulty := b.uploadWith(page, page, "file", file, form)
	faulty.shows(t, http.StatusUnprocessableEntity, "证书文件的密码不正确")
	if strings.Contains(faulty.Body, "guess") {
		t.Error("the page gives the file's password back")
	}
	b.uploadWith(page, page, "file", nil, map[string]string{"source": "import"}).shows(t, http.StatusUnprocessableEntity, "请选择证书文件", "请输入登录密码", "请输入短信验证码")
	s.Wait(2 * time.Minute)
	s.Screen.Clear()
	b.sendFrom(page, link.MobileSealCode, url.Values{"seal": {strconv.FormatInt(id, 10)}, "source": {"import"}}).shows(t, http.StatusOK, "现在的证书", "证书文件密码")
	form["file_password"], form["password"], form["code"] = tool.PKCS12Password, demo.Password, s.Code(demo.Boss)
	b.uploadWith(page, page, "file", file, form).shows(t, http.StatusOK, "证书已更换。", "签发证书（"+tool.Authority+"），由本单位导入")
	b.get(link.MobileSeals).shows(t, http.StatusOK, "证书：签发证书（"+tool.Authority+"）")
	b.get(page).shows(t, http.StatusOK, tool.Authority)
	_, d := s.ConcludeBy(id)
	clerk := s.as(demo.Agent)
	clerk.get(link.HallAuthorize).shows(t, http.StatusOK, "证书由 签发证书（"+tool.Authority+"） 签发")
	shown := s.visitor().get(link.To(link.CheckCode, contract.GroupCode(d.CheckCode)))
	shown.shows(t, http.StatusOK, "签名有效", "甲方（用人单位）盖章", demo.EnterpriseName, "签发证书（"+tool.Authority+"）（证书由企业导入，签发机构的资质请自行核实）", "RSA 2048 位")
	if strings.Contains(shown.text(), "本系统信任") {
		t.Error("an installation does not vouch for another authority")
	}
}
