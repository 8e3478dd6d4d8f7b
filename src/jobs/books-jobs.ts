/** The jobs around the books: sealing, the nightly audit, the watch over providers and the float, the digest. */
import { sealAll, sealEntries } from '../ledger/seals.ts';
import type { Tiyin } from '../core/money.ts';
import type { TopupDeps } from '../topups/deps.ts';
import { saveAudit } from '../books/audit-report.ts';
import type { BooksReport } from '../books/audit.ts';
import { sendDigest } from '../books/digest.ts';
import type { Job } from '../core/job.ts';
import { watchProviders } from './watch-providers.ts';

export interface BooksJobsDeps {
  topupDeps: TopupDeps;
  /** Runs the whole audit without holding anybody up. */
  audit: () => Promise<BooksReport>;
  /** An alarm when less is left on the operator's card; null without such a card. */
  floatAlertTiyin: Tiyin | null;
}

export function booksJobs({ topupDeps, audit, floatAlertTiyin }: BooksJobsDeps): Job[] {
  return [
    {
      name: 'seal',
      cron: '* * * * *',
      async run() {
        await sealEntries(topupDeps.db, topupDeps.clock.now());
      },
    },
    {
      name: 'providers',
      cron: '* * * * *',
      run: () => watchProviders(topupDeps, { floatAlertTiyin }),
    },
    // Told at nine, or as soon afterwards as the program runs again.
    { name: 'digest', cron: '*/10 9-23 * * *', run: () => sendDigest(topupDeps) },
    { name: 'books', cron: '30 4 * * *', run: () => auditNightly(topupDeps, audit) },
  ];
}

async function auditNightly(deps: TopupDeps, audit: BooksJobsDeps['audit']): Promise<void> {
  await sealAll(deps.db, deps.clock.now());
  const { clean, findings } = await audit();
  if (clean) deps.log.info({ event: 'books_clean' }, 'the books add up');
  else deps.log.error({ event: 'books_broken', findings }, 'the books do not add up');
  const at = deps.clock.now();
  await deps.write(async (tx) => {
    await saveAudit(tx, { at, findings: findings.length });
    if (!clean) await deps.alarm(tx, { kind: 'books_broken', findings }, at);
  });
}
