-- An update writes the row anew. Where the new one fits on the same page and no indexed column changed, the indexes are
-- left alone (a HOT update), and the old one is cleared away by whoever reads the page next. Free room makes that so.
-- Balances change with each entry and stand in no index.
ALTER TABLE accounts SET (fillfactor = 50);
--> statement-breakpoint
-- Leases, attempts and checks: a few updates of each row while it is young.
ALTER TABLE topups SET (fillfactor = 80);
--> statement-breakpoint
ALTER TABLE outbox SET (fillfactor = 80);
--> statement-breakpoint
ALTER TABLE inbox SET (fillfactor = 80);
--> statement-breakpoint
ALTER TABLE bills SET (fillfactor = 80);
--> statement-breakpoint
-- By default a table is cleaned once a fifth of its rows is dead. These keep what is done, so a fifth soon is hundreds of
-- thousands, and all of them lie where work that is due is looked for: in the small indexes of what waits. Cleaning after
-- a fiftieth costs little, because pages without dead rows are left out, and keeps the figures about what waits true.
ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
--> statement-breakpoint
ALTER TABLE inbox SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
--> statement-breakpoint
ALTER TABLE topups SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
--> statement-breakpoint
-- The few accounts that all entries touch are dead many times over while most users' rest.
ALTER TABLE accounts SET (autovacuum_vacuum_scale_factor = 0.02);
