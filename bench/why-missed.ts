/** Why a figure is beyond its limit, for whoever reads the table: by its name, about the machine that it was measured on. */
export const WHY_MISSED: Readonly<Record<string, string>> = {
  'durable credits/s at 200 waiting':
    'bare better-sqlite3 sets the pace of this machine: the limit leaves little more than a tenth of its speed for everything that makes a credit safe, and that takes about half.',
  'ratio to bare':
    'more than half of the time goes into what bare rows do not have: states compared, sums checked, entries hashed, balances moved, the message written along.',
  'PostgreSQL, 2 processes: durable credits/s':
    'both processes, the database and whoever measures them share two processors; one process alone reaches nine tenths of it.',
  'webhook answered at 500/s, p99, ms':
    'the sender of the 500 runs on the same two processors as the program; half of the answers take a few milliseconds, and the slowest wait for the commit of others.',
  'ready after the very first start, ms':
    'once in a life: Node compiles all code without its cache, and every table is made. Later starts keep within the limit.',
  'processor for one step of a top-up, as a multiple of the bare /balance':
    'by its profile about a quarter is the commit of the database, which is awaited on the disk, a quarter Node (sockets, HTTP, timers), a sixth the building and reading of queries, a twentieth each garbage and the bot framework with its conversations; what the program itself does with a top-up is less than a tenth.',
  'idle memory, MB':
    'an empty Node holds 43 of them. Of the rest some 33 are the heap after everything was collected, the code of libraries above all, and some 20 the code that Node maps from its binary for them.',
};
