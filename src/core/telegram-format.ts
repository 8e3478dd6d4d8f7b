/**
 * How every message of the program is sent, by whomever. Said with each call: what is set on the bot's own client does not
 * reach into conversations.
 */

/** Of a caption: no link has a preview there. */
export const HTML = { parse_mode: 'HTML' } as const;

const MESSAGE = { ...HTML, link_preview_options: { is_disabled: true } } as const;

export function messageOptions<K = never>(keyboard?: K): typeof MESSAGE & { reply_markup?: K } {
  return keyboard === undefined ? MESSAGE : { ...MESSAGE, reply_markup: keyboard };
}
