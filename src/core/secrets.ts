/**
 * One list of everything that must never be printed, and the function that takes it out of a text. Problem details
 * and the log share one scrubber, so a secret that one part of the program learns is unprintable everywhere.
 */

/** Shorter values would black out ordinary words and sums. */
const MIN_LENGTH = 4;
/** How many secrets that come and go (bearer tokens) are remembered: the latest ones. */
const MAX_TEMPORARY = 100;
const REPLACEMENT = '[secret]';

export class SecretScrubber {
  readonly #lasting = new Set<string>();
  readonly #temporary = new Set<string>();
  #pattern: RegExp | null = null;

  /** Values under four characters are ignored. `temporary`: forgotten after a hundred newer ones. */
  register(value: string, options: { temporary?: boolean } = {}): void {
    if (value.length < MIN_LENGTH || this.#lasting.has(value)) return;
    if (options.temporary === true) this.#remember(value);
    else this.#lasting.add(value);
    this.#pattern = null;
  }

  /**
   * `text` with every registered value replaced by `[secret]`, also in its URL-encoded and JSON-escaped forms.
   * `also` names the secrets of this one text, such as an order's code.
   */
  scrub(text: string, also: readonly string[] = []): string {
    this.#pattern ??= patternOf([...this.#lasting, ...this.#temporary]);
    const values = also.filter((value) => value.length >= MIN_LENGTH);
    const once = values.length > 0 ? patternOf(values) : null;
    const clean = once ? text.replace(once, REPLACEMENT) : text;
    return clean.replace(this.#pattern, REPLACEMENT);
  }

  #remember(value: string): void {
    this.#temporary.delete(value);
    this.#temporary.add(value);
    const [oldest] = this.#temporary;
    if (this.#temporary.size > MAX_TEMPORARY && oldest !== undefined) {
      this.#temporary.delete(oldest);
    }
  }
}

function patternOf(values: readonly string[]): RegExp {
  const forms = new Set(values.flatMap((value) => formsOf(value)));
  // Longest first: a secret that begins with another one must go as a whole.
  const alternatives = [...forms].toSorted((a, b) => b.length - a.length).map(escapeForRegExp);
  return new RegExp(alternatives.length > 0 ? alternatives.join('|') : '(?!)', 'g');
}

function formsOf(value: string): string[] {
  const wellFormed = value.toWellFormed();
  const url = encodeURIComponent(wellFormed);
  const form = new URLSearchParams([['', wellFormed]]).toString().slice(1);
  const json = JSON.stringify(value).slice(1, -1);
  // PHP writes "\/" for a slash and \u escapes for whatever is not ASCII.
  const php = json.replaceAll('/', '\\/');
  const ascii = php.replace(/[\u0080-\uffff]/g, unicodeEscape);
  return [value, url, lowerHex(url), form, lowerHex(form), json, php, ascii];
}

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function lowerHex(text: string): string {
  return text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
}

function escapeForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
