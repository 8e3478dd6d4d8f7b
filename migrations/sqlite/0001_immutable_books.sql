-- What is in the books stays there: a correction is a new entry with a reason.
CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are never changed: post a correcting entry'); END;
--> statement-breakpoint
CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are never deleted: post a correcting entry'); END;
--> statement-breakpoint
CREATE TRIGGER lines_no_update BEFORE UPDATE ON lines
BEGIN SELECT RAISE(ABORT, 'lines are never changed: post a correcting entry'); END;
--> statement-breakpoint
CREATE TRIGGER lines_no_delete BEFORE DELETE ON lines
BEGIN SELECT RAISE(ABORT, 'lines are never deleted: post a correcting entry'); END;
--> statement-breakpoint
-- INSERT OR REPLACE deletes without asking the triggers above.
CREATE TRIGGER entries_no_replace BEFORE INSERT ON entries
WHEN EXISTS (SELECT 1 FROM entries WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'entries are never changed: post a correcting entry'); END;
--> statement-breakpoint
CREATE TRIGGER lines_no_replace BEFORE INSERT ON lines
WHEN EXISTS (SELECT 1 FROM lines WHERE entry_id = NEW.entry_id AND position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'lines are never changed: post a correcting entry'); END;
--> statement-breakpoint
CREATE TRIGGER accounts_no_delete BEFORE DELETE ON accounts
BEGIN SELECT RAISE(ABORT, 'accounts are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER accounts_keep_sign BEFORE UPDATE OF id, may_be_negative ON accounts
BEGIN SELECT RAISE(ABORT, 'what an account is never changes'); END;
--> statement-breakpoint
-- A credited order stays credited, whatever a later answer or a bug says.
CREATE TRIGGER topups_paid_is_final BEFORE UPDATE OF state, paid_tiyin, user_id ON topups
WHEN OLD.state = 'paid' AND (NEW.state <> 'paid' OR NEW.paid_tiyin <> OLD.paid_tiyin OR NEW.user_id <> OLD.user_id)
BEGIN SELECT RAISE(ABORT, 'a paid order never changes'); END;
--> statement-breakpoint
CREATE TRIGGER topup_history_no_update BEFORE UPDATE ON topup_history
BEGIN SELECT RAISE(ABORT, 'history is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER topup_history_no_delete BEFORE DELETE ON topup_history
BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END;
