package boot

import (
	"flag"
	"fmt"
	"net"
	"strings"

	"laoqi/app"
)

// Config is the whole configuration. Each value is a flag, or the environment
// variable LAOQI_ followed by the flag's name in capitals.
type Config struct {
	Addr      string
	Data      string
	BaseURL   string
	HallTitle string
	Owner     string
	Hotline   string
	QQGroup   string
	Hours     string
	SMSURL    string
	SMSToken  string
	Proxies   string
	Review    string  // reviewDesk or reviewAuto
	Minimum   app.Fen // local minimum wage a month
	Demo      bool
}

// Who decides the filings.
const (
	reviewDesk = "desk" // a reviewer
	reviewAuto = "auto" // nobody: each is approved and rostered at once
)

func readConfig(w World, addr string) (c Config, err error) {
	f := flag.NewFlagSet("laoqi", flag.ContinueOnError)
	f.SetOutput(w.Err)
	f.Usage = func() { fmt.Fprint(w.Err, usage); f.PrintDefaults() }
	minimum := "2120"
	for _, o := range []struct {
		value           *string
		name, std, help string
	}{
		{&c.Addr, "addr", addr, "address to listen on, host:port"},
		{&c.Data, "data", "data", "data folder"},
		{&c.BaseURL, "base-url", "", "address that QR codes carry (default: this machine's address on the LAN)"},
		{&c.HallTitle, "hall-title", "劳动关系网厅", "title of the hall"},
		{&c.Owner, "owner", "", "who runs this installation, shown on the first page"},
		{&c.Hotline, "hotline", "", "telephone number of 客服中心"},
		{&c.QQGroup, "qq-group", "", "QQ group of 客服中心"},
		{&c.Hours, "service-hours", "", "when 客服中心 answers, such as 工作日 9:00-17:00"},
		{&c.SMSURL, "sms-url", "", "HTTP webhook that sends text messages: POST {mobile, text}"},
		{&c.SMSToken, "sms-token", "", "bearer token of the webhook"},
		{&c.Proxies, "proxies", "", "trusted reverse proxies, CIDRs separated by commas"},
		{&c.Review, "review", reviewDesk, "who decides filings: desk (a reviewer) or auto (approved and rostered at once)"},
		{&minimum, "minimum-wage", minimum, "local minimum wage in yuan a month (劳动合同法 art. 20)"},
	} {
		std := o.std
		if v := w.Getenv("LAOQI_" + strings.ToUpper(strings.ReplaceAll(o.name, "-", "_"))); v != "" {
			std = v
		}
		f.StringVar(o.value, o.name, std, o.help)
	}
	if err := f.Parse(w.Args); err != nil {
		return c, err
	}
	if c.Minimum, err = app.ParseFen(minimum); err != nil {
		return c, fmt.Errorf("-minimum-wage: %w", err)
	}
	return c, c.finish()
}

// finish fills what follows from the rest and checks it.
func (c *Config) finish() error {
	host, port, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return fmt.Errorf("-addr: %w", err)
	}
	if c.Review != reviewDesk && c.Review != reviewAuto {
		return fmt.Errorf("-review: %q is neither %s nor %s", c.Review, reviewDesk, reviewAuto)
	}
	for _, p := range c.proxies() {
		if _, _, err := net.ParseCIDR(p); err != nil {
			return fmt.Errorf("-proxies: %w", err)
		}
	}
	if c.BaseURL == "" {
		if host == "" || host == "0.0.0.0" || host == "::" {
			host = lanAddress()
		}
		c.BaseURL = "http://" + net.JoinHostPort(host, port)
	}
	c.BaseURL = strings.TrimSuffix(c.BaseURL, "/")
	return nil
}

func (c *Config) proxies() []string {
	return strings.FieldsFunc(c.Proxies, func(r rune) bool { return r == ',' || r == ' ' })
}
