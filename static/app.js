// Comfort for pages that all work without it. Each part looks for its data-
// attribute, in the page and in every fragment that htmx brings.
const root = document.documentElement;
root.classList.add('js');

const find = (selector, within) => [...within.querySelectorAll(selector)];
const text = (tag, className, content) => Object.assign(document.createElement(tag), { className, textContent: content });

// disable keeps a control focusable and readable while it does nothing.
function disable(control, on) {
  if (on) control.setAttribute('aria-disabled', 'true');
  else control.removeAttribute('aria-disabled');
}

// everySecond calls step with the whole seconds left, until none are or the element is gone.
function everySecond(element, end, step) {
  const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
  step(left);
  if (left > 0) setTimeout(() => element.isConnected && everySecond(element, end, step), 1000);
}

// Countdown: data-until and data-now are the server's clock, data-over what stands at the end.
function countdown(element) {
  const { until, now, over } = element.dataset;
  const end = Date.now() + Date.parse(until) - Date.parse(now);
  everySecond(element, end, (left) => {
    element.textContent = left > 0 ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}` : over;
    if (left === 0) element.dispatchEvent(new Event('over', { bubbles: true }));
  });
}

// Wait: a button that sends a code, off for data-wait seconds.
function wait(button) {
  disable(button, true);
  everySecond(button, Date.now() + button.dataset.wait * 1000, (left) => {
    button.textContent = left > 0 ? `${left} 秒后重发` : '重新获取';
    if (left === 0) disable(button, false);
  });
}

// Counter: how much of a text area's maxlength is used.
function counter(area) {
  const line = text('p', 'count', '');
  const show = () => { line.textContent = `${area.value.length} / ${area.maxLength}`; };
  area.after(line);
  area.addEventListener('input', show);
  show();
}

// Copy: a button that copies data-copy; where the browser refuses, by a selection.
function copy(button) {
  const label = button.textContent;
  button.addEventListener('click', async () => {
    await copyText(button.dataset.copy);
    button.textContent = '已复制';
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

async function copyText(content) {
  try {
    await navigator.clipboard.writeText(content);
    return;
  } catch { /* no clipboard outside a secure context */ }
  const area = text('textarea', 'sr', content);
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

// Dialog: stands open in the page for those without script, and becomes modal here.
function modal(dialog) {
  if (!dialog.showModal) return;
  dialog.removeAttribute('open');
  dialog.showModal();
  for (const link of find('[data-close]', dialog)) {
    link.addEventListener('click', (event) => { event.preventDefault(); dialog.close(); });
  }
}

// Sections that matter for some answers only: data-show-when="name=one|other".
// What is hidden is not posted, so no fault can hide there.
function section(element) {
  const [name, values] = element.dataset.showWhen.split('=');
  const form = element.closest('form');
  const show = () => {
    element.hidden = !values.split('|').includes(new FormData(form).get(name) || '');
    for (const control of find('input, select, textarea', element)) control.disabled = element.hidden;
  };
  form.addEventListener('change', show);
  show();
}

// Spans: 5年 10年 20年 长期有效 set the end date from the start date.
function spans(group) {
  const from = document.getElementById(group.dataset.spanFrom);
  const to = document.getElementById(group.dataset.spanTo);
  const choices = find('input', group);
  const set = () => {
    const chosen = choices.find((choice) => choice.checked);
    if (!chosen) return;
    to.value = chosen.value === 'long' ? '' : yearsAfter(from.value, Number(chosen.value));
  };
  group.addEventListener('change', set);
  from.addEventListener('change', set);
  to.addEventListener('input', () => choices.forEach((choice) => { choice.checked = false; }));
}

// yearsAfter gives the same day years later; 29 February becomes the 28th.
function yearsAfter(day, years) {
  const [year, month, date] = day.split('-');
  if (!date) return '';
  const leap = new Date(Number(year) + years, 1, 29).getMonth() === 1;
  return `${Number(year) + years}-${month}-${month === '02' && date === '29' && !leap ? '28' : date}`;
}

// Signature: the strokes of a canvas, as JSON in the hidden input named by data-sign.
function signature(canvas) {
  const field = document.getElementById(canvas.dataset.sign);
  const pad = new window.SignaturePad(canvas, { minWidth: 0.8, maxWidth: 3.2, penColor: '#111' });
  const save = () => { field.value = strokesOf(pad.toData(), canvas); };
  const draw = (data) => { pad.clear(); pad.fromData(data); save(); };
  const box = canvas.parentElement;
  pad.addEventListener('endStroke', save);
  box.querySelector('[data-sign-undo]').addEventListener('click', () => draw(pad.toData().slice(0, -1)));
  box.querySelector('[data-sign-clear]').addEventListener('click', () => draw([]));
  wide(box, box.parentElement.querySelector('dialog'));
  new ResizeObserver(() => fit(canvas, field, draw)).observe(canvas);
}

// wide lets the signature fill the screen. On an upright screen one writes across
// it, from top to bottom, with the phone turned to the left.
function wide(box, dialog) {
  const button = box.querySelector('[data-sign-wide]');
  const home = box.parentElement;
  button.hidden = !dialog.showModal;
  const back = () => {
    home.prepend(box);
    button.textContent = '横屏手写';
    button.focus();
  };
  button.addEventListener('click', () => {
    if (dialog.open) {
      dialog.close();
      return;
    }
    dialog.append(box);
    dialog.showModal();
    button.textContent = '写好了';
  });
  dialog.addEventListener('close', back);
}

// turned says whether one writes across an upright screen.
const turned = (canvas) => !!canvas.closest('dialog') && window.innerHeight > window.innerWidth;

// fit gives the canvas as many pixels as it covers now, and draws what was signed
// to the scale of its new size.
function fit(canvas, field, draw) {
  const { width, height } = canvas.getBoundingClientRect();
  const density = window.devicePixelRatio || 1;
  const size = [Math.round(width * density), Math.round(height * density)];
  if (!width || !height || (canvas.width === size[0] && canvas.height === size[1])) return;
  const signed = field.value ? JSON.parse(field.value) : { w: width, h: height, strokes: [] };
  [canvas.width, canvas.height] = size;
  canvas.getContext('2d').scale(density, density);
  const across = turned(canvas);
  const scale = across ? Math.min(height / signed.w, width / signed.h) : Math.min(width / signed.w, height / signed.h);
  const place = (x, y) => (across ? { x: width - y * scale, y: x * scale } : { x: x * scale, y: y * scale });
  draw(signed.strokes.map((stroke) => ({
    points: stroke.map(([x, y, time]) => ({ ...place(x, y), time, pressure: 0 })),
  })));
}

// strokesOf gives '' for an empty canvas.
function strokesOf(data, canvas) {
  if (!data.length) return '';
  const start = data[0].points[0].time;
  const tenth = (n) => Math.round(n * 10) / 10;
  const { width, height } = canvas.getBoundingClientRect();
  const across = turned(canvas);
  const place = ({ x, y }) => (across ? [tenth(y), tenth(width - x)] : [tenth(x), tenth(y)]);
  const strokes = data.map(({ points }) => points.map((p) => [...place(p), Math.round(p.time - start)]));
  const [w, h] = across ? [height, width] : [width, height];
  return JSON.stringify({ w: tenth(w), h: tenth(h), strokes });
}

// Zoom: buttons that make pages larger within their frame, beside pinching.
function zoom(block) {
  const steps = ['100%', '150%', '200%', '300%'];
  const frame = block.querySelector('.zoom');
  const now = block.querySelector('[data-zoom-now]');
  let step = 0;
  const show = () => {
    frame.className = `zoom zoom-${step}`;
    now.textContent = steps[step];
    for (const button of find('[data-zoom-by]', block)) disable(button, !steps[step + Number(button.dataset.zoomBy)]);
  };
  for (const button of find('[data-zoom-by]', block)) {
    button.addEventListener('click', () => { step += Number(button.dataset.zoomBy); show(); });
  }
  show();
}

// Read: the way on to the signature opens once each page was on the screen.
function reading(link) {
  const pages = find('[data-page]', document);
  if (!pages.length || !window.IntersectionObserver) return;
  const left = new Set(pages.map((page) => page.dataset.page));
  const line = link.parentElement.querySelector('[data-unread]');
  const show = () => {
    disable(link, left.size > 0);
    line.textContent = left.size > 0 ? `请先读完全文，还没有看到第 ${[...left].join('、')} 页。` : '';
  };
  const watch = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) left.delete(target.dataset.page);
    show();
    if (left.size === 0) watch.disconnect();
  });
  show();
  pages.forEach((page) => watch.observe(page));
}

// File: the button reads 选择文件 in every browser, with the file's name beside it.
function file(input) {
  const name = text('span', 'file-name', '');
  const face = text('span', 'file-face', '');
  const show = () => { name.textContent = input.files.length ? input.files[0].name : '未选择文件'; };
  face.setAttribute('aria-hidden', 'true');
  face.append(text('span', 'btn', '选择文件'), name);
  input.after(face);
  input.parentElement.classList.add('file-ctl');
  input.addEventListener('change', show);
  show();
}

// Reveal: a password can be read back by whoever typed it.
function reveal(input) {
  const button = Object.assign(text('button', 'reveal', '显示'), { type: 'button' });
  const show = (on) => {
    input.type = on ? 'text' : 'password';
    button.textContent = on ? '隐藏' : '显示';
    button.setAttribute('aria-label', `${button.textContent}密码`);
  };
  button.addEventListener('click', () => show(input.type === 'password'));
  input.form.addEventListener('submit', () => show(false));
  input.after(button);
  input.parentElement.classList.add('reveal-ctl');
  show(false);
}

// All: a button that ticks each box of the name in its form, or none if all are ticked.
function all(button) {
  const boxes = find(`input[name=${button.dataset.all}]`, button.form);
  button.addEventListener('click', () => {
    const on = boxes.some((box) => !box.checked);
    boxes.forEach((box) => { box.checked = on; });
  });
}

// Progress: how much of a form's file is sent, said in data-progress.
function progress(form) {
  const box = Object.assign(text('div', 'prog', ''), { hidden: true });
  const line = text('p', '', form.dataset.progress);
  const bar = Object.assign(document.createElement('progress'), { max: 1, value: 0 });
  bar.setAttribute('aria-label', form.dataset.progress);
  box.append(line, bar);
  form.append(box);
  form.addEventListener('htmx:xhr:progress', ({ detail: { lengthComputable, loaded, total } }) => {
    if (!lengthComputable || total === 0) return;
    box.hidden = false;
    bar.value = Math.max(bar.value, loaded / total);
    line.textContent = bar.value < 1 ? `${form.dataset.progress} ${Math.round(bar.value * 100)}%` : '已上传，正在检查文件…';
  });
}

const parts = {
  'form[data-progress]': progress,
  'time[data-until]': countdown,
  'button[data-wait]': wait,
  'textarea[maxlength]': counter,
  'button[data-copy]': copy,
  'button[data-all]': all,
  'dialog[data-modal]': modal,
  '[data-show-when]': section,
  '[data-span-to]': spans,
  'canvas[data-sign]': signature,
  '[data-zoom]': zoom,
  'a[data-read]': reading,
  'input[type=file]': file,
  'input[type=password]': reveal,
};
const begun = new WeakSet();

function begin(within) {
  for (const [selector, part] of Object.entries(parts)) {
    const own = within.matches && within.matches(selector) ? [within] : [];
    for (const element of [...own, ...find(selector, within)]) {
      if (!begun.has(element)) part(element);
      begun.add(element);
    }
  }
}

begin(document);
document.addEventListener('htmx:load', (event) => begin(event.detail.elt));

// A control that is aria-disabled does nothing.
document.addEventListener('click', (event) => {
  if (!event.target.closest('[aria-disabled=true]')) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

// A form is sent once: its button says so until the answer is here. A form with
// data-download leaves its page standing, so it is not locked.
const sent = new Map();

function release(form) {
  const [button, label] = sent.get(form) || [];
  sent.delete(form);
  if (!button) return;
  button.textContent = label;
  disable(button, false);
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post' || 'download' in form.dataset) return;
  if (sent.has(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  const button = event.submitter || form.querySelector('button:not([type=button])');
  sent.set(form, button ? [button, button.textContent] : []);
  if (!button) return;
  button.textContent = button.dataset.busy || '正在提交…';
  disable(button, true);
  setTimeout(() => release(form), 20000);
}, true);
document.addEventListener('htmx:afterRequest', (event) => release(event.detail.elt));
window.addEventListener('pageshow', () => [...sent.keys()].forEach(release));

// A page that waits loads again from time to time, unless it hears events.
const seconds = Number(root.dataset.refresh || 0);
let reload = 0;

function expectReload() {
  clearTimeout(reload);
  if (seconds > 0) reload = setTimeout(() => location.reload(), seconds * 1000);
}

expectReload();
document.addEventListener('htmx:sseOpen', () => clearTimeout(reload));
document.addEventListener('htmx:sseError', expectReload);
// The session is over. A form under way, such as log-out itself, leads on by its answer.
document.addEventListener('htmx:sseClose', (event) => {
  if (event.detail.type === 'message' && sent.size === 0) location.reload();
});

// What htmx could not do is said, since it swaps nothing then.
function say(sentence) {
  const line = text('p', 'toast', sentence);
  line.setAttribute('role', 'alert');
  document.body.append(line);
  setTimeout(() => line.remove(), 6000);
}

document.addEventListener('htmx:sendError', () => say('连接不上服务器，请检查网络后重试。'));
document.addEventListener('htmx:responseError', (event) => {
  if (event.detail.xhr.status === 401) location.reload();
  else say('操作没有成功，请刷新页面后重试。');
});

// A live block that hears of a further change while it is being fetched would
// lose it: its request waits with an element that is about to be replaced. The
// new element fetches itself once more.
const overtaken = new WeakMap();

for (const name of ['sse:enterprise', 'sse:person', 'sse:unread', 'sse:phone', 'sse:reach']) {
  document.addEventListener(name, (event) => {
    if (event.target.classList.contains('htmx-request')) overtaken.set(event.target, name);
  }, true);
}

document.addEventListener('htmx:afterSettle', (event) => {
  const old = event.detail.requestConfig && event.detail.requestConfig.elt; // htmx puts the new element into detail.elt
  const name = old && overtaken.get(old);
  if (!name) return;
  overtaken.delete(old);
  window.htmx.trigger(event.target, name);
});

// The site as an app. Outside a secure context browsers know no service workers.
const { worker, scope } = document.body.dataset;
if (worker && navigator.serviceWorker) navigator.serviceWorker.register(worker, { scope }).catch(() => {});
