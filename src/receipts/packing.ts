/** A picture and a document in one stream of bytes: how long the picture is, then both. */
import type { Drawn } from './sheet.ts';

const LENGTH_BYTES = 4;

export function packDrawn({ picture, document }: Drawn): Uint8Array {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(picture.byteLength);
  return Buffer.concat([length, picture, document]);
}

export function unpackDrawn(bytes: Uint8Array): Drawn {
  const all = Buffer.from(bytes);
  const end = LENGTH_BYTES + all.readUInt32BE();
  return { picture: all.subarray(LENGTH_BYTES, end), document: all.subarray(end) };
}
