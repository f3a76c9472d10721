// Package link names every path of the site. The route table and all views use
// the same names, so a renamed path cannot leave a dead link.
package link

import (
	"fmt"
	"net/url"
	"strings"
)

// To fills the pattern's parameters in their order. It panics if their number
// differs, which a view's first rendering in a test shows.
func To(pattern string, args ...any) string {
	parts := strings.Split(pattern, "/")
	for i, p := range parts {
		if strings.HasPrefix(p, ":") {
			if len(args) == 0 {
				panic("link: too few arguments for " + pattern)
			}
			parts[i], args = url.PathEscape(fmt.Sprint(args[0])), args[1:]
		}
	}
	if len(args) > 0 {
		panic("link: too many arguments for " + pattern)
	}
	return strings.Join(parts, "/")
}

// With appends query parameters, given as key, value, key, value; an empty
// value is left out. Personal data never goes here.
func With(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// Open to everybody.
const (
	Home      = "/"
	Static    = "/static/*"
	Setup     = "/setup"
	Check     = "/check"
	CheckCode = "/check/:code"
	Trust     = "/trust" // how to trust the root certificate
	Root      = "/ca.pem"
	RootDER   = "/ca.cer" // the same as Windows and Acrobat open it
	CRL       = "/ca.crl"
	RootCRL   = "/ca-root.crl"
	OCSP      = "/ocsp"
	OCSPGet   = "/ocsp/*"

	Connect        = "/connect" // how a device comes to trust the site's HTTPS
	ConnectCert    = "/connect/laoqi.cer"
	ConnectProfile = "/connect/laoqi.mobileconfig" // the same for iPhones

	Reach = "/reach/:token" // what a phone opens to show that it can

	DemoBecome = "/demo/become/:who"
	DemoPhone  = "/demo/phone"
	DemoEvents = "/demo/events"
)

// The hall (网厅).
const (
	Hall           = "/hall"
	HallLogin      = "/hall/login"
	HallPasskey    = "/hall/login/passkey" // 通行密钥登录
	HallPasskeyAsk = "/hall/login/passkey/ask"
	HallFaceLogin  = "/hall/login/face" // 人脸验证登录
	HallFaceCode   = "/hall/login/face/code"
	HallFaceEnter  = "/hall/login/face/enter"
	HallFaceBegin  = "/hall/login/face/begin" // an attempt of the capture page
	HallFaceFrame  = "/hall/login/face/frame"
	HallLogout     = "/hall/logout"
	HallConfirm    = "/hall/confirm" // an agent's first log-in
	HallConfirmSMS = "/hall/confirm/code"
	HallForgot     = "/hall/forgot" // 忘记密码
	HallForgotSMS  = "/hall/forgot/code"
	HallEvents     = "/hall/events"
	HallSwitch     = "/hall/switch" // 切换企业
	HallSwitchTo   = "/hall/switch/:id"
	HallInbox      = "/hall/messages"
	HallInboxBadge = "/hall/messages/badge"
	HallInboxAll   = "/hall/messages/read"
	HallInboxSet   = "/hall/messages/settings" // 消息设置
	HallInboxOpen  = "/hall/messages/:id"

	HallFilings        = "/hall/filings/:kind"        // 新签, 续签, 解除
	HallFilingEnable   = "/hall/filings/:kind/enable" // 是否启用电子劳动合同
	HallFilingAdd      = "/hall/filings/:kind/add"    // ?paper=1, ?previous=id, ?copy=id, ?again=id
	HallFilingPick     = "/hall/filings/:kind/pick"   // posts whose contract to renew or end
	HallFiling         = "/hall/filing/:id"
	HallFilingEdit     = "/hall/filing/:id/edit"
	HallFilingWithdraw = "/hall/filing/:id/withdraw"
	HallFilingDelete   = "/hall/filing/:id/delete"
	HallFilingExport   = "/hall/filings/:kind/export" // ?state=
	HallFilingPaper    = "/hall/filing/:id/paper"
	HallRosters        = "/hall/rosters"
	HallRoster         = "/hall/roster/:id"
	HallRosterPrint    = "/hall/roster/:id/print"
	HallRosterExport   = "/hall/roster/:id/export"

	HallImports        = "/hall/imports" // 导入, ?paper=1
	HallImportTemplate = "/hall/imports/template"
	HallImport         = "/hall/import/:id"
	HallImportFile     = "/hall/import/:id/file" // 错误说明文件
	HallImportConfirm  = "/hall/import/:id/confirm"
	HallImportDrop     = "/hall/import/:id/drop"

	HallContracts      = "/hall/contracts" // 电子劳动合同生成
	HallContractSearch = "/hall/contracts/search"
	HallContractRows   = "/hall/contracts/rows"
	HallZip            = "/hall/contracts/zip" // 下载所选, 下载全部筛选结果
	HallSealing        = "/hall/contracts/sealing"
	HallSealRetry      = "/hall/contracts/sealing/retry"
	HallContract       = "/hall/contract/:id"
	HallDownload       = "/hall/contract/:id/download" // 电子劳动合同下载
	HallReminders      = "/hall/reminders"
	HallService        = "/hall/service"               // 客服中心
	HallPapers         = "/hall/papers"                // 纸质文本申请
	HallPaper          = "/hall/paper/:id"             // 已提供
	HallUrge           = "/hall/contract/:id/urge"     // 催签
	HallEvidence       = "/hall/contract/:id/evidence" // 证据包下载
	HallClose          = "/hall/close"                 // 电子劳动合同关闭

	HallClauses        = "/hall/clauses" // 合同条款
	HallClausesDraft   = "/hall/clauses/draft"
	HallClausesPDF     = "/hall/clauses/preview"
	HallClausesVersion = "/hall/clauses/:version"
	HallClausesFile    = "/hall/clauses/:version/preview"

	HallTemplate           = "/hall/contract/:id/template"    // 电子劳动合同补充条款模板下载
	HallSupplements        = "/hall/contract/:id/supplements" // 电子合同补充条款模板上传
	HallSupplement         = "/hall/supplement/:id"
	HallSupplementPage     = "/hall/supplement/:id/page/:n"
	HallSupplementFile     = "/hall/supplement/:id/download"
	HallSupplementWithdraw = "/hall/supplement/:id/withdraw"

	HallAuthorize       = "/hall/authorize" // 电子合同签章授权
	HallAuthorizeState  = "/hall/authorize/state"
	HallAuthorizeRevoke = "/hall/authorize/:id/revoke"
)

// The mobile site.
const (
	Mobile            = "/m"
	MobileLogin       = "/m/login"
	MobileLogout      = "/m/logout"
	MobilePasskey     = "/m/login/passkey" // 通行密钥登录
	MobilePasskeyAsk  = "/m/login/passkey/ask"
	MobileFaceLogin   = "/m/login/face" // 人脸验证登录
	MobileFaceCode    = "/m/login/face/code"
	MobileFaceEnter   = "/m/login/face/enter"
	MobileConfirm     = "/m/confirm"
	MobileConfirmSMS  = "/m/confirm/code"
	MobileRegister    = "/m/register"
	MobileRegisterSMS = "/m/register/code"
	MobileForgot      = "/m/forgot" // 忘记密码
	MobileForgotSMS   = "/m/forgot/code"
	MobileEvents      = "/m/events"
	MobileSwitch      = "/m/switch" // 切换企业; ?for=entry: 选择企业 on entering 我的印章, ?for=visit: within it
	MobileSwitchTo    = "/m/switch/:id"
	MobileMe          = "/m/me"   // 我的
	MobileInfo        = "/m/info" // 我的信息
	MobileInfoExport  = "/m/info/export"
	MobileScan        = "/m/scan"       // 扫一扫
	MobileScanPhoto   = "/m/scan/photo" // a photo of the code
	MobileScanCode    = "/m/scan/code"  // the digits beside the code
	MobileScanText    = "/m/scan/text"  // what the camera read
	MobileService     = "/m/service"    // 客服中心
	MobileManifest    = "/m/app.webmanifest"
	MobileWorker      = "/m/worker.js"
	MobileOffline     = "/m/offline"
	MobileInbox       = "/m/messages"
	MobileInboxBadge  = "/m/messages/badge"
	MobileInboxAll    = "/m/messages/read"
	MobileInboxSet    = "/m/messages/settings" // 消息设置
	MobileInboxOpen   = "/m/messages/:id"
	MobileIdentity    = "/m/identity"            // 身份核验
	MobileCorrect     = "/m/identity/correct"    // 更正身份信息
	MobileEnterprise  = "/m/enterprise"          // 企业入驻
	MobileLegalRep    = "/m/enterprise/legalrep" // 变更法定代表人

	MobileSecurity  = "/m/security" // 账号与安全
	MobileSessions  = "/m/security/sessions"
	MobileNumber    = "/m/security/mobile" // 修改手机号码
	MobileNumberOld = "/m/security/mobile/old"
	MobileNumberNew = "/m/security/mobile/new"

	MobilePasskeys      = "/m/passkeys" // 通行密钥
	MobilePasskeyAdd    = "/m/passkeys/add"
	MobilePasskeySMS    = "/m/passkeys/code"
	MobilePasskeyMake   = "/m/passkeys/make" // the browser's answer to 添加通行密钥
	MobilePasskeyRemove = "/m/passkeys/:id/remove"

	MobileFace         = "/m/face" // 人脸验证
	MobileFaceSMS      = "/m/face/code"
	MobileFaceDocument = "/m/face/document"
	MobileFaceWithdraw = "/m/face/withdraw" // 停用人脸验证
	MobileFaceBegin    = "/m/face/begin"    // an attempt of the capture page
	MobileFaceFrame    = "/m/face/frame"

	MobileAgents        = "/m/agents" // 我的经办人
	MobileAgentAdd      = "/m/agents/add"
	MobileAgentConfirm  = "/m/agents/add/confirm" // the proof of whoever adds
	MobileAgentCode     = "/m/agents/add/code"
	MobileAgent         = "/m/agent/:id" // 编辑
	MobileAgentPassword = "/m/agent/:id/password"
	MobileAgentRemove   = "/m/agent/:id/remove"

	MobileSealEnter     = "/m/seals/enter"  // 我的印章: sends the code
	MobileSealUnlock    = "/m/seals/unlock" // code and new passphrase
	MobileSealUnlockSMS = "/m/seals/unlock/code"
	MobileSealChoose    = "/m/seals/enterprise" // 选择企业 of a personal account
	MobileSealHome      = "/m/seals"
	MobileSeals         = "/m/seals/list" // 电子印章管理
	MobileSealAdd       = "/m/seals/add"
	MobileSealPreview   = "/m/seals/preview"
	MobileSeal          = "/m/seal/:id"
	MobileSealVoid      = "/m/seal/:id/void"
	MobileSealRenew     = "/m/seal/:id/certificate" // 更换证书
	MobileGrants        = "/m/seal/:id/grants"      // 授权他人使用印章
	MobileGrantAdd      = "/m/seal/:id/grants/add"
	MobileGrant         = "/m/grant/:id"
	MobileGrantRemove   = "/m/grant/:id/remove"
	MobileUsage         = "/m/seals/usage" // 印章使用记录
	MobileUsageExport   = "/m/seals/usage/export"
	MobileUse           = "/m/seals/usage/:id" // what one record rests on
	MobileCertificate   = "/m/seals/certificate"
	MobilePassphrase    = "/m/seals/certificate/passphrase"   // 修改证书密码
	MobileSealCode      = "/m/seals/code"                     // sends the code for 生成印章, 更换证书 and 作废
	MobileSealRevoke    = "/m/seals/authorization/:id/revoke" // 撤销授权

	MobileActivate    = "/m/activate" // ?next=: activation on the way to signing or authorizing
	MobileActivateSMS = "/m/activate/code"

	MobileTicket       = "/m/a/:token" // what the hall's QR code holds
	MobileTicketScan   = "/m/a/:token/scan"
	MobileTicketGive   = "/m/a/:token/give"
	MobileTicketRefuse = "/m/a/:token/refuse"

	MobileContracts = "/m/contracts" // 我的合同
	MobileContract  = "/m/contract/:id"
	MobilePage      = "/m/contract/:id/page/:n"
	MobileSign      = "/m/contract/:id/sign"
	MobileSignSMS   = "/m/contract/:id/sign/code"
	MobileSigned    = "/m/contract/:id/signed"
	MobileDecline   = "/m/contract/:id/decline"
	MobileDownload  = "/m/contract/:id/download"
	MobilePrint     = "/m/contract/:id/print"
	MobileReceive   = "/m/contract/:id/receive"  // 签收
	MobilePaper     = "/m/contract/:id/paper"    // 申请纸质文本
	MobileEvidence  = "/m/contract/:id/evidence" // 证据包下载

	MobileSupplement     = "/m/supplement/:id" // 补充条款确认, by an operator
	MobileSupplementPage = "/m/supplement/:id/page/:n"
	MobileSupplementFile = "/m/supplement/:id/download"
)

// The desk.
const (
	Desk                = "/desk"
	DeskLogin           = "/desk/login"
	DeskLogout          = "/desk/logout"
	DeskFilings         = "/desk/filings"
	DeskFiling          = "/desk/filing/:id"
	DeskApproveAll      = "/desk/filings/approve" // 审核通过所选
	DeskApprove         = "/desk/filing/:id/approve"
	DeskReturn          = "/desk/filing/:id/return"
	DeskRosters         = "/desk/rosters" // 备案名册, 生成名册
	DeskRoster          = "/desk/roster/:id"
	DeskRosterPrint     = "/desk/roster/:id/print"
	DeskRosterExport    = "/desk/roster/:id/export"
	DeskEnterprises     = "/desk/enterprises"
	DeskEnterprise      = "/desk/enterprise/:id"
	DeskLicence         = "/desk/enterprise/:id/licence"
	DeskLegalRep        = "/desk/legalrep/:id"         // 变更法定代表人
	DeskLegalRepLicence = "/desk/legalrep/:id/licence" // ?before=1: the one so far
	DeskIdentities      = "/desk/identities"
	DeskIdentity        = "/desk/identity/:id"
	DeskPicture         = "/desk/identity/:id/picture"

	DeskPersons   = "/desk/persons" // 人员服务
	DeskPerson    = "/desk/person/:id"
	DeskClear     = "/desk/person/:id/clear"   // 提前解除激活限制
	DeskMobile    = "/desk/person/:id/mobile"  // 更换手机号码
	DeskCorrect   = "/desk/person/:id/correct" // 更正身份信息
	DeskMobileSMS = "/desk/person/:id/mobile/code"
	DeskFace      = "/desk/person/:id/face"       // 删除人脸特征
	DeskSettle    = "/desk/contract/:id/identity" // 身份信息不一致

	DeskPassword  = "/desk/password"   // 修改密码
	DeskSelfCheck = "/desk/self-check" // 设置自检
	DeskReached   = "/desk/self-check/phone"
	DeskEvents    = "/desk/self-check/events"
	DeskTrySMS    = "/desk/self-check/sms" // 发送测试短信
)
