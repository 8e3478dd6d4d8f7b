/** The process that writes one statement: started by `drawing.ts`, read from its output. */
import { processInput } from '../reports/in-process.ts';
import { statementFile, type StatementOrder } from './statement-file.ts';

// Both ends are this program, of the same version.
process.stdout.write(await statementFile((await processInput()) as StatementOrder));
