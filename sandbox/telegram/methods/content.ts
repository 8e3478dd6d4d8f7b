import { badRequest } from '../api-error.ts';
import type { Core } from '../core.ts';
import { MAX_CAPTION_LENGTH } from '../formatted-text.ts';
import { readImageSize } from '../image-size.ts';
import type { Params } from '../params.ts';
import type { FormattedText, StoredFile } from '../types.ts';

/** Bot API, sendPhoto and sendDocument. */
const MAX_PHOTO_BYTES = 10 * 1024 * 1024;
const MAX_DOCUMENT_BYTES = 50 * 1024 * 1024;

export function checkCaption(caption: FormattedText): void {
  if (caption.text.length > MAX_CAPTION_LENGTH) throw badRequest('Message caption is too long');
}

export function readLinkPreview(params: Params): unknown {
  const options = params.json('link_preview_options', 'link preview options');
  if (options !== undefined) return options;
  return params.flag('disable_web_page_preview') ? { is_disabled: true } : undefined;
}

/** The file an argument names: a file_id, `attach://name` or an uploaded part. */
export function readFile(input: {
  core: Core;
  params: Params;
  reference: string;
  field: 'photo' | 'document';
}): StoredFile {
  const { core, params, reference, field } = input;
  if (/^https?:\/\//i.test(reference)) {
    throw badRequest('Files by URL are not part of this simulation; upload them');
  }
  const attached = /^attach:\/\/(.+)$/.exec(reference)?.[1];
  const upload = params.upload(attached ?? field);
  if (upload === undefined) {
    if (reference === '' || attached !== undefined) {
      throw badRequest(`There is no ${field} in the request`);
    }
    return knownFile(core, reference, field);
  }
  if (upload.bytes.length === 0) throw badRequest('file must be non-empty');
  const limitBytes = field === 'photo' ? MAX_PHOTO_BYTES : MAX_DOCUMENT_BYTES;
  if (upload.bytes.length > limitBytes) throw badRequest('file is too big');
  if (field === 'photo' && !readImageSize(upload.bytes)) throw badRequest('IMAGE_PROCESS_FAILED');
  return core.world.files.add({ kind: field, ...upload });
}

function knownFile(core: Core, fileId: string, field: 'photo' | 'document'): StoredFile {
  const file = core.world.files.get(fileId);
  if (!file) {
    throw badRequest(
      "Wrong remote file identifier specified: can't unserialize it. Wrong last symbol",
    );
  }
  if (file.kind !== field) {
    const [is, wanted] = file.kind === 'photo' ? ['Photo', 'Document'] : ['Document', 'Photo'];
    throw badRequest(`Can't use file of type ${is} as ${wanted}`);
  }
  return file;
}
