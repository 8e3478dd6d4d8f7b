-- What the question showed never changes either.
DROP TRIGGER admin_actions_final ON admin_actions;
--> statement-breakpoint
CREATE TRIGGER admin_actions_final BEFORE UPDATE ON admin_actions
FOR EACH ROW WHEN (OLD.state IN ('done', 'dropped', 'expired')
  OR NEW.owner_id <> OLD.owner_id OR NEW.user_id <> OLD.user_id OR NEW.kind <> OLD.kind
  OR NEW.amount_tiyin <> OLD.amount_tiyin OR NEW.reason <> OLD.reason OR NEW.subject IS DISTINCT FROM OLD.subject
  OR NEW.before_tiyin IS DISTINCT FROM OLD.before_tiyin)
EXECUTE FUNCTION refuse('a decision of the staff never changes');
