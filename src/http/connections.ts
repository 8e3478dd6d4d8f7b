/** Who may keep a connection. There is always room for one more: whoever holds most gives up the one that rests longest. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { countedAddress } from './address.ts';

export interface Connections {
  /** Notes that a connection was opened. */
  opened(socket: Socket): void;
  /** Notes that a request came on it: as long as it is here in full and not answered, its connection is not cut. */
  asked(request: IncomingMessage, response: ServerResponse): void;
}

interface ConnectionLimits {
  most: number;
  /** So many connections one address may have; this machine and private networks are not limited. */
  mostOfAddress: number;
}

interface Connection {
  /** The client it counts for; this machine and private networks count as one. */
  owner: string;
  underWay: Set<IncomingMessage>;
}

const NEAR = 'near';

export function createConnections({ most, mostOfAddress }: ConnectionLimits): Connections {
  /** The one that rests longest comes first. */
  const open = new Map<Socket, Connection>();
  const byOwner = new Map<string, number>();

  function count(owner: string, change: 1 | -1): void {
    const left = (byOwner.get(owner) ?? 0) + change;
    if (left > 0) byOwner.set(owner, left);
    else byOwner.delete(owner);
  }

  function forget(socket: Socket): void {
    const known = open.get(socket);
    if (!known) return;
    open.delete(socket);
    count(known.owner, -1);
  }

  /** Makes room for one more connection. False: each of them is being answered. */
  function makeRoom(): boolean {
    let victim: Socket | null = null;
    let held = 0;
    for (const [socket, { owner, underWay }] of open) {
      const holds = byOwner.get(owner) ?? 0;
      if (holds <= held || isAnswered(underWay)) continue;
      victim = socket;
      held = holds;
    }
    if (!victim) return false;
    forget(victim);
    victim.destroy();
    return true;
  }

  return {
    opened(socket) {
      const owner = ownerOf(socket);
      const isFull = owner !== NEAR && (byOwner.get(owner) ?? 0) >= mostOfAddress;
      if (isFull || (open.size >= most && !makeRoom())) {
        socket.destroy();
        return;
      }
      open.set(socket, { owner, underWay: new Set() });
      count(owner, 1);
      socket.once('close', () => forget(socket));
    },
    asked(request, response) {
      const { socket } = request;
      open.get(socket)?.underWay.add(request);
      response.once('close', () => {
        const known = open.get(socket);
        if (!known) return;
        known.underWay.delete(request);
        // The connection rests from now on, so it goes to the end of the line.
        open.delete(socket);
        open.set(socket, known);
      });
    },
  };
}

/** A client that is slow to send its request may be cut; one that has sent it waits for us. */
function isAnswered(underWay: ReadonlySet<IncomingMessage>): boolean {
  return [...underWay].some(({ complete }) => complete);
}

function ownerOf(socket: Socket): string {
  const origin = { socketAddress: socket.remoteAddress, forwardedFor: undefined };
  return countedAddress(origin, { trustProxy: false }) ?? NEAR;
}
