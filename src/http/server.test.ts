import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createGate } from './server.ts';

class FakeSocket extends EventEmitter {
  readonly remoteAddress: string | undefined;
  isCut = false;

  constructor(address: string | undefined) {
    super();
    this.remoteAddress = address;
  }

  destroy(): void {
    this.isCut = true;
    this.emit('close');
  }
}

function knock(gate: (socket: Socket) => void, address?: string): FakeSocket {
  const socket = new FakeSocket(address);
  gate(socket as unknown as Socket);
  return socket;
}

describe('connections of one address', () => {
  it('are cut beyond their number, until one of them ends', () => {
    const gate = createGate(2);
    const first = knock(gate, '203.0.113.7');
    const second = knock(gate, '::ffff:203.0.113.7');
    expect(knock(gate, '203.0.113.7').isCut).toBe(true);
    expect(knock(gate, '203.0.113.7').isCut).toBe(true);
    expect([first.isCut, second.isCut]).toEqual([false, false]);
    expect(knock(gate, '203.0.113.8').isCut).toBe(false);
    first.emit('close');
    expect(knock(gate, '203.0.113.7').isCut).toBe(false);
    expect(knock(gate, '203.0.113.7').isCut).toBe(true);
  });

  it('of a proxy, or gone already, are not counted', () => {
    const gate = createGate(1);
    const sockets = ['10.0.0.1', '10.0.0.1', '127.0.0.1', '127.0.0.1', undefined, undefined];
    expect(sockets.filter((address) => knock(gate, address).isCut)).toEqual([]);
  });
});
