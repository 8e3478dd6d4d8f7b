-- The table was built anew, which drops its trigger.
CREATE TRIGGER admin_actions_final BEFORE UPDATE ON admin_actions
WHEN OLD.state IN ('done', 'dropped', 'expired')
  OR NEW.owner_id <> OLD.owner_id OR NEW.user_id <> OLD.user_id OR NEW.kind <> OLD.kind
  OR NEW.amount_tiyin <> OLD.amount_tiyin OR NEW.reason <> OLD.reason OR NEW.subject IS NOT OLD.subject
  OR NEW.before_tiyin IS NOT OLD.before_tiyin
BEGIN SELECT RAISE(ABORT, 'a decision of the staff never changes'); END;
