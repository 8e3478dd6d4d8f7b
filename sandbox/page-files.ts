/** The files of the sandbox's page. */
import { pageFiles } from '../src/http/page-files.ts';

export const PAGE = pageFiles(new URL('page/', import.meta.url));
