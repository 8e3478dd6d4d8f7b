/** The owner's desk as the bot sees it: for everybody else its commands and buttons do not exist. */
import { Composer } from 'grammy';
import { cleanTyped } from '../../typed-text.ts';
import type { BotContext, Parts } from '../context.ts';
import type { DeskAction, DeskFeature, DeskInput } from './feature.ts';
import { closeQuestion, openQuestion, type OpenQuestion } from './input.ts';

/** Commands, buttons and answers in private chats. */
export function deskInPrivate(
  parts: Parts,
  features: readonly DeskFeature[],
): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.use(deskAnswers(parts, features));
  for (const feature of features) {
    for (const [command, action] of Object.entries(feature.commands ?? {})) {
      composer.command(command, async (ctx, next) => {
        if (parts.staff.may(ctx.person.id, action.role))
          await action.run(ctx, cleanTyped(ctx.match).trim());
        else await next();
      });
    }
  }
  composer.use(deskTaps(parts, features));
  return composer;
}

/** Buttons; what is not for this person goes on as a button nobody knows. */
export function deskTaps(parts: Parts, features: readonly DeskFeature[]): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.use(async (ctx, next) => {
    const { tap } = ctx;
    const action = tap?.kind === 'desk' ? actionOf(features, tap) : undefined;
    if (tap?.kind !== 'desk' || !action || !parts.staff.may(ctx.person.id, action.role)) {
      await next();
      return;
    }
    await action.run(ctx, tap.arg === '-' ? '' : tap.arg);
  });
  return composer;
}

function actionOf(
  features: readonly DeskFeature[],
  { area, action }: { area: string; action: string },
): DeskAction | undefined {
  const taps = features.find((feature) => feature.area === area)?.taps;
  return taps && Object.hasOwn(taps, action) ? taps[action] : undefined;
}

/** A message that answers an open question goes to who asked; whatever leads elsewhere closes the question. */
function deskAnswers(parts: Parts, features: readonly DeskFeature[]): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer
    .filter((ctx) => parts.staff.roleOf(ctx.person.id) !== null)
    .use(async (ctx, next) => {
      const question = await openQuestion(ctx, parts, ctx.chat?.id ?? 0);
      if (!question || !ctx.chat) {
        await next();
        return;
      }
      const input = ctx.message ? inputOf(features, question) : undefined;
      const answers = input && isAnswer(ctx, parts) && parts.staff.may(ctx.person.id, input.role);
      if (!answers) {
        await closeQuestion(parts, ctx.chat.id, question);
        ctx.leftDialog = true;
        await next();
        return;
      }
      ctx.answering = question;
      await input.run(ctx, question.arg);
      await closeQuestion(parts, ctx.chat.id, question);
    });
  return composer;
}

function inputOf(
  features: readonly DeskFeature[],
  { area, name }: OpenQuestion,
): DeskInput | undefined {
  const inputs = features.find((feature) => feature.area === area)?.inputs;
  return inputs && Object.hasOwn(inputs, name) ? inputs[name] : undefined;
}

function isAnswer(ctx: BotContext, { labels }: Parts): boolean {
  const text = ctx.typed;
  return !text.startsWith('/') && labels.entryOf(text) === null;
}
