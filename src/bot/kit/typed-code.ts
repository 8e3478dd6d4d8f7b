/** The code of an SMS as people type it; null for anything else. */
export function typedCode(text: string): string | null {
  const digits = text.replaceAll(/[\s-]/g, '');
  return /^\d{4,8}$/.test(digits) ? digits : null;
}
