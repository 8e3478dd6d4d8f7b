/** The file `.env`, a convenience for one machine; deployments set the environment itself. */
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { cutValues, repeatedNames, swallowedNames } from './slips.ts';

/**
 * Adds what `path` sets to the environment of this process. A variable that exists already, even an empty one,
 * keeps its value. Returns whether there was such a file; throws when it can't be read.
 */
export function loadEnvFile(path = '.env'): boolean {
  const text = readEnvFile(path);
  if (text === null) return false;
  for (const [name, value] of Object.entries(parseEnv(text))) {
    if (process.env[name] === undefined) process.env[name] = value;
  }
  return true;
}

/** What of `path` was read in another way than it was meant, each a sentence. Throws when it can't be read. */
export function envFileDoubts(path = '.env'): string[] {
  const text = readEnvFile(path);
  if (text === null) return [];
  const found = [...cutValues(text), ...repeatedNames(text), ...swallowedNames(text)];
  return found.map((sentence) => `${path}: ${sentence}`);
}

/** Its text; null where there is no such file. Throws, with what to do, when it can't be read. */
export function readEnvFile(path: string): string | null {
  const bytes = bytesOf(path);
  if (bytes === null) return null;
  // Windows' editors offer it as "Unicode"; read as UTF-8, no setting would have its name.
  if (bytes.includes(0)) {
    throw new Error(`The settings file ${path} is no text in UTF-8: save it as UTF-8.`);
  }
  // They also mark UTF-8, and the mark would become a part of the first setting's name.
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

function bytesOf(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    if (code === 'ENOENT') return null;
    throw new Error(
      `The settings file ${path} can't be read (${code}): make it a file that the user of the program may read, ` +
        `such as by "chown root:tolov ${path}" and "chmod 640 ${path}".`,
      { cause: error },
    );
  }
}
