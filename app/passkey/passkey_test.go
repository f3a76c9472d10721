package passkey_test

import (
	"errors"
	"strings"
	"testing"

	"laoqi/app/apptest/softkey"
	"laoqi/app/passkey"
)

var (
	site  = passkey.Site{Host: "office-pc.lan", Origin: "https://office-pc.lan:8443"}
	owner = passkey.Owner{Handle: []byte(strings.Repeat("h", 32)), Name: "王秀兰（个人账号）"}
)

// made makes a new key of a phone.
func made(t *testing.T) (*softkey.Key, passkey.Key) {
	t.Helper()
	phone := softkey.New(site.Host, site.Origin)
	key, err := tryMake(t, phone)
	if err != nil {
		t.Fatal(err)
	}
	return phone, key
}

func tryMake(t *testing.T, phone *softkey.Key) (passkey.Key, error) {
	t.Helper()
	q, err := site.AskNew(owner, nil)
	if err != nil {
		t.Fatal(err)
	}
	m, err := passkey.ReadMade(phone.Make(q.Options))
	if err != nil || string(m.Challenge) != string(q.Challenge) {
		t.Fatal(err, m.Challenge, q.Challenge)
	}
	return m.Check(site, owner)
}

func use(t *testing.T, phone *softkey.Key, key passkey.Key) (uint32, error) {
	t.Helper()
	q, err := site.Ask([][]byte{key.ID})
	if err != nil {
		t.Fatal(err)
	}
	u, err := passkey.ReadUsed(phone.Use(q.Options))
	if err != nil || string(u.ID) != string(phone.ID) || string(u.Challenge) != string(q.Challenge) {
		t.Fatal(err, u)
	}
	return u.Check(site, owner, key)
}

func TestAKeyIsMadeAndUsed(t *testing.T) {
	phone, key := made(t)
	for want := uint32(1); want < 3; want++ {
		counter, err := use(t, phone, key)
		if err != nil || counter != want {
			t.Fatalf("counter %d, %v", counter, err)
		}
		key.Counter = counter
	}
	phone.Counter = 0
	if _, err := use(t, phone, key); !errors.Is(err, passkey.ErrCounter) {
		t.Errorf("a copied key: %v", err)
	}
}

func TestTheBrowserIsAskedForAKeyThatItsHolderUnlocks(t *testing.T) {
	q, err := site.AskNew(owner, [][]byte{{1, 2, 3}})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"residentKey":"required"`, `"userVerification":"required"`, `"attestation":"none"`, `"alg":-7}`, `"alg":-257}`, `"excludeCredentials":[{`, `"id":"office-pc.lan"`} {
		if !strings.Contains(q.Options, want) {
			t.Errorf("%s is not in %s", want, q.Options)
		}
	}
	if strings.Count(q.Options, `"alg"`) != 2 || len(q.Challenge) < 32 {
		t.Errorf("%d bytes of challenge in %s", len(q.Challenge), q.Options)
	}
}

func TestAnUnsoundAnswerIsRefused(t *testing.T) {
	wrong := map[string]func(*softkey.Key){
		"another origin":        func(k *softkey.Key) { k.Origin = "https://evil.example" },
		"another port":          func(k *softkey.Key) { k.Origin = "https://office-pc.lan:9999" },
		"plain HTTP":            func(k *softkey.Key) { k.Origin = "http://office-pc.lan:8443" },
		"another host":          func(k *softkey.Key) { k.Host = "evil.example" },
		"a device not unlocked": func(k *softkey.Key) { k.Locked = true },
	}
	for what, spoil := range wrong {
		phone := softkey.New(site.Host, site.Origin)
		spoil(phone)
		if _, err := tryMake(t, phone); !errors.Is(err, passkey.ErrUnsound) {
			t.Errorf("a key made with %s: %v", what, err)
		}
		phone, key := made(t)
		spoil(phone)
		if _, err := use(t, phone, key); !errors.Is(err, passkey.ErrUnsound) {
			t.Errorf("a key used with %s: %v", what, err)
		}
	}
	phone, _ := made(t)
	other, key := made(t)
	other.ID = phone.ID
	key.ID = phone.ID
	if _, err := use(t, phone, key); !errors.Is(err, passkey.ErrUnsound) {
		t.Errorf("another key's signature: %v", err)
	}
}

func TestWhatIsNoAnswerIsRefused(t *testing.T) {
	for _, text := range []string{"", "{}", "null", `{"id":"AA"}`, strings.Repeat("x", 70_000)} {
		if _, err := passkey.ReadUsed(text); !errors.Is(err, passkey.ErrUnsound) {
			t.Errorf("%.20q: %v", text, err)
		}
		if _, err := passkey.ReadMade(text); !errors.Is(err, passkey.ErrUnsound) {
			t.Errorf("%.20q: %v", text, err)
		}
	}
}
