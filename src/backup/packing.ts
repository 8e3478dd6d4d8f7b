/** Copies as streams: gzip, and age (age-encryption.org) for what leaves the machine. No file is held in memory. */
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { createGunzip, createGzip } from 'node:zlib';

/** A copy that can't be unpacked, and why. */
class UnpackError extends Error {
  override name = 'UnpackError';
}

/** Compresses and encrypts `from` into the new file `to`, readable by this user alone. */
export async function packFor({
  recipient,
  from,
  to,
}: {
  /** `age1…` */
  recipient: string;
  from: string;
  to: string;
}): Promise<void> {
  // Loaded where a copy leaves the machine, and nowhere else: it holds 20 MB.
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const gzip = createGzip();
  const reading = pipeline(createReadStream(from), gzip);
  // Its failure reaches the writing side too, which is awaited first.
  reading.catch(() => undefined);
  const encrypted = await encrypter.encrypt(Readable.toWeb(gzip) as globalThis.ReadableStream);
  const target = createWriteStream(to, { flags: 'wx', mode: 0o600, flush: true });
  await pipeline(Readable.fromWeb(encrypted as ReadableStream), target);
  await reading;
}

const AGE_HEADER = 'age-encryption.org/v1\n';
const GZIP_MAGIC = '\x1f\x8b';

/**
 * Writes the database inside `from` (plain, .gz, .age, told apart by content) into the new file `to`.
 * Throws UnpackError with what to do.
 */
export async function unpack({
  from,
  to,
  identities,
}: {
  from: string;
  to: string;
  /** `AGE-SECRET-KEY-1…` */
  identities: readonly string[];
}): Promise<void> {
  const isEncrypted = (await beginningOf(from)).startsWith(AGE_HEADER);
  if (isEncrypted && identities.length === 0) {
    throw new UnpackError(
      `${from} is encrypted. Name the file with its secret key: --identity <file>.`,
    );
  }
  try {
    const source = isEncrypted ? await decrypted(from, identities) : createReadStream(from);
    // Not before: where the key is wrong it would be opened after all is over, and stay.
    const target = createWriteStream(to, { flags: 'wx', mode: 0o600, flush: true });
    await pipeline(source, gunzipIfPacked, target);
  } catch (error) {
    throw new UnpackError(`${from} can't be read: ${reasonOf(error)}.`, { cause: error });
  }
}

async function beginningOf(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(AGE_HEADER.length) });
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}

async function decrypted(path: string, identities: readonly string[]): Promise<Readable> {
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  try {
    for (const identity of identities) decrypter.addIdentity(identity);
  } catch {
    // Its own words quote the key.
    throw new Error('the secret key is cut off or mistyped');
  }
  const source = Readable.toWeb(createReadStream(path)) as globalThis.ReadableStream<Uint8Array>;
  return Readable.fromWeb((await decrypter.decrypt(source)) as ReadableStream);
}

/** The stream as it is, or without its gzip. */
async function* gunzipIfPacked(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const chunks = source[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done) return;
  const all = rejoined(Buffer.from(first.value), chunks);
  const isPacked = Buffer.from(first.value).toString('latin1', 0, 2) === GZIP_MAGIC;
  if (!isPacked) {
    yield* all;
    return;
  }
  const gunzip: Transform = createGunzip();
  const feeding = pipeline(all, gunzip);
  feeding.catch(() => undefined);
  yield* gunzip as AsyncIterable<Buffer>;
  await feeding;
}

async function* rejoined(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  if (/no identity matched/i.test(error.message)) {
    return 'it was encrypted for another key. Use the secret key that belongs to the BACKUP_AGE_RECIPIENT of that time';
  }
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC') return 'there is no space left for it beside the database';
  if (
    code === 'Z_BUF_ERROR' ||
    code === 'Z_DATA_ERROR' ||
    /tag|chunk|ciphertext|stanza|header|footer|line length|base64/i.test(error.message)
  ) {
    return 'it is cut off or damaged. Take another copy';
  }
  return error.message;
}
