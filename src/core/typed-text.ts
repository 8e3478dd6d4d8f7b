/**
 * What people type, as they meant it. Phones, chats and web pages put marks into copied text that nobody sees, and
 * write digits and dashes in many ways: with one of them inside no sum, id, phone, card or name would be found, or
 * only the beginning of it.
 */

/**
 * Marks without a shape: joiners, directions, soft hyphens, byte order marks, fillers. Not what holds one emoji
 * together: the joiner between two of them, the selector behind one.
 */
const INVISIBLE =
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}]\ufe0f?(?=\u200d\p{Extended_Pictographic}))(?<!\p{Extended_Pictographic}(?=\ufe0f))[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** Hyphens, dashes and minus signs. */
const DASHES = /[\p{Pd}\u02d7\u2043\u2212]/gu;

const FULL_WIDTH = /[\uff01-\uff5e]/g;
const FULL_WIDTH_SHIFT = 0xfee0;

const OTHER_DIGITS = /(?!\d)\p{Nd}/gu;

/**
 * The text without invisible marks, with plain digits, hyphens and blanks. Line breaks, letters and emoji stay as they
 * are. Cleaning twice changes nothing.
 */
export function cleanTyped(text: string): string {
  return text
    .replaceAll(INVISIBLE, '')
    .replaceAll(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - FULL_WIDTH_SHIFT))
    .replaceAll(OTHER_DIGITS, plainDigit)
    .replaceAll(DASHES, '-')
    .replaceAll(/\p{Zs}/gu, ' ');
}

const IS_DIGIT = /^\p{Nd}$/u;

/** Unicode keeps the ten digits of a script together, zero first. */
function plainDigit(digit: string): string {
  let before = (digit.codePointAt(0) ?? 0) - 1;
  let value = 0;
  while (IS_DIGIT.test(String.fromCodePoint(before))) {
    before -= 1;
    value += 1;
  }
  return String(value % 10);
}
