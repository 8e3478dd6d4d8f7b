import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countedAddress } from './address.ts';

const counted = (socketAddress: string | undefined, forwardedFor?: string, trustProxy = false) =>
  countedAddress({ socketAddress, forwardedFor }, { trustProxy });

describe('the address a request counts for', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001::1', '2001:db8:1:0::/64'],
    ['2001:DB8::', '2001:db8:0:0::/64'],
    ['64:ff9b::203.0.113.7', '64:ff9b:0:0::/64'],
  ])('of %s is %s', (address, expected) => {
    expect(counted(address)).toBe(expected);
  });

  it.each([
    '127.0.0.1',
    '::1',
    '::ffff:127.0.0.1',
    '10.1.2.3',
    '172.17.0.1',
    '192.168.1.1',
    'fd00::1',
  ])('is none for %s: a proxy, or somebody of the house', (address) => {
    expect(counted(address)).toBeNull();
  });

  it('is none when the connection is gone', () => {
    expect(counted(undefined)).toBeNull();
  });

  it('is not what a header claims, unless a proxy is trusted', () => {
    expect(counted('203.0.113.7', '198.51.100.1')).toBe('203.0.113.7');
    expect(counted('10.0.0.1', '198.51.100.1', true)).toBe('198.51.100.1');
  });

  it('is the last of several: the proxy wrote that one, the client the rest', () => {
    expect(counted('10.0.0.1', '1.1.1.1, 8.8.8.8 ,198.51.100.1', true)).toBe('198.51.100.1');
    expect(counted('10.0.0.1', '127.0.0.1,[2001:db8::1]:443', true)).toBe('2001:db8:0:0::/64');
    expect(counted('10.0.0.1', '1.1.1.1,198.51.100.1:80', true)).toBe('198.51.100.1');
  });

  it('is that of the connection when the proxy named none', () => {
    expect(counted('203.0.113.7', undefined, true)).toBe('203.0.113.7');
    expect(counted('203.0.113.7', '1.1.1.1, unknown', true)).toBe('203.0.113.7');
  });

  it('is short and never throws, whatever stands in the header', () => {
    fc.assert(
      fc.property(fc.string(), fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (header, socket) => {
        expect((counted(socket, header, true) ?? '').length).toBeLessThan(45);
      }),
      { numRuns: 500 },
    );
  });

  it('is one for all of a network, however it is written', () => {
    const groups = fc.array(fc.nat(0xff_ff), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(groups, fc.nat(0xff_ff), (parts, last) => {
        const written = parts.map((part) => part.toString(16));
        const full = parts.map((part) => part.toString(16).padStart(4, '0').toUpperCase());
        const other = [...full.slice(0, 7), last.toString(16)];
        expect(counted(other.join(':'))).toBe(counted(written.join(':')));
      }),
      { numRuns: 300 },
    );
  });
});
