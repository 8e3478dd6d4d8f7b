/** Typed and pasted text, as services and people know it. */

/** What is pasted carries marks that nobody sees, and hyphens that no service knows. */
export function plainText(text: string): string {
  return text.replaceAll(/\p{Cf}/gu, '').replaceAll(/[\p{Pd}\u2212]/gu, '-');
}
