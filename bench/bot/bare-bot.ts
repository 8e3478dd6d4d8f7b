/**
 * As little as a bot with a balance can be: grammY, long polling, and better-sqlite3 with prepared statements on a file
 * that keeps what it commits. It stores who wrote, answers with their balance, and keeps the step of a dialog for each
 * chat. What the program costs more than this is what its promises cost.
 */
import SqliteClient from 'better-sqlite3';
import { Bot, InlineKeyboard } from 'grammy';

const [apiRoot = '', token = '', path = ''] = process.argv.slice(2);

const client = new SqliteClient(path);
client.pragma('journal_mode = WAL');
client.pragma('synchronous = FULL');
client.exec(`create table people (id integer primary key, name text, seen_at integer, balance integer not null default 0);
  create table steps (chat_id integer primary key, step text not null);`);
const meet = client.prepare(
  `insert into people (id, name, seen_at) values (?, ?, ?)
   on conflict (id) do update set name = excluded.name, seen_at = excluded.seen_at returning balance`,
);
const keepStep = client.prepare(
  `insert into steps (chat_id, step) values (?, ?) on conflict (chat_id) do update set step = excluded.step`,
);
const stepOf = client.prepare('select step from steps where chat_id = ?').pluck();

const bot = new Bot(token, { client: { apiRoot } });
const keyboard = new InlineKeyboard().text('Go on', 'on').text('Back', 'back');
bot.use(async (ctx, next) => {
  if (ctx.from) meet.get(ctx.from.id, ctx.from.first_name, Date.now());
  await next();
});
bot.command('balance', async (ctx) => {
  const row = meet.get(ctx.chat.id, ctx.from?.first_name ?? '', Date.now());
  await ctx.reply(`Your balance: ${JSON.stringify(row)}`, { reply_markup: keyboard });
});
bot.command('topup', async (ctx) => {
  keepStep.run(ctx.chat.id, 'begun');
  await ctx.reply('How would you like to pay?', { reply_markup: keyboard });
});
bot.on('callback_query:data', async (ctx) => {
  const chatId = ctx.chat?.id ?? 0;
  const step = `${String(stepOf.get(chatId)).slice(-20)}:${ctx.callbackQuery.data}`;
  keepStep.run(chatId, step);
  await ctx.editMessageText(`Step ${step}, ${ctx.callbackQuery.id}`, { reply_markup: keyboard });
  await ctx.answerCallbackQuery();
});
process.once('SIGTERM', () => process.exit(0));
await bot.start();
