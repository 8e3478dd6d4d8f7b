/** Why the server can't listen, with the setting to change. */
const WORDS: Readonly<Record<string, (at: { host: string; port: number }) => string>> = {
  EADDRINUSE: ({ host, port }) =>
    `PORT: another program listens on port ${port} of ${host}. Stop it (is it another Tolov?), or set another PORT`,
  EACCES: ({ port }) =>
    `PORT: this user may not listen on port ${port}. Set one above 1023 and let a reverse proxy stand in front`,
  EADDRNOTAVAIL: ({ host }) =>
    `HOST: ${host} is no address of this machine. Set one that is, such as 127.0.0.1 or 0.0.0.0`,
  ENOTFOUND: ({ host }) => `HOST: nobody knows the name ${host}. Set an address, such as 127.0.0.1`,
};

/** `error` is what `listen` gave; what has no sentence stays as it is. */
export function listenProblem(error: unknown, at: { host: string; port: number }): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const words = WORDS[code === 'EAI_AGAIN' ? 'ENOTFOUND' : code];
  return words ? new Error(`${words(at)}.`, { cause: error }) : error;
}
