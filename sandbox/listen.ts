/** A server without a socket of its own: who is given this takes its requests instead. */

/** Takes a server's requests without a socket; resolves with the server's address, without a slash at the end. */
export type Listen = (
  name: string,
  handle: (request: Request, env: object) => Response | Promise<Response>,
) => Promise<string>;
