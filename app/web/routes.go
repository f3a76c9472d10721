package web

import (
	"laoqi/app"
	"laoqi/app/link"
)

// route is one line of the table. The zero permission denies; whose data a page
// may show is decided in its query.
type route struct {
	method, path string
	need         app.Permission
	page         func(*Server, *request) error
	unconfirmed  bool // also for an agent who has not yet proved the own mobile
	repeats      bool // the same form may be sent again
	program      bool // a program asks, which has no form and changes nothing
}

func get(path string, need app.Permission, page func(*Server, *request) error) route {
	return route{method: "GET", path: path, need: need, page: page}
}

func post(path string, need app.Permission, page func(*Server, *request) error) route {
	return route{method: "POST", path: path, need: need, page: page}
}

func (r route) early() route { r.unconfirmed = true; return r }

func (r route) asked() route { r.program = true; return r }

func (r route) again() route { r.repeats = true; return r }

// routes is the whole site, in the order of the operating guide.
var routes = concat(publicRoutes, hallRoutes, deskRoutes, mobileRoutes)

func concat(tables ...[]route) (all []route) {
	for _, t := range tables {
		all = append(all, t...)
	}
	return all
}

var publicRoutes = []route{
	get(link.Home, app.Public, (*Server).home),
	get(link.Static, app.Public, (*Server).static),
	get(link.Setup, app.Public, (*Server).setupPage),
	post(link.Setup, app.Public, (*Server).setup),

	get(link.Check, app.Public, (*Server).checkPage),
	post(link.Check, app.Public, (*Server).checkFile).again(),
	get(link.CheckCode, app.Public, (*Server).checkCode),
	get(link.Trust, app.Public, (*Server).trustPage),
	get(link.Root, app.Public, (*Server).root),
	get(link.RootDER, app.Public, (*Server).rootDER),
	get(link.CRL, app.Public, (*Server).revocationList),
	get(link.RootCRL, app.Public, (*Server).rootRevocationList),
	get(link.OCSPGet, app.Public, (*Server).ocspGet),
	post(link.OCSP, app.Public, (*Server).ocspPost).asked(),
	get(link.Connect, app.Public, (*Server).connect),
	get(link.ConnectCert, app.Public, (*Server).connectCert),
	get(link.ConnectProfile, app.Public, (*Server).connectProfile),

	get(link.Reach, app.Public, (*Server).reach),

	get(link.DemoPhone, app.Public, (*Server).demoPhone),
	get(link.DemoEvents, app.Public, (*Server).demoEvents),
	post(link.DemoBecome, app.Public, (*Server).demoBecome).again(),
}

var hallRoutes = []route{
	// 2.2 用户登录
	get(link.HallLogin, app.Public, (*Server).loginPage),
	post(link.HallLogin, app.Public, (*Server).login),
	post(link.HallPasskeyAsk, app.Public, (*Server).passkeyAsk).again(),
	post(link.HallPasskey, app.Public, (*Server).passkeyLogin),
	get(link.HallFaceLogin, app.Public, (*Server).faceLoginPage),
	post(link.HallFaceLogin, app.Public, (*Server).faceLogin).again(),
	post(link.HallFaceCode, app.Public, (*Server).faceLoginCode).again(),
	post(link.HallFaceEnter, app.Public, (*Server).faceEnter),
	post(link.HallFaceBegin, app.Public, (*Server).faceBegin).again(),
	post(link.HallFaceFrame, app.Public, (*Server).faceFrame).again(),
	post(link.HallLogout, app.Clerk, (*Server).logout).early(),
	get(link.HallConfirm, app.Clerk, (*Server).confirmPage).early(),
	post(link.HallConfirm, app.Clerk, (*Server).confirm).early(),
	post(link.HallConfirmSMS, app.Clerk, (*Server).confirmCode).early(),
	get(link.HallForgot, app.Public, (*Server).forgotPage),
	post(link.HallForgot, app.Public, (*Server).forgot),
	post(link.HallForgotSMS, app.Public, (*Server).forgotCode).again(),
	get(link.HallEvents, app.Clerk, (*Server).events),
	get(link.HallSwitch, app.Clerk, (*Server).switchPage),
	get(link.HallSwitchTo, app.Clerk, (*Server).switchToPage),
	post(link.HallSwitchTo, app.Clerk, (*Server).switchTo),
	// 2.9 消息提醒
	get(link.HallInbox, app.Clerk, (*Server).inbox),
	get(link.HallInboxBadge, app.Clerk, (*Server).inboxBadge),
	post(link.HallInboxAll, app.Clerk, (*Server).inboxRead),
	get(link.HallInboxSet, app.Clerk, (*Server).inboxChoices),
	post(link.HallInboxSet, app.Clerk, (*Server).inboxChoose),
	get(link.HallInboxOpen, app.Clerk, (*Server).inboxMessage),
	post(link.HallInboxOpen, app.Clerk, (*Server).inboxOpen),

	get(link.Hall, app.Clerk, (*Server).hallHome),
	get(link.HallService, app.Public, (*Server).service), // 2.8

	// 1.1 是否启用电子劳动合同
	get(link.HallFilings, app.Clerk, (*Server).filingList),
	get(link.HallFilingEnable, app.Clerk, (*Server).filingEnablePage),
	post(link.HallFilingEnable, app.Clerk, (*Server).filingEnable),
	get(link.HallFilingAdd, app.Clerk, (*Server).filingAddPage),
	post(link.HallFilingAdd, app.Clerk, (*Server).filingAdd),
	post(link.HallFilingPick, app.Clerk, (*Server).filingPickSearch).again(),
	get(link.HallFiling, app.Clerk, (*Server).filingPage),
	get(link.HallFilingEdit, app.Clerk, (*Server).filingEditPage),
	post(link.HallFilingEdit, app.Clerk, (*Server).filingEdit),
	post(link.HallFilingWithdraw, app.Clerk, (*Server).filingWithdraw),
	get(link.HallFilingDelete, app.Clerk, (*Server).filingDeletePage),
	post(link.HallFilingDelete, app.Clerk, (*Server).filingDelete),
	get(link.HallFilingPaper, app.Clerk, (*Server).filingPaper),
	get(link.HallFilingExport, app.Clerk, (*Server).filingExport),
	get(link.HallImports, app.Clerk, (*Server).importStart),
	post(link.HallImports, app.Clerk, (*Server).importUpload),
	get(link.HallImportTemplate, app.Clerk, (*Server).importTemplate),
	get(link.HallImport, app.Clerk, (*Server).importPage),
	get(link.HallImportFile, app.Clerk, (*Server).importFile),
	post(link.HallImportConfirm, app.Clerk, (*Server).importConfirm),
	get(link.HallImportDrop, app.Clerk, (*Server).importDropPage),
	post(link.HallImportDrop, app.Clerk, (*Server).importDrop),
	get(link.HallRosters, app.Clerk, (*Server).rosterList),
	get(link.HallRoster, app.Clerk, (*Server).rosterPage),
	get(link.HallRosterPrint, app.Clerk, (*Server).rosterPrint),
	get(link.HallRosterExport, app.Clerk, (*Server).rosterExport),

	// 1.3 企业授权电子签章
	get(link.HallAuthorize, app.Clerk, (*Server).authorize),
	post(link.HallAuthorize, app.Clerk, (*Server).authorizeShow),
	get(link.HallAuthorizeState, app.Clerk, (*Server).authorizeState),
	get(link.HallAuthorizeRevoke, app.LegalRep, (*Server).authorizeRevokePage),
	post(link.HallAuthorizeRevoke, app.LegalRep, (*Server).authorizeRevoke),
	get(link.HallSealing, app.Clerk, (*Server).sealing),
	post(link.HallSealRetry, app.Clerk, (*Server).sealRetry),

	// 1.6 下载电子劳动合同
	get(link.HallContracts, app.Clerk, (*Server).contractList),
	post(link.HallContractSearch, app.Clerk, (*Server).contractSearch).again(),
	get(link.HallContractRows, app.Clerk, (*Server).contractRows),
	get(link.HallZip, app.Clerk, (*Server).contractZip),
	get(link.HallContract, app.Clerk, (*Server).contractPage),
	get(link.HallDownload, app.Clerk, (*Server).contractDownload),
	get(link.HallEvidence, app.Clerk, (*Server).evidence),
	// 1.5 电子劳动合同补充条款
	get(link.HallTemplate, app.Clerk, (*Server).template),
	post(link.HallSupplements, app.Clerk, (*Server).supplementAdd),
	get(link.HallSupplement, app.Clerk, (*Server).supplementPage),
	get(link.HallSupplementPage, app.Clerk, (*Server).supplementPicture),
	get(link.HallSupplementFile, app.Clerk, (*Server).supplementFile),
	get(link.HallSupplementWithdraw, app.Clerk, (*Server).supplementWithdrawPage),
	post(link.HallSupplementWithdraw, app.Clerk, (*Server).supplementWithdraw),
	get(link.HallPapers, app.Clerk, (*Server).papers),
	get(link.HallPaper, app.Clerk, (*Server).paperPage),
	post(link.HallPaper, app.Clerk, (*Server).paperGive),
	get(link.HallReminders, app.Clerk, (*Server).reminders),
	// what every contract will say under the enterprise's seal: like the seal, for those who manage
	get(link.HallClauses, app.Clerk, (*Server).clauses),
	post(link.HallClauses, app.Manager, (*Server).clausesSave),
	post(link.HallClausesDraft, app.Manager, (*Server).clausesDraft).again(),
	post(link.HallClausesPDF, app.Manager, (*Server).clausesPDF).again(),
	get(link.HallClausesVersion, app.Clerk, (*Server).clausesVersion),
	get(link.HallClausesFile, app.Clerk, (*Server).clausesFile),
	post(link.HallUrge, app.Clerk, (*Server).urge),

	// 1.4 关闭电子劳动合同
	get(link.HallClose, app.Clerk, (*Server).closePage),
	post(link.HallClose, app.Clerk, (*Server).close),
}

var deskRoutes = []route{
	get(link.DeskLogin, app.Public, (*Server).loginPage),
	post(link.DeskLogin, app.Public, (*Server).login),
	post(link.DeskLogout, app.Reviewer, (*Server).logout),
	get(link.Desk, app.Reviewer, (*Server).deskHome),

	get(link.DeskIdentities, app.Reviewer, (*Server).identityQueue),
	get(link.DeskIdentity, app.Reviewer, (*Server).identityPage),
	post(link.DeskIdentity, app.Reviewer, (*Server).identityDecide),
	get(link.DeskPicture, app.Reviewer, (*Server).identityPicture),
	get(link.DeskPersons, app.Reviewer, (*Server).personFindPage),
	post(link.DeskPersons, app.Reviewer, (*Server).personFind).again(),
	get(link.DeskPerson, app.Reviewer, (*Server).personPage),
	get(link.DeskClear, app.Reviewer, (*Server).personClearPage),
	post(link.DeskClear, app.Reviewer, (*Server).personClear),
	get(link.DeskMobile, app.Reviewer, (*Server).personMobilePage),
	post(link.DeskMobile, app.Reviewer, (*Server).personMobile),
	post(link.DeskMobileSMS, app.Reviewer, (*Server).personMobileCode).again(),
	get(link.DeskFace, app.Reviewer, (*Server).personFacePage),
	post(link.DeskFace, app.Reviewer, (*Server).personFace),
	get(link.DeskCorrect, app.Reviewer, (*Server).personCorrectPage),
	post(link.DeskCorrect, app.Reviewer, (*Server).personCorrect),
	get(link.DeskSettle, app.Reviewer, (*Server).settlePage),
	post(link.DeskSettle, app.Reviewer, (*Server).settle),
	get(link.DeskEnterprises, app.Reviewer, (*Server).enterpriseQueue),
	get(link.DeskEnterprise, app.Reviewer, (*Server).enterprisePage),
	post(link.DeskEnterprise, app.Reviewer, (*Server).enterpriseDecide),
	get(link.DeskLicence, app.Reviewer, (*Server).licence),
	get(link.DeskLegalRep, app.Reviewer, (*Server).deskLegalRep),
	post(link.DeskLegalRep, app.Reviewer, (*Server).deskLegalRepDecide),
	get(link.DeskLegalRepLicence, app.Reviewer, (*Server).deskLegalRepLicence),

	get(link.DeskFilings, app.Reviewer, (*Server).deskFilings),
	get(link.DeskFiling, app.Reviewer, (*Server).deskFiling),
	post(link.DeskApproveAll, app.Reviewer, (*Server).filingApproveAll),
	post(link.DeskApprove, app.Reviewer, (*Server).filingApprove),
	post(link.DeskReturn, app.Reviewer, (*Server).filingReturn),
	get(link.DeskRosters, app.Reviewer, (*Server).deskRosters),
	post(link.DeskRosters, app.Reviewer, (*Server).rosterMake),
	get(link.DeskRoster, app.Reviewer, (*Server).deskRoster),
	get(link.DeskRosterPrint, app.Reviewer, (*Server).rosterPrint),
	get(link.DeskRosterExport, app.Reviewer, (*Server).rosterExport),

	get(link.DeskPassword, app.Reviewer, (*Server).deskPasswordPage),
	post(link.DeskPassword, app.Reviewer, (*Server).deskPassword),
	get(link.DeskSelfCheck, app.Reviewer, (*Server).selfCheck),
	get(link.DeskReached, app.Reviewer, (*Server).phoneReached),
	get(link.DeskEvents, app.Reviewer, (*Server).selfCheckEvents),
	post(link.DeskTrySMS, app.Reviewer, (*Server).trySMS),
}

var mobileRoutes = []route{
	// 2.2 用户登录
	get(link.MobileLogin, app.Public, (*Server).loginPage),
	post(link.MobileLogin, app.Public, (*Server).login),
	post(link.MobilePasskeyAsk, app.Public, (*Server).passkeyAsk).again(),
	post(link.MobilePasskey, app.Public, (*Server).passkeyLogin),
	get(link.MobileFaceLogin, app.Public, (*Server).faceLoginPage),
	post(link.MobileFaceLogin, app.Public, (*Server).faceLogin).again(),
	post(link.MobileFaceCode, app.Public, (*Server).faceLoginCode).again(),
	post(link.MobileFaceEnter, app.Public, (*Server).faceEnter),
	post(link.MobileFaceBegin, app.Public, (*Server).faceBegin).again(),
	post(link.MobileFaceFrame, app.Public, (*Server).faceFrame).again(),
	post(link.MobileLogout, app.Member, (*Server).logout).early(),
	get(link.MobileConfirm, app.Member, (*Server).confirmPage).early(),
	post(link.MobileConfirm, app.Member, (*Server).confirm).early(),
	post(link.MobileConfirmSMS, app.Member, (*Server).confirmCode).early(),
	get(link.MobileForgot, app.Public, (*Server).forgotPage),
	post(link.MobileForgot, app.Public, (*Server).forgot),
	post(link.MobileForgotSMS, app.Public, (*Server).forgotCode).again(),
	get(link.MobileEvents, app.Member, (*Server).events),
	get(link.MobileRegister, app.Public, (*Server).registerPage),
	post(link.MobileRegister, app.Public, (*Server).register),
	post(link.MobileRegisterSMS, app.Public, (*Server).registerCode),

	get(link.Mobile, app.Member, (*Server).mobileHome),
	get(link.MobileMe, app.Member, (*Server).me),
	get(link.MobileScan, app.Member, (*Server).scan),
	post(link.MobileScanPhoto, app.Member, (*Server).scanPhoto),
	post(link.MobileScanCode, app.Member, (*Server).scanCode),
	post(link.MobileScanText, app.Member, (*Server).scanText),
	get(link.MobileInfo, app.Person, (*Server).info),
	get(link.MobileInfoExport, app.Person, (*Server).infoExport),
	get(link.MobileIdentity, app.Person, (*Server).identityForm),
	post(link.MobileIdentity, app.Person, (*Server).identityClaim),
	get(link.MobileCorrect, app.Person, (*Server).correctPage),
	post(link.MobileCorrect, app.Person, (*Server).correct),
	get(link.MobileEnterprise, app.Person, (*Server).enterpriseForm),
	post(link.MobileEnterprise, app.Person, (*Server).enterpriseRegister),
	get(link.MobileLegalRep, app.Person, (*Server).legalRepForm),
	post(link.MobileLegalRep, app.Person, (*Server).legalRepApply),

	// 账号与安全
	get(link.MobileSecurity, app.Member, (*Server).security),
	post(link.MobileSessions, app.Member, (*Server).endOtherSessions),
	get(link.MobileNumber, app.Person, (*Server).numberPage),
	post(link.MobileNumber, app.Person, (*Server).number),
	post(link.MobileNumberOld, app.Person, (*Server).numberOldCode).again(),
	post(link.MobileNumberNew, app.Person, (*Server).numberNewCode).again(),

	// 人脸验证
	get(link.MobileFace, app.Member, (*Server).facePage),
	post(link.MobileFace, app.Member, (*Server).faceEnrol),
	post(link.MobileFaceSMS, app.Member, (*Server).faceCode).again(),
	post(link.MobileFaceDocument, app.Member, (*Server).faceDocument),
	get(link.MobileFaceWithdraw, app.Member, (*Server).faceWithdrawPage),
	post(link.MobileFaceWithdraw, app.Member, (*Server).faceWithdraw),

	// 设备验证（通行密钥）
	get(link.MobilePasskeys, app.Member, (*Server).passkeys),
	get(link.MobilePasskeyAdd, app.Member, (*Server).passkeyAddPage),
	post(link.MobilePasskeyAdd, app.Member, (*Server).passkeyAdd),
	post(link.MobilePasskeySMS, app.Member, (*Server).passkeyCode).again(),
	post(link.MobilePasskeyMake, app.Member, (*Server).passkeyMake),
	get(link.MobilePasskeyRemove, app.Member, (*Server).passkeyRemovePage),
	post(link.MobilePasskeyRemove, app.Member, (*Server).passkeyRemove),

	// 2.1 经办人管理
	get(link.MobileAgents, app.LegalRep, (*Server).agentList),
	get(link.MobileAgentAdd, app.LegalRep, (*Server).agentAddPage),
	post(link.MobileAgentAdd, app.LegalRep, (*Server).agentAdd),
	post(link.MobileAgentConfirm, app.LegalRep, (*Server).agentConfirm),
	post(link.MobileAgentCode, app.LegalRep, (*Server).agentCode).again(),
	get(link.MobileAgent, app.LegalRep, (*Server).agentEditPage),
	post(link.MobileAgent, app.LegalRep, (*Server).agentEdit),
	get(link.MobileAgentPassword, app.LegalRep, (*Server).agentPasswordPage),
	post(link.MobileAgentPassword, app.LegalRep, (*Server).agentPassword),
	get(link.MobileAgentRemove, app.LegalRep, (*Server).agentRemovePage),
	post(link.MobileAgentRemove, app.LegalRep, (*Server).agentRemove),

	// 2.4 选择企业
	get(link.MobileSwitch, app.Clerk, (*Server).switchPage),
	get(link.MobileSwitchTo, app.Clerk, (*Server).switchToPage),
	post(link.MobileSwitchTo, app.Clerk, (*Server).switchTo),
	get(link.MobileSealChoose, app.Person, inVisit((*Server).sealChoosePage)),
	post(link.MobileSealChoose, app.Person, inVisit((*Server).sealChoose)).again(),

	// 2.3 数字证书激活, 2.5 我的印章
	get(link.MobileSealEnter, app.Holder, (*Server).sealEnterPage),
	post(link.MobileSealEnter, app.Holder, (*Server).sealEnter).again(),
	get(link.MobileSealUnlock, app.Holder, (*Server).sealUnlockPage),
	post(link.MobileSealUnlock, app.Holder, (*Server).sealUnlock),
	post(link.MobileSealUnlockSMS, app.Holder, (*Server).activateCode).again(),
	get(link.MobileActivate, app.Holder, (*Server).activatePage),
	post(link.MobileActivate, app.Holder, (*Server).activate),
	post(link.MobileActivateSMS, app.Holder, (*Server).activateCode).again(),
	get(link.MobileSealHome, app.Holder, inVisit((*Server).sealHome)),
	get(link.MobileSeals, app.Holder, inVisit((*Server).sealList)),
	get(link.MobileSealAdd, app.Manager, inVisit((*Server).sealAddPage)),
	post(link.MobileSealAdd, app.Manager, inVisit((*Server).sealAdd)),
	post(link.MobileSealPreview, app.Manager, inVisit((*Server).sealPreview)).again(),
	post(link.MobileSealCode, app.Manager, inVisit((*Server).sealCode)).again(),
	get(link.MobileSeal, app.Manager, inVisit((*Server).sealDetail)),
	get(link.MobileSealVoid, app.Manager, inVisit((*Server).sealVoidPage)),
	post(link.MobileSealVoid, app.Manager, inVisit((*Server).sealVoid)),
	get(link.MobileSealRenew, app.Manager, inVisit((*Server).sealRenewPage)),
	post(link.MobileSealRenew, app.Manager, inVisit((*Server).sealRenew)),
	get(link.MobileGrants, app.Manager, inVisit((*Server).grantList)),
	get(link.MobileGrantAdd, app.Manager, inVisit((*Server).grantAddPage)),
	post(link.MobileGrantAdd, app.Manager, inVisit((*Server).grantAdd)),
	get(link.MobileGrant, app.Manager, inVisit((*Server).grantEditPage)),
	post(link.MobileGrant, app.Manager, inVisit((*Server).grantEdit)),
	get(link.MobileGrantRemove, app.Manager, inVisit((*Server).grantRemovePage)),
	post(link.MobileGrantRemove, app.Manager, inVisit((*Server).grantRemove)),
	get(link.MobileSealRevoke, app.Holder, inVisit((*Server).sealRevokePage)),
	post(link.MobileSealRevoke, app.Holder, inVisit((*Server).sealRevoke)),
	// 2.6 印章使用记录, 2.7 数字证书
	get(link.MobileUsage, app.Holder, inVisit((*Server).sealUsage)),
	get(link.MobileUsageExport, app.LegalRep, inVisit((*Server).usageExport)),
	get(link.MobileUse, app.Holder, inVisit((*Server).sealUse)),
	get(link.MobileCertificate, app.Holder, inVisit((*Server).certificate)),
	get(link.MobilePassphrase, app.Holder, inVisit((*Server).passphrasePage)),
	post(link.MobilePassphrase, app.Holder, inVisit((*Server).passphrase)),
	// 1.3 the operator's answer to the hall's QR code
	get(link.MobileTicket, app.Member, (*Server).ticket),
	post(link.MobileTicketScan, app.Member, (*Server).ticketScan),
	post(link.MobileTicketGive, app.Member, (*Server).ticketGive),
	post(link.MobileTicketRefuse, app.Member, (*Server).ticketRefuse),

	// 我的合同
	get(link.MobileContracts, app.Person, (*Server).myContracts),
	get(link.MobileContract, app.Person, (*Server).myContract),
	get(link.MobilePage, app.Person, (*Server).myContractPicture),
	get(link.MobileDownload, app.Person, (*Server).myContractFile),
	get(link.MobilePrint, app.Person, (*Server).myContractPrint),
	post(link.MobileReceive, app.Person, (*Server).receive),
	get(link.MobilePaper, app.Person, (*Server).askPaperPage),
	post(link.MobilePaper, app.Person, (*Server).askPaper),
	get(link.MobileEvidence, app.Person, (*Server).myEvidence),
	get(link.MobileSign, app.Person, (*Server).signPage),
	post(link.MobileSign, app.Person, (*Server).sign),
	post(link.MobileSignSMS, app.Person, (*Server).signCode).again(),
	get(link.MobileSigned, app.Person, (*Server).signedPage),
	get(link.MobileDecline, app.Person, (*Server).declinePage),
	post(link.MobileDecline, app.Person, (*Server).decline),

	// 1.5 the operator confirms a supplement
	get(link.MobileSupplement, app.Person, (*Server).confirmSupplementPage),
	post(link.MobileSupplement, app.Person, (*Server).confirmSupplement),
	get(link.MobileSupplementPage, app.Person, (*Server).confirmSupplementPicture),
	get(link.MobileSupplementFile, app.Person, (*Server).confirmSupplementFile),

	// 2.8 客服中心, 2.9 消息提醒
	get(link.MobileManifest, app.Public, (*Server).manifest),
	get(link.MobileWorker, app.Public, (*Server).worker),
	get(link.MobileOffline, app.Public, (*Server).offline),
	get(link.MobileService, app.Public, (*Server).service),
	get(link.MobileInbox, app.Member, (*Server).inbox),
	get(link.MobileInboxBadge, app.Member, (*Server).inboxBadge),
	post(link.MobileInboxAll, app.Member, (*Server).inboxRead),
	get(link.MobileInboxSet, app.Member, (*Server).inboxChoices),
	post(link.MobileInboxSet, app.Member, (*Server).inboxChoose),
	get(link.MobileInboxOpen, app.Member, (*Server).inboxMessage),
	post(link.MobileInboxOpen, app.Member, (*Server).inboxOpen),
}
