// Passkeys (WebAuthn): hands the server's question to the device and the device's
// answer to the server, which alone decides. Old browsers know no
// parseCreationOptionsFromJSON, so the bytes are written and read here.
{
  const known = Boolean(window.PublicKeyCredential && navigator.credentials);
  for (const element of document.querySelectorAll('[data-passkey-known], form[data-passkey][hidden]')) element.hidden = !known;
  for (const element of document.querySelectorAll('[data-passkey-unknown]')) element.hidden = known;

  function bytes(text) {
    const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  }

  function base64url(buffer) {
    let plain = '';
    for (const byte of new Uint8Array(buffer)) plain += String.fromCharCode(byte);
    return btoa(plain).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  }

  // question is the server's JSON with its texts as bytes.
  function question(options) {
    const publicKey = { ...options, challenge: bytes(options.challenge) };
    for (const list of ['allowCredentials', 'excludeCredentials']) {
      if (options[list]) publicKey[list] = options[list].map((key) => ({ ...key, id: bytes(key.id) }));
    }
    if (options.user) publicKey.user = { ...options.user, id: bytes(options.user.id) };
    return { publicKey };
  }

  // written is the device's answer with its bytes as texts.
  function written(credential) {
    const response = {};
    for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
      if (credential.response[name]) response[name] = base64url(credential.response[name]);
    }
    return JSON.stringify({ id: credential.id, rawId: base64url(credential.rawId), type: credential.type, response });
  }

  const refusals = {
    NotAllowedError: '没有完成验证：可能已取消、超时，或者设备里没有这个账号的通行密钥。可以重试，或改用其他方式。',
    InvalidStateError: '这台设备已经为账号添加过通行密钥，不用重复添加。',
    NotSupportedError: '这台设备不支持通行密钥，请改用其他方式。',
    SecurityError: '现在打开的地址不能使用通行密钥，请改用其他方式。',
    ConstraintError: '这台设备没有设置锁屏密码、指纹或面容，请先设置，或改用其他方式。',
  };

  async function options(form) {
    if (form.dataset.options) return JSON.parse(form.dataset.options);
    const body = new URLSearchParams({ _token: form.elements._token.value });
    const answer = await fetch(form.dataset.ask, { method: 'POST', body, credentials: 'same-origin' });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  }

  function ready(form) {
    const start = form.querySelector('[data-passkey-start]');
    const line = form.querySelector('[data-passkey-say]');
    start.addEventListener('click', async () => {
      start.disabled = true;
      form.dataset.state = 'running';
      line.textContent = '请按设备的提示确认…';
      try {
        const credential = await navigator.credentials[form.dataset.passkey](question(await options(form)));
        form.querySelector('[data-passkey-answer]').value = written(credential);
        line.textContent = '正在验证…';
        form.submit();
      } catch (error) {
        line.textContent = refusals[error.name] || '现在不能使用通行密钥。请刷新页面后重试，或改用其他方式。';
        form.dataset.state = 'failed';
        start.disabled = false;
      }
    });
    window.addEventListener('pageshow', () => { start.disabled = false; });
  }

  for (const form of document.querySelectorAll('form[data-passkey]')) ready(form);
}
