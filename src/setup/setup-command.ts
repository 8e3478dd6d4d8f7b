/** `npm run setup`: asks for the settings and writes them to `.env`; again at any time, to change one of them. */
import { Cancelled } from './ask.ts';
import { setUpHere } from './here.ts';

if (process.stdin.isTTY && process.stdout.isTTY) {
  try {
    await setUpHere(process.env);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = error instanceof Cancelled ? 130 : 1;
  }
} else {
  console.error(
    'npm run setup asks on a terminal. Without one, copy .env.example to .env and fill it in.',
  );
  process.exitCode = 1;
}
