/** The bot with bills, somebody who has money, and a service whose fields depend on each other. */
import { ADJUSTMENTS, userAvailable } from '../ledger/accounts.ts';
import { post } from '../ledger/ledger.ts';
import { ALI, type BotStage, startBotStage } from './bot.fixture.ts';
import type { Field } from '../bills/paylov/types.ts';
import type { BotOptions } from './kit/context.ts';
import { StageBills } from './stage-bills.fixture.ts';
import { NOW, sampleService, selectField, textField } from './samples.fixture.ts';

export const CARD = { cardId: 'card-6412', mask: '8600 **** **** 6412' };

const REGION = selectField('region', []);

export interface PayStage {
  stage: BotStage;
  bills: StageBills;
}

function powerFields(): Field[] {
  return [
    {
      ...REGION,
      options: [
        { value: '1', title: 'г. Ташкент', filter: null },
        { value: '2', title: 'Самаркандская область', filter: null },
      ],
    },
    selectField(
      'soato',
      [
        ['26280', 'Алмазар', '1'],
        ['18401', 'Самарканд', '2'],
      ],
      { parent: 'region' },
    ),
    textField('customer_code', { maxLength: 8 }),
    textField('note', { title: 'Note', content: 'text', required: false }),
  ];
}

export async function startPayStage(
  balanceTiyin = 100_000_000,
  changes: Partial<BotOptions> = {},
): Promise<PayStage> {
  const late: { bills?: StageBills } = {};
  const stage = await startBotStage((made) => {
    late.bills = new StageBills(made).add(sampleService(), powerFields());
    return { bills: late.bills, ...changes };
  });
  const { bills } = late;
  if (!bills) throw new Error('the bot was built without bills');
  await stage.meet();
  await bills.say('negative');
  if (balanceTiyin > 0) await credit(stage, { key: 'start', amountTiyin: balanceTiyin });
  return { stage, bills };
}

export async function credit(
  stage: BotStage,
  { key, amountTiyin }: { key: string; amountTiyin: number },
): Promise<void> {
  await stage.db.tx(async (tx) => {
    await post(tx, {
      key,
      kind: 'credit',
      actor: 'system',
      at: NOW,
      lines: [
        { account: ADJUSTMENTS, amountTiyin: -amountTiyin },
        { account: userAvailable(ALI.id), amountTiyin },
      ],
    });
  });
}

/** The account that is typed on the way to the sum. */
export const ACCOUNT = { region: '1', soato: '26280', customer_code: '0012345' };

/** As far as the question for the sum. */
export async function atSum({ stage }: PayStage): Promise<void> {
  await stage.say('/pay');
  await stage.tap('Electricity');
  await stage.tap('Tashkent');
  await stage.tap('Алмазар');
  await stage.say('0012345');
  await stage.tap('Skip');
  await stage.tap('Another sum');
}

/** As far as the confirmation; with a balance too small for it, as far as that says so. */
export async function atConfirm(pay: PayStage, source = 'Balance'): Promise<void> {
  const { stage } = pay;
  await atSum(pay);
  const shown = await stage.say('50 000');
  if (!shown.text.includes('check and confirm')) await stage.tap(source);
  else if (source !== 'Balance') await fromAnother(stage, source);
}

/** From the confirmation of a payment from the balance to that of one from elsewhere. */
export async function fromAnother(stage: BotStage, source: string): Promise<void> {
  await stage.tap('💳 Another method');
  await stage.tap(source);
}
