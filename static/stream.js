// A page's stream of events that rests while the page is hidden. Over plain HTTP a
// browser opens six connections to a site at most, and each stream holds one: a
// seventh page would wait for ever. On its return the page hears every event it asks
// for once, since any of them may have come meanwhile.
const lastEvent = document.body.getAttribute('sse-close'); // the session's end, which is never guessed

class Stream extends EventTarget {
  constructor(url) {
    super();
    this.url = url;
    this.names = new Set();
    this.watch = () => (document.hidden ? this.rest() : this.open());
    document.addEventListener('visibilitychange', this.watch);
    this.watch();
  }

  get readyState() {
    if (this.over) return EventSource.CLOSED;
    return this.source ? this.source.readyState : EventSource.CONNECTING;
  }

  addEventListener(name, listener) {
    super.addEventListener(name, listener);
    if (this.names.has(name)) return;
    this.names.add(name);
    if (this.source) this.pass(name);
  }

  pass(name) {
    this.source.addEventListener(name, ({ data }) => this.dispatchEvent(new MessageEvent(name, { data })));
  }

  open() {
    if (this.source) return;
    this.source = new EventSource(this.url);
    this.names.forEach((name) => this.pass(name));
    this.source.onopen = (event) => {
      this.onopen(event);
      if (this.rested) this.catchUp();
    };
    this.source.onerror = (event) => {
      if (this.source.readyState === EventSource.CLOSED) this.close();
      this.onerror(event);
    };
  }

  catchUp() {
    this.rested = false;
    for (const name of this.names) {
      if (name !== lastEvent) this.dispatchEvent(new MessageEvent(name));
    }
  }

  rest() {
    this.rested = true;
    if (!this.source) return;
    this.source.close();
    this.source = null;
  }

  close() {
    this.over = true;
    document.removeEventListener('visibilitychange', this.watch);
    if (this.source) this.source.close();
  }
}

window.htmx.createEventSource = (url) => new Stream(url);
