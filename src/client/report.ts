/** What payment systems send by themselves, however they write it. */

/** `a=1&b=2`: a name, and nothing behind it that a form would have encoded. */
const FORM = /^[\w.[\]%-]+=[^\s\p{Cc}<>{}"]*$/u;

/**
 * The body of a report: any JSON, or the fields of a form as an object of texts, a repeated one by its last. Undefined
 * for everything else.
 */
export function readReport(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return FORM.test(body.trim())
      ? Object.fromEntries(new URLSearchParams(body.trim()))
      : undefined;
  }
}
