// The service worker of the mobile site. It keeps files whose address holds their
// content's hash, and one page to show without a connection: never a page of
// somebody who is logged in. The server puts `kept` before this: what to fetch at
// once, the page without a connection first.
const [offline] = kept;
const cacheName = `laoqi ${kept.join(' ')}`;
const hashed = /^\/static\/[0-9a-f]{12}\//;

async function install() {
  const cache = await caches.open(cacheName);
  await cache.addAll(kept.map((url) => new Request(url, { credentials: 'omit', cache: 'no-cache' })));
  await self.skipWaiting();
}

async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function unchanging(request) {
  const cache = await caches.open(cacheName);
  const known = await cache.match(request);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone()).catch(() => {}); // no room to keep it
  return answer;
}

async function page(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const cache = await caches.open(cacheName);
    return (await cache.match(offline)) || Promise.reject(error);
  }
}

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (hashed.test(pathname)) event.respondWith(unchanging(request));
  else if (request.mode === 'navigate') event.respondWith(page(request));
});
