# A second person
decision-menu = 👥 Waiting for a second person
decision-approve = ✅ <b>Approve as paid: { $sum }</b>
decision-review-credit = 💵 <b>Credit what came: { $sum }</b>
decision-suspense-credit = 💵 <b>Credit from suspense: { $sum }</b>
decision-bill-refund = ↩️ <b>Refund a bill: { $sum }</b>
decision-bill-paid = 🧾 <b>Call a bill paid: { $sum }</b>
decision-bill-unpaid = 🧾 <b>Call a bill not paid: { $sum }</b>
decision-subject = About: <code>{ $id }</code>
decision-own = ⚠️ This is your own account: the owners get an alarm about it.
decision-needs-second = 👥 Another owner has to agree as well.
decision-no-second = ⚠️ A sum like this needs a second owner's tap, and there is no second owner. Add one to ADMIN_IDS, or raise ADMIN_DUAL_CONTROL_ABOVE.
decision-second-title = 👥 <b>Your agreement is needed</b>
decision-check = It happens only when you agree. Ask them if you are not sure.
decision-asked-by = Asked by: { $name }, { $at }
decision-agreed-by = Agreed: { $name }
decision-refused-by = Refused: { $name }
decision-pending = ⏳ Waits for another owner, for 24 hours at most. Nothing has changed yet.
decision-refused = ❌ Refused, nothing has changed.
decision-expired = ⌛ Nobody answered in time, nothing has changed.
decision-list-title = 👥 <b>Waiting for a second person</b>
decision-list-none = Nothing waits for a second person.
decision-toast-insufficient = ⚠️ There is not enough on the balance.
button-decision-agree = ✅ I agree
button-decision-refuse = ❌ Refuse
button-decision-withdraw = ❌ Withdraw
alarm-own-credit =
    🚨 <b>Money on one's own balance</b>
    { $who } · { $sum }
    Reason: { $reason }
    Ask them whether this is right.
