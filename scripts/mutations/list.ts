/** Classic bugs of programs that move money, each as a change to one or two places of this one. */

export interface Mutation {
  name: string;
  /** What would go wrong for people. */
  harm: string;
  changes: readonly { file: string; from: string; to: string }[];
  /** Which tests are asked first; the quickest that should notice. */
  tests: readonly string[];
}

export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'no compare-and-set',
    harm: 'an order checked twice at once is credited twice, a refused one is paid',
    changes: [
      {
        file: 'src/topups/settle.ts',
        from: '        inArray(topups.state, [...PAYABLE_STATES]),\n',
        to: '',
      },
    ],
    tests: ['src/topups'],
  },
  {
    name: 'credit before verify',
    harm: 'a forged webhook is money',
    changes: [
      {
        file: 'src/topups/check.ts',
        from: "  if (outcome.kind === 'paid') {\n    const { paidTiyin } = outcome;",
        to: "  if (outcome.kind === 'paid' || cause === 'webhook') {\n    const paidTiyin = outcome.kind === 'paid' ? outcome.paidTiyin : topup.amountTiyin;",
      },
    ],
    tests: ['src/topups', 'test/topup', 'test/doors'],
  },
  {
    name: 'a paid word in another spelling is pending',
    harm: 'whoever paid waits for ever once a server writes PAID for paid',
    changes: [
      {
        file: 'src/providers/judge.ts',
        from: '  const word = normaliseWords(shown);\n',
        to: '  const word = shown;\n',
      },
    ],
    tests: ['src/providers'],
  },
  {
    name: 'no quarantine of sums',
    harm: 'a late payer pays the order of whoever got the same sum next',
    changes: [{ file: 'src/topups/sums.ts', from: ') + config.quarantineMs;', to: ') * 0;' }],
    tests: ['src/topups'],
  },
  {
    name: 'one card at two systems is not noticed',
    harm: 'two people are shown one sum on one card, and one transfer is credited to both',
    changes: [
      {
        file: 'src/topups/opening.ts',
        from: '  return await reserveSum(deps, tx, { cards, baseTiyin, topupId, userId, at });',
        to: '  return await reserveSum({ ...deps, hashCard: (number) => provider.id + number }, tx, { cards, baseTiyin, topupId, userId, at });',
      },
    ],
    tests: ['src/topups/sums'],
  },
  {
    name: 'the same sum later is credited twice',
    harm: 'one transfer is credited to who paid it and to who had its sum before',
    changes: [{ file: 'src/topups/settle.ts', from: '        hasNoTwin(q),\n', to: '' }],
    tests: ['src/topups/twins'],
  },
  {
    name: 'credited by hand, and again by the system',
    harm: 'money that an owner gave to somebody is credited a second time when its order is confirmed',
    changes: [{ file: 'src/topups/settle.ts', from: '        notGivenByHand(q),\n', to: '' }],
    tests: ['src/topups/by-hand'],
  },
  {
    name: 'money back when nobody answered',
    harm: 'a bill that was paid is given back: the operator pays it',
    changes: [
      {
        file: 'src/bills/settle.ts',
        from: '  const unknown = await transitionBill(tx, {',
        to: "  if (bill.id !== '') return await settleFailed(deps, tx, { bill, transition: 'refused', reason: 'unclear', cause, at, note });\n  const unknown = await transitionBill(tx, {",
      },
    ],
    tests: ['src/bills'],
  },
  {
    name: 'keys of entries not unique',
    harm: 'what is posted again moves money again',
    changes: [
      {
        file: 'src/ledger/ledger.ts',
        from: '    key: entry.key,\n    bodyHash,',
        to: '    key: `${entry.key}#${Math.random()}`,\n    bodyHash,',
      },
    ],
    tests: ['src/ledger'],
  },
  {
    name: 'outbox outside the transaction',
    harm: 'a crash after the credit leaves the payer without a word',
    changes: [
      {
        file: 'src/topups/settle.ts',
        from: '    tellPaid(tx, { id, userId: order.userId, at, late: order.endedAt !== at }),',
        to: '    Promise.resolve(setTimeout(() => void deps.write((later) => tellPaid(later, { id, userId: order.userId, at, late: order.endedAt !== at })), 100)),',
      },
    ],
    tests: ['src/topups', 'test/kill.test'],
  },
  {
    name: 'poller overlapping itself',
    harm: 'an order is asked about many times at once, budgets are burnt',
    changes: [
      {
        file: 'src/topups/turns.ts',
        from: "lease.isDue(sql.placeholder('at')),",
        to: "sql`${topups.dueAt} <= ${sql.placeholder('at')}`,",
      },
      {
        file: 'src/topups/service.ts',
        from: '    if (running) {\n      again.add(provider.id);\n      return running;\n    }\n',
        to: '',
      },
    ],
    tests: ['src/topups', 'test/topup'],
  },
  {
    name: 'request budget in memory',
    harm: 'after a restart the provider is asked too often and shuts the operator out',
    changes: [
      {
        file: 'src/topups/budget.ts',
        from: '      const all = await countSent(tx, mine);',
        to: '      memory += 1;\n      const all = memory - 1;',
      },
      {
        file: 'src/topups/budget.ts',
        from: '  return async ({ priority, userId }) =>\n',
        to: '  let memory = 0;\n  return async ({ priority, userId }) =>\n',
      },
    ],
    tests: ['src/topups', 'src/providers', 'test/topup'],
  },
  {
    name: 'late payment dropped',
    harm: 'who pays after the deadline has lost the money',
    changes: [
      {
        file: 'src/topups/check.ts',
        from: '  const isOver = topup.endedAt !== null && at > topup.endedAt + watchedMs;',
        to: '  const isOver = topup.endedAt !== null;',
      },
    ],
    tests: ['src/topups'],
  },
  {
    name: 'a payment taken back is not heard',
    harm: 'who reverses a payment keeps the money, and nobody knows',
    changes: [
      {
        file: 'src/topups/afterwards.ts',
        from: '    await compareWithSettled(deps, tx, { topupId, countedTiyin: 0, as: outcome.as, cause, at });\n',
        to: '    await Promise.resolve();\n',
      },
    ],
    tests: ['src/bot/desk/orders/taken-back'],
  },
  {
    name: 'an account pays itself above its limit',
    harm: 'a wrong meter reading empties a balance',
    changes: [
      {
        file: 'src/monthly/auto-pay.ts',
        from: '  if (totalTiyin > watch.autoCapTiyin) ',
        to: '  if (totalTiyin < 0) ',
      },
      {
        file: 'src/monthly/auto-pay.ts',
        from: '  if (amountTiyin + feeTiyin > watch.autoCapTiyin) return false;',
        to: '  if (amountTiyin + feeTiyin < 0) return false;',
      },
    ],
    tests: ['src/monthly/auto'],
  },
  {
    name: 'an account may be tried twice a month',
    harm: 'a month is paid twice where an account was saved anew, or a month was skipped',
    changes: [
      {
        file: 'src/monthly/announce.ts',
        from: 'accountKey: key, period: lookedPeriod };\n  const [row]',
        to: 'accountKey: key, period: payDay };\n  const [row]',
      },
    ],
    tests: ['src/monthly/auto'],
  },
  {
    name: 'commits not synced to the disk',
    harm: 'a power cut undoes payments that users were told of',
    changes: [
      {
        file: 'src/db/sqlite.ts',
        from: "  client.pragma('synchronous = FULL');\n",
        to: '',
      },
      {
        file: 'src/db/sqlite.ts',
        from: '    settings.synchronous !== 2 ||\n',
        to: '',
      },
    ],
    tests: ['src/db'],
  },
];
