/** Reads settings one by one and collects every problem, so that one start shows them all. */
import { SecretScrubber } from '../core/secrets.ts';
import { SETTINGS, type Setting, type SettingName, type SettingValue } from './settings.ts';

/** One thing wrong with the settings. Holds no secret. */
export interface SettingProblem {
  name: string;
  wrong: string;
  expected: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const MAX_SHOWN = 60;

export class SettingsReader {
  readonly problems: SettingProblem[] = [];
  readonly #env: Environment;
  readonly #secrets = new SecretScrubber();

  constructor(env: Environment) {
    this.#env = env;
    for (const [name, setting] of Object.entries(SETTINGS)) {
      const value = env[name]?.trim();
      if (setting.isSecret && value !== undefined) this.#secrets.register(value);
    }
  }

  /** An empty or blank setting counts as absent. */
  has(name: SettingName): boolean {
    return this.#raw(name) !== '';
  }

  /** Undefined when the setting is absent, and when it is wrong, which is then among the problems. */
  read<N extends SettingName>(name: N): SettingValue<N> | undefined {
    const raw = this.#raw(name);
    if (raw === '') return undefined;
    const setting: Setting<unknown> = SETTINGS[name];
    if (/^(["']).*\1$/s.test(raw)) {
      this.problem(name, 'is wrapped in quotes that were not removed');
      return undefined;
    }
    const parsed = setting.schema.safeParse(raw);
    // The table gives each name its own schema, so its output is of that name's type.
    if (parsed.success) return parsed.data as SettingValue<N>;
    const wrong = [...new Set(parsed.error.issues.map((issue) => issue.message))].join(' and ');
    this.problem(name, setting.isSecret ? wrong : `${this.#shown(raw)} ${wrong}`);
    return undefined;
  }

  /** Notes that a setting is missing although it is needed `because` of something. */
  missing(name: SettingName, because: string): void {
    this.problem(name, `is missing, ${because}`);
  }

  problem(name: SettingName, wrong: string, expected: string = SETTINGS[name].expected): void {
    this.problems.push({ name, wrong, expected });
  }

  #raw(name: SettingName): string {
    return this.#env[name]?.trim() ?? '';
  }

  /** Somebody who mixes up two lines puts a secret where none is expected. */
  #shown(value: string): string {
    const looksSecret =
      this.#secrets.scrub(value) !== value ||
      value.includes('@') ||
      /[\w-]{20}|(?:\d[ -]?){16}/.test(value);
    if (looksSecret || value.length > MAX_SHOWN) return `(${value.length} characters)`;
    return JSON.stringify(value);
  }
}
