/** Ten classic bugs of programs that move money, each as a change to one or two places of this one. */

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
    name: 'no quarantine of sums',
    harm: 'a late payer pays the order of whoever got the same sum next',
    changes: [
      { file: 'src/topups/sums.ts', from: '    .set({ freeAt })', to: '    .set({ freeAt: 0 })' },
    ],
    tests: ['src/topups'],
  },
  {
    name: 'money back when nobody answered',
    harm: 'a bill that was paid is given back: the operator pays it',
    changes: [
      {
        file: 'src/bills/settle.ts',
        from: '  const unknown = await moveBill(tx, {',
        to: "  if (bill.id !== '') return await settleFailed(deps, tx, { bill, transition: 'refused', reason: 'unclear', cause, at, note });\n  const unknown = await moveBill(tx, {",
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
        file: 'src/topups/sweep.ts',
        from: '          lte(topups.leaseUntil, at),\n',
        to: '',
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
        from: '      const [spent] = await tx.select({ n: count() }).from(providerRequests).where(mine);\n      if ((spent?.n ?? 0) >=',
        to: '      memory += 1;\n      if (memory - 1 >=',
      },
      {
        file: 'src/topups/budget.ts',
        from: '  return async (priority) =>\n',
        to: '  let memory = 0;\n  return async (priority) =>\n',
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
