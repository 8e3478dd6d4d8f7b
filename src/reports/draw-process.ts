/** The process that draws one picture: started by `reports.ts`, read from its output. */
import { asideInput } from './in-process.ts';
import { drawPicture } from './draw.ts';
import type { Picture } from './picture.ts';

// Both ends are this program, of the same version.
const picture = (await asideInput()) as Picture;
process.stdout.write(await drawPicture(picture));
