import { describe, expect, it } from 'vitest';
import { NAMED_WAYS } from '../core/payment-systems.ts';
import { sampleOffer } from '../bot/samples.fixture.ts';
import { findWay, systemsFor, waysOf } from './ways.ts';

const ALL = [
  sampleOffer('inpay'),
  sampleOffer('payfer'),
  sampleOffer('rasmiypay'),
  sampleOffer('autopaycard'),
];

const names = (ways: readonly { way: string }[]) => ways.map(({ way }) => way);

describe('what people are offered', () => {
  it('is Click, Payme and one transfer; by their names it is everything', () => {
    const { few, all } = waysOf(ALL, NAMED_WAYS);
    expect(names(few)).toEqual(['click', 'payme', 'transfer']);
    expect(names(all)).toEqual(NAMED_WAYS);
  });

  it('stands in the order of the owner, and what is not named is hidden', () => {
    const { few, all } = waysOf(ALL, ['autopaycard', 'payme', 'payfer']);
    expect(names(few)).toEqual(['transfer', 'payme']);
    expect(names(all)).toEqual(['autopaycard', 'payme', 'payfer']);
    expect(findWay({ few, all }, 'rasmiypay')).toBeUndefined();
    const systems = findWay({ few, all }, 'transfer')!.offers.map(({ provider }) => provider.id);
    expect(systems).toEqual(['autopaycard', 'payfer']);
  });

  it('is only what is configured', () => {
    expect(names(waysOf([sampleOffer('payfer')], NAMED_WAYS).few)).toEqual(['transfer']);
    expect(waysOf([], NAMED_WAYS)).toEqual({ few: [], all: [] });
  });

  it("is inPAY's own page where neither Click nor Payme is offered", () => {
    expect(names(waysOf(ALL, ['inpay']).few)).toEqual(['inpay']);
  });
});

describe('a transfer', () => {
  const transferOf = (changes: Parameters<typeof sampleOffer>[1][]) => {
    const offers = (['payfer', 'rasmiypay', 'autopaycard'] as const).map((id, index) =>
      sampleOffer(id, changes[index]),
    );
    return findWay(waysOf(offers, NAMED_WAYS), 'transfer')!;
  };
  const bySum = (changes: Parameters<typeof sampleOffer>[1][], sumTiyin: number) =>
    systemsFor(transferOf(changes), sumTiyin).map(({ provider }) => provider.id);

  it('goes through healthy systems before troubled ones, and never through paused ones', () => {
    const health = [
      { availability: 'troubled' },
      { availability: 'paused' },
      { availability: 'open' },
    ] as const;
    expect(bySum([...health], 5_000_000)).toEqual(['autopaycard', 'payfer']);
    expect(transferOf([...health]).availability).toBe('open');
  });

  it('goes through systems whose limits take the sum', () => {
    const limits = [
      { minTiyin: 1_000_000, maxTiyin: 2_000_000 },
      { minTiyin: 500_000, maxTiyin: 5_000_000 },
      { minTiyin: 100_000, maxTiyin: 400_000 },
    ];
    expect(bySum(limits, 2_000_000)).toEqual(['payfer', 'rasmiypay']);
    expect(bySum(limits, 5_000_000)).toEqual(['rasmiypay']);
    expect(bySum(limits, 450_000)).toEqual([]);
    expect(transferOf(limits)).toMatchObject({ minTiyin: 100_000, maxTiyin: 5_000_000 });
  });

  it('is paused where all of them are', () => {
    const paused = { availability: 'paused' } as const;
    expect(transferOf([paused, paused, paused]).availability).toBe('paused');
    expect(bySum([paused, paused, paused], 5_000_000)).toEqual([]);
  });
});
