/** The process that writes one export: started by `reports.ts`, says on its output what came of it. */
import type { DatabaseAddress } from '../db/address.ts';
import { snapshotOf } from '../db/open.ts';
import { processInput } from './in-process.ts';
import { writeExport } from './export-file.ts';
import type { ExportOrder } from './export-order.ts';

// Both ends are this program, of the same version.
const { address, order } = (await processInput()) as {
  address: DatabaseAddress;
  order: ExportOrder;
};
const outcome = await snapshotOf(address, (queries) => writeExport(queries, order));
process.stdout.write(JSON.stringify(outcome));
