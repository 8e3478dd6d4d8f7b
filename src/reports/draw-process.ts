/** The process that draws one picture: started by `reports.ts`, read from its output. */
import { processInput } from './in-process.ts';
import { drawPicture } from './draw.ts';
import type { Picture } from './picture.ts';

// Both ends are this program, of the same version.
const picture = (await processInput()) as Picture;
process.stdout.write(await drawPicture(picture));
