/** The process that draws one receipt: started by `drawing.ts`, read from its output. */
import { processInput } from '../reports/in-process.ts';
import { drawReceipt } from './draw.ts';
import { packDrawn } from './packing.ts';
import type { Sheet } from './sheet.ts';

// Both ends are this program, of the same version.
const sheet = (await processInput()) as Sheet;
process.stdout.write(packDrawn(await drawReceipt(sheet)));
