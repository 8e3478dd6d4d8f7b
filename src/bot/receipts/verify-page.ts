/** What somebody who scans a receipt's code is told, on a page in their language. */
import { isLanguage, type Language, LANGUAGES } from '../../core/language.ts';
import { type PageContent, renderPage } from '../../receipts/page.ts';
import type { ReceiptCodes } from '../../receipts/code.ts';
import type { Texts, Translate } from '../locales/texts.ts';
import { findReceipt, type ReceiptSources } from './find.ts';
import { maskedRows, titleOf } from './words.ts';

interface VerifyRequest {
  code: string;
  /** The language that was chosen on the page. */
  language: string | undefined;
  /** The languages that the browser asks for. */
  acceptLanguage: string | undefined;
}

export interface VerifyPageDeps {
  texts: Texts;
  codes: Pick<ReceiptCodes, 'read'>;
  sources: ReceiptSources;
  defaultLanguage: Language;
}

export async function verifyPage(
  { texts, codes, sources, defaultLanguage }: VerifyPageDeps,
  { code, language: chosen, acceptLanguage }: VerifyRequest,
): Promise<{ isGenuine: boolean; html: string }> {
  const language = isLanguage(chosen) ? chosen : spokenLanguage(acceptLanguage, defaultLanguage);
  const t = texts(language);
  const ref = await codes.read(code);
  const found = ref && (await findReceipt(sources, ref));
  const common = {
    language,
    languages: LANGUAGES.filter((each) => each !== language).map((each) => ({
      code: each,
      name: texts(each)('language-name'),
    })),
  };
  if (!found) return { isGenuine: false, html: renderPage({ ...common, ...unknown(t) }) };
  const { receipt, payer } = found;
  const content: PageContent = {
    ...common,
    title: `${t('verify-title')} · ${titleOf(t, receipt)}`,
    isGenuine: true,
    verdict: t('verify-genuine'),
    hint: t(`receipt-standing-${receipt.standing}`),
    rows: maskedRows(t, receipt, payer),
  };
  return { isGenuine: true, html: renderPage(content) };
}

function unknown(t: Translate): Omit<PageContent, 'language' | 'languages'> {
  return {
    title: t('verify-title'),
    isGenuine: false,
    verdict: t('verify-unknown'),
    hint: t('verify-unknown-hint'),
    rows: [],
  };
}

/** The first of the browser's languages that we speak; they come in the order of preference. */
function spokenLanguage(accepted: string | undefined, fallback: Language): Language {
  const named = (accepted ?? '').slice(0, 200).toLowerCase().split(',');
  for (const each of named) {
    const tag = each.split(';')[0]?.trim() ?? '';
    const spoken = tag.startsWith('uz-cyrl') ? 'uz-Cyrl' : tag.split('-')[0];
    if (isLanguage(spoken)) return spoken;
  }
  return fallback;
}
