import { randomCode } from '../../src/core/deps.ts';
import type { Random } from '../../src/core/deps.ts';
import { readImageSize } from './image-size.ts';
import type { StoredFile } from './types.ts';

const ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Oldest files go first beyond this. */
const MAX_STORED_BYTES = 64 * 1024 * 1024;

interface NewFile {
  kind: 'photo' | 'document';
  bytes: Uint8Array;
  name?: string | undefined;
  mimeType?: string | undefined;
}

/** Uploaded files, in memory and bounded. */
export class FileStore {
  readonly #random: Random;
  readonly #files = new Map<string, StoredFile>();
  #storedBytes = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  add(file: NewFile): StoredFile {
    const size = readImageSize(file.bytes) ?? { width: 320, height: 320 };
    const stored: StoredFile = {
      fileId: randomCode(this.#random, { length: 64, alphabet: ID_ALPHABET }),
      uniqueId: randomCode(this.#random, { length: 16, alphabet: ID_ALPHABET }),
      bytes: file.bytes,
      kind: file.kind,
      name: file.name,
      mimeType: file.mimeType,
      ...size,
    };
    this.#files.set(stored.fileId, stored);
    this.#storedBytes += stored.bytes.length;
    this.#forgetOldest();
    return stored;
  }

  get(fileId: string): StoredFile | undefined {
    return this.#files.get(fileId);
  }

  #forgetOldest(): void {
    for (const [fileId, file] of this.#files) {
      if (this.#storedBytes <= MAX_STORED_BYTES || this.#files.size === 1) return;
      this.#files.delete(fileId);
      this.#storedBytes -= file.bytes.length;
    }
  }
}
