// 扫一扫: the page's own camera. It reads the code here and hands the text to the
// server, which alone decides whether to follow it. A photo and the typed digits
// stand beneath as equals, whatever becomes of the camera.
(() => {
  const form = document.querySelector('.scan');
  const [view, video, say, start, torch, cameras] = ['.scan-view', 'video', '.scan-say', '[data-scan-start]', '[data-scan-torch]', '[data-scan-camera]']
    .map((selector) => form.querySelector(selector));
  const canvas = document.createElement('canvas');
  const side = 720; // pixels of the square that is read
  const options = { formats: ['QRCode'], tryHarder: true, tryInvert: true, maxNumberOfSymbols: 1 };
  const unread = 'NoReader';
  const others = '请在下面拍照识别，或输入数字码。';
  let stream = null;
  let found = false;
  let opening = 0; // counts the attempts, so that a late answer to an old one is dropped

  form.hidden = false;

  const refusals = {
    NotAllowedError: `没有使用摄像头的权限。请在浏览器或手机的设置中允许本站使用摄像头，或者${others}`,
    NotFoundError: `这台设备没有摄像头。${others}`,
    NotReadableError: `摄像头正被别的程序使用。请关闭它再试，或者${others}`,
    [unread]: `这个浏览器不能运行扫码组件。${others}`,
  };

  function stop() {
    opening += 1;
    if (stream) stream.getTracks().forEach((track) => track.stop());
    stream = null;
    video.srcObject = null;
    video.hidden = true;
    view.hidden = true;
    torch.hidden = true;
    cameras.parentElement.hidden = true;
  }

  function stand(text, again) {
    stop();
    say.textContent = text;
    start.hidden = !again;
  }

  async function open(device) {
    stop();
    const attempt = opening;
    start.hidden = true;
    view.hidden = false;
    say.textContent = '正在请求使用摄像头，请在浏览器的提示中选择“允许”。';
    try {
      const got = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { width: { ideal: 1280 }, height: { ideal: 720 }, ...(device ? { deviceId: { exact: device } } : { facingMode: 'environment' }) },
      });
      if (attempt !== opening) {
        got.getTracks().forEach((track) => track.stop());
        return;
      }
      stream = got;
      video.srcObject = got;
      video.hidden = false;
      await video.play();
      say.textContent = '正在准备扫码…';
      await ready();
    } catch (error) {
      if (attempt === opening) stand(refusals[error.name] || `摄像头没有打开。${others}`, ![unread, 'NotFoundError'].includes(error.name));
      return;
    }
    if (attempt !== opening) return;
    say.textContent = '将网厅的二维码放入框内，会自动识别';
    look();
    tools().catch(() => {}); // a browser that tells nothing of its cameras scans all the same
  }

  // ready loads the reader once; its failure is told apart from the camera's.
  async function ready() {
    try {
      await window.ZXingWASM.prepareZXingModule({ overrides: { locateFile: () => form.dataset.wasm }, fireImmediately: true });
    } catch {
      throw Object.assign(new Error(), { name: unread });
    }
  }

  // tools offers the torch and the choice of cameras where there are any.
  async function tools() {
    const track = stream.getVideoTracks()[0];
    const abilities = track.getCapabilities ? track.getCapabilities() : {};
    torch.hidden = !abilities.torch;
    light(false);
    const inputs = (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput');
    const chosen = track.getSettings().deviceId;
    cameras.replaceChildren(...inputs.map(({ deviceId, label }, i) => new Option(label || `摄像头 ${i + 1}`, deviceId, false, deviceId === chosen)));
    cameras.parentElement.hidden = inputs.length < 2;
  }

  function light(on) {
    torch.setAttribute('aria-pressed', String(on));
    torch.textContent = on ? '关闭手电筒' : '打开手电筒';
  }

  // look reads the camera's picture until there is a code.
  async function look() {
    const current = opening;
    try {
      while (stream && current === opening && !found) {
        const text = video.videoWidth ? await read() : '';
        if (text && current === opening) hand(text);
        await new Promise((next) => { setTimeout(next, 120); });
      }
    } catch {
      if (current === opening) stand(`扫码中断了。请再次打开摄像头，或者${others}`, true);
    }
  }

  // read returns the text of the code in the middle square, '' for none.
  async function read() {
    const size = Math.min(video.videoWidth, video.videoHeight);
    canvas.width = canvas.height = Math.min(side, size);
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    pen.drawImage(video, (video.videoWidth - size) / 2, (video.videoHeight - size) / 2, size, size, 0, 0, canvas.width, canvas.height);
    const [code] = await window.ZXingWASM.readBarcodes(pen.getImageData(0, 0, canvas.width, canvas.height), options);
    return code && code.isValid ? code.text : '';
  }

  function hand(text) {
    found = true;
    stand('已识别，正在打开…', false);
    form.elements.text.value = text;
    form.submit();
  }

  torch.addEventListener('click', async () => {
    const on = torch.getAttribute('aria-pressed') !== 'true';
    try {
      await stream.getVideoTracks()[0].applyConstraints({ advanced: [{ torch: on }] });
      light(on);
    } catch {
      torch.hidden = true;
    }
  });
  cameras.addEventListener('change', () => open(cameras.value));
  start.addEventListener('click', () => open());

  // Nobody is filmed by a page that is not looked at.
  window.addEventListener('pagehide', stop);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden && stream) stand('摄像头已关闭。', true);
  });

  if (!window.isSecureContext || !navigator.mediaDevices) stand(`现在的连接不是 HTTPS，浏览器不允许网页使用摄像头。${others}`, false);
  else if ('start' in form.dataset) open();
  else stand('要继续扫码，请再次打开摄像头。', true);

  // A photo is sent as soon as it is chosen.
  const photo = document.querySelector('[data-scan-photo]');
  photo.addEventListener('change', () => photo.requestSubmit && photo.requestSubmit());
})();
