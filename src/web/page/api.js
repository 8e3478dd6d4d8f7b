/** What the page says to its server. Cookies do the rest: the page never sees the session. */

export class SignedOut extends Error {}

async function ask(path, options) {
  const answer = await fetch(`/desk/api/${path}`, options);
  if (answer.status === 401) throw new SignedOut();
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return await answer.json();
}

export const me = () => ask('me');

export const look = (view, query) => ask(`view/${view}?${new URLSearchParams(query)}`);

const headers = { 'content-type': 'application/json' };

export const signIn = (link) =>
  ask('sign-in', { method: 'POST', headers, body: JSON.stringify({ link }) });

/** What came of it, also where it is refused; throws where that is not known. */
export async function change(what, asked, csrf) {
  const answer = await fetch(`/desk/api/${what}`, {
    method: 'POST',
    headers: { ...headers, 'x-csrf-token': csrf },
    body: JSON.stringify(asked),
  });
  if (answer.status === 401) throw new SignedOut();
  const said = await answer.json();
  if (said.kind === undefined) throw new Error(`${what}: ${answer.status}`);
  return said;
}

export const signOut = (csrf) =>
  ask('sign-out', { method: 'POST', headers: { ...headers, 'x-csrf-token': csrf }, body: '{}' });
