# Второй человек
decision-menu = 👥 Ждут второго человека
decision-approve = ✅ <b>Признать оплаченным: { $sum }</b>
decision-review-credit = 💵 <b>Зачислить поступившее: { $sum }</b>
decision-suspense-credit = 💵 <b>Зачислить невыясненное: { $sum }</b>
decision-bill-refund = ↩️ <b>Вернуть деньги за услугу: { $sum }</b>
decision-bill-paid = 🧾 <b>Признать услугу оплаченной: { $sum }</b>
decision-bill-unpaid = 🧾 <b>Признать услугу неоплаченной: { $sum }</b>
decision-subject = О чём: <code>{ $id }</code>
decision-own = ⚠️ Это ваш собственный счёт: владельцы получат тревогу.
decision-needs-second = 👥 Нужно ещё согласие другого владельца.
decision-no-second = ⚠️ Такая сумма требует согласия второго владельца, а его нет. Добавьте его в ADMIN_IDS или увеличьте ADMIN_DUAL_CONTROL_ABOVE.
decision-second-title = 👥 <b>Нужно ваше согласие</b>
decision-check = Это произойдёт, только если вы согласитесь. Если не уверены, спросите того, кто просит.
decision-asked-by = Просит: { $name }, { $at }
decision-agreed-by = Согласие: { $name }
decision-refused-by = Отказ: { $name }
decision-pending = ⏳ Ждёт другого владельца, не дольше 24 часов. Пока ничего не изменилось.
decision-refused = ❌ Отказано, ничего не изменилось.
decision-expired = ⌛ Никто не ответил вовремя, ничего не изменилось.
decision-list-title = 👥 <b>Ждут второго человека</b>
decision-list-none = Второго человека ничто не ждёт.
decision-toast-insufficient = ⚠️ На балансе недостаточно денег.
button-decision-agree = ✅ Согласен
button-decision-refuse = ❌ Отказать
button-decision-withdraw = ❌ Отозвать
alarm-own-credit =
    🚨 <b>Деньги на собственный баланс</b>
    { $who } · { $sum }
    Причина: { $reason }
    Спросите, всё ли верно.
