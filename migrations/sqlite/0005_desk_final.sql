CREATE TRIGGER entry_seals_no_update BEFORE UPDATE ON entry_seals
BEGIN SELECT RAISE(ABORT, 'a seal is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER entry_seals_no_delete BEFORE DELETE ON entry_seals
BEGIN SELECT RAISE(ABORT, 'a seal is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER staff_log_no_update BEFORE UPDATE ON staff_log
BEGIN SELECT RAISE(ABORT, 'the log of the staff is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER staff_log_no_delete BEFORE DELETE ON staff_log
BEGIN SELECT RAISE(ABORT, 'the log of the staff is never deleted'); END;
--> statement-breakpoint
-- What was decided stays decided, by whom it was asked and for whom.
CREATE TRIGGER admin_actions_final BEFORE UPDATE ON admin_actions
WHEN OLD.state IN ('done', 'dropped', 'expired')
  OR NEW.owner_id <> OLD.owner_id OR NEW.user_id <> OLD.user_id OR NEW.kind <> OLD.kind
  OR NEW.amount_tiyin <> OLD.amount_tiyin OR NEW.reason <> OLD.reason OR NEW.subject IS NOT OLD.subject
BEGIN SELECT RAISE(ABORT, 'a decision of the staff never changes'); END;
--> statement-breakpoint
CREATE TRIGGER suspense_items_final BEFORE UPDATE ON suspense_items
WHEN OLD.state <> 'open' OR NEW.amount_tiyin <> OLD.amount_tiyin OR NEW.provider <> OLD.provider
BEGIN SELECT RAISE(ABORT, 'money that was given to somebody is not in suspense any more'); END;
--> statement-breakpoint
CREATE TRIGGER suspense_items_no_delete BEFORE DELETE ON suspense_items
BEGIN SELECT RAISE(ABORT, 'suspense items are never deleted'); END;
