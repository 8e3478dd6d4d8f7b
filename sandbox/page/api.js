/** Speaks with the sandbox: asks for things to be done, and hears what happens. */

const RETRY_MS = 2000;

/** Resolves with the answer; rejects with the reason in words. */
export async function post(path, body = {}) {
  return await call(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-sandbox': '1' },
    body: JSON.stringify(body),
  });
}

/** `picture` is a File; answers like `post`. */
export async function postPicture(path, picture) {
  const headers = { 'content-type': picture.type, 'x-sandbox': '1' };
  return await call(path, { method: 'POST', headers, body: picture });
}

export async function get(path) {
  return await call(path, {});
}

async function call(path, init) {
  let response;
  try {
    response = await fetch(`/sandbox/api/${path}`, init);
  } catch {
    throw new Error('The sandbox does not answer. Is it running?');
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `Error ${response.status}`);
  return answer;
}

/** Where the bytes of a message's file are. */
export function fileUrl({ fileId }) {
  return `/sandbox/api/files/${encodeURIComponent(fileId)}`;
}

/**
 * Listens for ever. `on` has a function for each kind of event: `state` comes first, and again after every break.
 * `linked` hears whether the connection stands.
 */
export function listen(on, linked) {
  const source = new EventSource('/sandbox/events');
  source.addEventListener('open', () => linked(true));
  for (const [kind, hear] of Object.entries(on)) {
    source.addEventListener(kind, (event) => hear(JSON.parse(event.data)));
  }
  source.addEventListener('error', () => {
    linked(false);
    // After a refusal the browser does not try again by itself.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(on, linked), RETRY_MS);
  });
}
