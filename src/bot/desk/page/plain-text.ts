/** What a message of the bot says, without Telegram's HTML: for a page that shows words as words. */

const SIGNS: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

/** Takes a text as `escapeHtml` and the locales make them. */
export function plainText(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(?:lt|gt|amp);/g, (sign) => SIGNS[sign] ?? '');
}
