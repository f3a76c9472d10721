// What a user can find on the page. The expression is a function of the question
// and its words; it answers with an object, whose `problem` says why there is none.
(question, within, words) => {
  const squeeze = (text) => (text || '').replace(/\s+/g, ' ').trim();
  const visible = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const modal = document.querySelector('dialog:modal');

  // The smallest row, card or dialog that holds the text; the whole page without one.
  const scope = () => {
    const top = modal || document.body;
    if (!within) return top;
    const holding = [...top.querySelectorAll('tr, li, section, .card, dialog, fieldset, nav')].filter((e) => visible(e) && e.innerText.includes(within));
    return holding.at(-1);
  };

  const pick = (list, what) => {
    if (list.length === 1) return list[0];
    throw new Error(list.length ? `${list.length} times ${what} on the page` : `no ${what} on the page`);
  };

  const place = (element) => {
    element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const box = element.getClientRects()[0];
    const x = box.left + box.width / 2;
    const y = box.top + box.height / 2;
    const hit = document.elementFromPoint(x, y);
    if (!hit || !(element.contains(hit) || hit.contains(element))) throw new Error(`${squeeze(element.innerText)} is covered by ${hit && hit.outerHTML.slice(0, 80)}`);
    return { x, y };
  };

  // Marks the page once a click arrives at what is found then, which a live block may have put anew.
  const expect = (found) => {
    window.hit = false;
    document.addEventListener('click', (event) => {
      window.hit = found(scope() || document.body).some((e) => e.contains(event.target));
    }, { capture: true, once: true });
  };

  // The label of a control as it reads: without the star.
  const reads = (label) => {
    const copy = label.cloneNode(true);
    for (const star of copy.querySelectorAll('.star')) star.remove();
    return squeeze(copy.textContent);
  };

  const named = (root) => {
    const all = [...root.querySelectorAll('a, button, summary, label.chip, label.pick')].filter(visible);
    const reading = (text) => squeeze(text).replace(/^\* ?/, '');
    const exact = all.filter((e) => [e.getAttribute('aria-label'), e.innerText].some((text) => reading(text) === words));
    return exact.length ? exact : all.filter((e) => [...e.querySelectorAll('b, strong, h3 > span, .t > span')].some((part) => squeeze(part.innerText) === words));
  };

  const boxes = (root) => [...root.querySelectorAll('label.pick')].filter((e) => visible(e) && squeeze(e.innerText).replace(/^\* ?/, '').startsWith(words));

  const control = (root) => {
    const labels = [...root.querySelectorAll('label')].filter((label) => visible(label) && reads(label) === words && label.control && !['radio', 'checkbox'].includes(label.control.type));
    return pick(labels, `field ${words}`).control;
  };

  // All that can be read, also what stands in fields.
  const shown = (root) => {
    const fields = [...root.querySelectorAll('input:not([type=password]):not([type=hidden]), textarea')].filter(visible);
    return [root.innerText, ...fields.map((field) => field.value)].map(squeeze).join(' ');
  };

  try {
    const root = scope();
    if (!root) throw new Error(`no ${within} on the page`);
    switch (question) {
      case 'click': {
        const element = pick(named(root), `button ${words}`);
        if (element.getAttribute('aria-disabled') === 'true') throw new Error(`${words} is switched off`);
        expect(named);
        return place(element);
      }
      case 'field': {
        const element = control(root);
        if (element.readOnly || element.disabled) throw new Error(`${words} cannot be filled`);
        return { ...place(element), kind: element.type, id: element.id };
      }
      case 'canvas': {
        const element = pick([...root.querySelectorAll('canvas')].filter(visible), 'canvas');
        place(element);
        const { left, top, width, height } = element.getBoundingClientRect();
        return { x: left, y: top, width, height };
      }
      case 'tick': {
        const element = pick(boxes(root), `box ${words}`);
        expect(boxes);
        return place(element);
      }
      case 'picture':
        return place(pick([...root.querySelectorAll('[role=img][aria-label]')].filter((e) => visible(e) && e.getAttribute('aria-label').startsWith(words)), `picture ${words}`));
      case 'sees':
        return shown(root).includes(squeeze(words)) ? {} : { problem: `no ${words} on the page` };
      default:
        throw new Error(`no question ${question}`);
    }
  } catch (error) {
    return { problem: error.message };
  }
}
