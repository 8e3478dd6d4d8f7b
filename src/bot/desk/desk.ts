/** The owner's desk as the bot sees it: for everybody else its commands and buttons do not exist. */
import { Composer } from 'grammy';
import { cleanTyped } from '../../core/typed-text.ts';
import type { BotContext, Parts } from '../kit/context.ts';
import type { DeskAction, DeskFeature, DeskInput } from './kit/feature.ts';
import type { Words } from '../kit/told.ts';

/** The desk's commands, buttons and answers in private chats. */
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

/** The desk's buttons. A tap of somebody who may not use it goes on as a button nobody knows. */
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

/** A message that answers an open question goes to who asked, unless its sender may not answer any more. */
function deskAnswers(parts: Parts, features: readonly DeskFeature[]): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.use(async (ctx, next) => {
    const { answering } = ctx;
    const input = answering ? inputOf(features, answering) : undefined;
    if (answering && input && parts.staff.may(ctx.person.id, input.role)) {
      await input.run(ctx, answering.arg);
    } else {
      await next();
    }
  });
  return composer;
}

function inputOf(features: readonly DeskFeature[], { area, name }: Words): DeskInput | undefined {
  const inputs = features.find((feature) => feature.area === area)?.inputs;
  return inputs && Object.hasOwn(inputs, name) ? inputs[name] : undefined;
}
