/** Questions on the terminal. Each rejects with a `Cancelled` when Ctrl+C or Escape answers it. */
import * as clack from '@clack/prompts';
import { SETTINGS, type Setting, type SettingName } from '../settings/settings.ts';

export class Cancelled extends Error {
  constructor() {
    super('Nothing was written.');
  }
}

function answered<T>(answer: T): Exclude<T, symbol> {
  if (clack.isCancel(answer)) throw new Cancelled();
  return answer as Exclude<T, symbol>;
}

interface SettingQuestion {
  message: string;
  /** What is set already, which Enter keeps. */
  current: string;
  placeholder?: string;
  /** Whether the question may be answered with nothing. */
  isOptional?: boolean;
}

/** A value that the setting takes. Secrets are typed unseen, and kept by Enter; a card is what every payer sees. */
export async function askSetting(name: SettingName, question: SettingQuestion): Promise<string> {
  const { current, isOptional = false } = question;
  const setting: Setting<unknown> = SETTINGS[name];
  const isHidden = setting.isSecret && setting.schema !== SETTINGS.PAYFER_CARD_NUMBER.schema;
  const keeps = isHidden && current !== '';
  const validate = (typed: string | undefined): string | undefined => {
    const value = (typed ?? '').trim();
    if (value === '') return keeps || isOptional ? undefined : `Expected: ${setting.expected}.`;
    return wrongWith(setting, value);
  };
  if (isHidden) {
    const message = keeps ? `${question.message} (Enter keeps what is set)` : question.message;
    const typed = answered(await clack.password({ message, validate }));
    return typed.trim() === '' ? current : typed.trim();
  }
  const { message, placeholder } = question;
  const typed = answered(
    await clack.text({
      message,
      validate,
      initialValue: current,
      ...(placeholder === undefined ? {} : { placeholder }),
    }),
  );
  return typed.trim();
}

/** A sentence that never repeats the value; undefined when there is nothing wrong. */
export function wrongWith(
  { schema, expected }: Setting<unknown>,
  value: string,
): string | undefined {
  const parsed = schema.safeParse(value);
  if (parsed.success) return undefined;
  return `It ${parsed.error.issues[0]?.message ?? 'is wrong'}. Expected: ${expected}.`;
}

/** A text that `wrong` has nothing against. */
export async function askText(question: {
  message: string;
  current?: string;
  placeholder?: string;
  wrong: (value: string) => string | undefined;
}): Promise<string> {
  const { message, current = '', placeholder, wrong } = question;
  const typed = await clack.text({
    message,
    initialValue: current,
    validate: (value) => wrong((value ?? '').trim()),
    ...(placeholder === undefined ? {} : { placeholder }),
  });
  return answered(typed).trim();
}

export interface Choice<T extends string> {
  value: T;
  label: string;
  hint?: string;
}

export async function choose<T extends string>(
  message: string,
  choices: readonly Choice<T>[],
): Promise<T> {
  const options = choices.map(({ value, label, hint }) => ({
    value,
    label,
    ...(hint === undefined ? {} : { hint }),
  })) as clack.Option<T>[];
  return answered(await clack.select<T>({ message, options })) as T;
}

export async function confirm(message: string, initialValue = true): Promise<boolean> {
  return answered(await clack.confirm({ message, initialValue }));
}

/** Says what is being waited for as long as `work` takes. */
export async function waiting<T>(message: string, work: () => Promise<T>): Promise<T> {
  const spinner = clack.spinner();
  spinner.start(message);
  try {
    return await work();
  } finally {
    spinner.stop(message);
  }
}

export const say = {
  hello: (title: string): void => clack.intro(title),
  good: (text: string): void => clack.log.success(text),
  bad: (text: string): void => clack.log.error(text),
  careful: (text: string): void => clack.log.warn(text),
  hint: (text: string): void => clack.log.info(text),
  note: (text: string, title: string): void => clack.note(text, title),
  bye: (text: string): void => clack.outro(text),
};
