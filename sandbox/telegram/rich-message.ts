/** Rich messages, as far as they are simulated: blocks of words and tables, with Telegram's limits. */
import { z } from 'zod';
import { badRequest } from './api-error.ts';
import type { Params } from './params.ts';
import type { RichBlock, RichText } from './types.ts';

/** Bot API, Rich Message Limits. Rows of a table count as blocks. */
const MAX_CHARACTERS = 32_768;
const MAX_BLOCKS = 500;
const MAX_COLUMNS = 20;

const richTextSchema: z.ZodType<RichText> = z.lazy(() =>
  z.union([
    z.string(),
    z.array(richTextSchema),
    z.strictObject({
      type: z.enum(['bold', 'italic', 'underline', 'strikethrough', 'code', 'marked']),
      text: richTextSchema,
    }),
  ]),
);

const cellSchema = z.strictObject({
  text: richTextSchema.optional(),
  is_header: z.literal(true).optional(),
  colspan: z.int().min(1).optional(),
  rowspan: z.int().min(1).optional(),
  align: z.enum(['left', 'center', 'right']),
  valign: z.enum(['top', 'middle', 'bottom']),
});

const blockSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('paragraph'), text: richTextSchema }),
  z.strictObject({ type: z.literal('heading'), text: richTextSchema, size: z.int().min(1).max(6) }),
  z.strictObject({ type: z.literal('footer'), text: richTextSchema }),
  z.strictObject({ type: z.literal('divider') }),
  z.strictObject({
    type: z.literal('table'),
    cells: z.array(z.array(cellSchema)),
    is_bordered: z.literal(true).optional(),
    is_striped: z.literal(true).optional(),
    is_compact: z.literal(true).optional(),
    caption: richTextSchema.optional(),
  }),
]);

const messageSchema = z.strictObject({
  blocks: z.array(blockSchema),
  is_rtl: z.boolean().optional(),
  skip_entity_detection: z.boolean().optional(),
});

/** The blocks of the argument `rich_message`. Throws the 400 where Telegram would, and for what is not simulated. */
export function readRichMessage(params: Params): RichBlock[] {
  const given = params.json('rich_message', 'InputRichMessage');
  const parsed = messageSchema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? '';
    throw badRequest(`Can't parse InputRichMessage: ${where}: ${issue?.message ?? 'wrong'}`);
  }
  const blocks: RichBlock[] = parsed.data.blocks;
  checkLimits(blocks);
  return blocks;
}

function checkLimits(blocks: readonly RichBlock[]): void {
  const tables = blocks.flatMap((block) => (block.type === 'table' ? [block.cells] : []));
  const rows = tables.flat();
  if (blocks.length + rows.length > MAX_BLOCKS) throw badRequest('RICH_MESSAGE_BLOCKS_TOO_MUCH');
  if (tables.some((cells) => cells.length === 0)) throw badRequest('RICH_MESSAGE_TABLE_EMPTY');
  const isTooWide = rows.some((row) => widthOf(row) > MAX_COLUMNS);
  if (isTooWide) throw badRequest('RICH_MESSAGE_TABLE_COLUMNS_TOO_MUCH');
  const words = blocks.map(wordsOf).join('');
  if (words.trim() === '') throw badRequest('Rich message must be non-empty');
  if (words.length > MAX_CHARACTERS) throw badRequest('message is too long');
}

function widthOf(row: readonly { colspan?: number | undefined }[]): number {
  return row.reduce((sum, { colspan = 1 }) => sum + colspan, 0);
}

function wordsOf(block: RichBlock): string {
  if (block.type === 'divider') return '';
  if (block.type !== 'table') return plain(block.text);
  const cells = block.cells.flat().map(({ text = '' }) => plain(text));
  return [...cells, plain(block.caption ?? '')].join('');
}

function plain(text: RichText): string {
  if (typeof text === 'string') return text;
  return Array.isArray(text) ? text.map(plain).join('') : plain(text.text);
}
