/** The process that writes one export: started by `reports.ts`, says on its output what came of it. */
import { snapshot } from '../db/sqlite.ts';
import { asideInput } from './aside.ts';
import { writeExport } from './export-file.ts';
import type { ExportOrder } from './export-order.ts';

// Both ends are this program, of the same version.
const { databasePath, order } = (await asideInput()) as {
  databasePath: string;
  order: ExportOrder;
};
const outcome = await snapshot(databasePath, (queries) => writeExport(queries, order));
process.stdout.write(JSON.stringify(outcome));
