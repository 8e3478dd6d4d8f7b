/** The settings as they are being made: what the file has, what was answered, and what the environment decides. */
import type { Environment } from '../settings/reader.ts';
import type { SettingName } from '../settings/settings.ts';

export type Values = Partial<Record<SettingName, string>>;

export class Draft {
  readonly #file: Environment;
  readonly #outside: Environment;
  readonly #answers = new Map<string, string>();

  /** `outside`: the environment, whose variables win over the file whatever is answered. */
  constructor(file: Environment, outside: Environment) {
    this.#file = file;
    this.#outside = outside;
  }

  /** Empty when it is absent. */
  get(name: SettingName): string {
    return (this.#outside[name] ?? this.#answers.get(name) ?? this.#file[name] ?? '').trim();
  }

  has(...names: SettingName[]): boolean {
    return names.every((name) => this.get(name) !== '');
  }

  set(values: Values): void {
    for (const [name, value] of Object.entries(values)) this.#answers.set(name, value);
  }

  /** What is to be written: answers that differ from the file. */
  changes(): Record<string, string> {
    const differ = [...this.#answers].filter(([name, value]) => (this.#file[name] ?? '') !== value);
    return Object.fromEntries(differ);
  }

  /** Names of settings that were answered in vain: the environment says something else. */
  overruled(): string[] {
    return [...this.#answers.keys()].filter((name) => {
      const outside = this.#outside[name];
      return outside !== undefined && outside !== this.#answers.get(name);
    });
  }

  /** The environment as the program would see it at its next start, with `values` on top. */
  environment(values: Values = {}): Environment {
    return { ...this.#file, ...Object.fromEntries(this.#answers), ...values, ...this.#outside };
  }
}
