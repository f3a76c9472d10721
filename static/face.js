// The capture page: shows the camera, sends frame after frame, and says what the
// server answers. The server alone decides.
{
  const form = document.querySelector('[data-face-check]');
  const part = (name) => form.querySelector(`[data-face-${name}]`);
  const video = part('video');
  const start = part('start');
  const steps = [...part('steps').children];
  const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

  function say(sentence, turn) {
    const line = part('say');
    if (line.textContent !== sentence) line.textContent = sentence;
    form.dataset.turn = turn || '';
  }

  function close() {
    if (video.srcObject) video.srcObject.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  }

  function fail(sentence, again) {
    close();
    say(sentence);
    form.dataset.state = 'failed';
    start.textContent = '再试一次';
    start.hidden = !again;
  }

  const closed = '摄像头已关闭，请再试一次，或选择下面的另一种方式。';
  const refusals = {
    NotAllowedError: '没有得到摄像头的许可。请在浏览器设置中允许使用摄像头后再试，或选择下面的另一种方式。',
    NotFoundError: '没有找到摄像头，请选择下面的另一种方式。',
  };

  async function camera() {
    if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) {
      fail('这个页面不能打开摄像头，因为连接不是安全连接（https）。请选择下面的另一种方式。', false);
      return false;
    }
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: 'user', width: { ideal: 640 }, height: { ideal: 480 } } });
      await video.play();
      if (!document.hidden) return true;
      fail(closed, true);
      return false;
    } catch (error) {
      fail(refusals[error.name] || '摄像头打不开，可能正被其他程序使用。请关闭其他程序后再试，或选择下面的另一种方式。', error.name !== 'NotFoundError');
      return false;
    }
  }

  // frame is the camera's picture as a JPEG of at most 640 pixels.
  function frame() {
    const scale = Math.min(1, 640 / Math.max(video.videoWidth, video.videoHeight));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    canvas.getContext('2d').drawImage(video, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
  }

  async function ask(url, fields) {
    const body = new FormData();
    body.set('_token', form.elements._token.value);
    body.set('check', form.dataset.faceCheck);
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    const answer = await fetch(url, { method: 'POST', body, credentials: 'same-origin' });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  }

  function show(answer) {
    say(answer.say, answer.turn);
    steps.forEach((step, i) => {
      step.className = i < answer.step ? 'done' : '';
    });
  }

  // attempt lasts while its own stream is before the camera: one that was closed
  // meanwhile says nothing more.
  async function attempt(stream) {
    form.dataset.state = 'running';
    let answer = await ask(form.dataset.begin, {});
    while (!answer.passed && !answer.failed && video.srcObject === stream) {
      show(answer);
      await pause(180);
      if (video.srcObject !== stream) return;
      answer = await ask(form.dataset.frame, { nonce: answer.nonce, frame: await frame() });
    }
    if (!answer.passed && video.srcObject !== stream) return;
    show(answer);
    if (answer.failed) {
      fail(answer.say, !answer.over);
      return;
    }
    form.dataset.state = 'passed';
    part('pass').value = answer.pass || '';
    close();
    if (form.requestSubmit) form.requestSubmit();
    else form.submit();
  }

  start.addEventListener('click', async () => {
    start.hidden = true;
    form.dataset.state = 'opening';
    say('正在打开摄像头…');
    if (!await camera()) return;
    const stream = video.srcObject;
    try {
      await attempt(stream);
    } catch {
      if (video.srcObject === stream) fail('连接不上服务器，请检查网络后再试，或选择下面的另一种方式。', true);
    }
  });
  // Nobody is filmed by a page that is not looked at.
  window.addEventListener('pagehide', close);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden && video.srcObject) fail(closed, true);
  });
  start.hidden = false;
}
