/** Files of the chats, for the page. */
import type { SimulatedTelegram } from './telegram/simulated-telegram.ts';

const KINDS: readonly { type: string; begins: readonly number[]; at?: number }[] = [
  { type: 'image/png', begins: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'image/jpeg', begins: [0xff, 0xd8, 0xff] },
  { type: 'image/gif', begins: [0x47, 0x49, 0x46, 0x38] },
  { type: 'image/webp', begins: [0x57, 0x45, 0x42, 0x50], at: 8 },
];

/** By its first bytes, whatever its name says; null for everything that a browser need not draw. */
export function kindOfPicture(bytes: Uint8Array): string | null {
  const kind = KINDS.find(({ begins, at = 0 }) =>
    begins.every((byte, index) => bytes[at + index] === byte),
  );
  return kind?.type ?? null;
}

/**
 * A file as an answer, null for an unknown one. Only pictures are shown; what else a bot sends is downloaded: as a page
 * of this origin it could press the sandbox's buttons.
 */
export function fileAnswer(telegram: SimulatedTelegram, fileId: string): Response | null {
  const file = telegram.storedFile(fileId);
  if (!file) return null;
  const picture = kindOfPicture(file.bytes);
  const name = encodeURIComponent(file.name ?? 'file').replaceAll("'", '%27');
  return new Response(Uint8Array.from(file.bytes), {
    headers: {
      'content-type': picture ?? 'application/octet-stream',
      'content-disposition': picture ? 'inline' : `attachment; filename*=UTF-8''${name}`,
    },
  });
}
