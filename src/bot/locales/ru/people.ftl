# Второй человек
decision-menu = 👥 Ждут второго человека
decision-approve = ✅ <b>Признать оплаченным: { $sum }</b>
decision-review-credit = 💵 <b>Зачислить поступившее: { $sum }</b>
decision-suspense-credit = 💵 <b>Зачислить невыясненный платёж: { $sum }</b>
decision-bill-refund = ↩️ <b>Вернуть деньги за услугу: { $sum }</b>
decision-bill-paid = 🧾 <b>Признать услугу оплаченной: { $sum }</b>
decision-bill-unpaid = 🧾 <b>Признать услугу неоплаченной: { $sum }</b>
decision-about-order = Пополнение № <code>{ $id }</code>
decision-about-bill = Оплата № <code>{ $id }</code>
decision-about-suspense = Невыясненный платёж № <code>{ $id }</code>
decision-own = ⚠️ Это ваш собственный счёт: владельцы получат уведомление.
decision-needs-second = 👥 Нужно ещё согласие другого владельца.
decision-changed = ⚠️ Баланс тем временем изменился. Сейчас цифры такие.
decision-same = ⚠️ То же самое недавно уже сделано: { $at }, { $name }. Точно ещё раз?
decision-toast-changed = ⚠️ Баланс изменился: посмотрите ещё раз.
decision-no-second = ⚠️ Такая сумма или столько за один день требует согласия второго владельца, а его нет. Добавьте его в ADMIN_IDS или увеличьте ADMIN_DUAL_CONTROL_ABOVE.
decision-second-title = 👥 <b>Нужно ваше согласие</b>
decision-check = Это произойдёт, только если вы согласитесь. Если не уверены, спросите того, кто просит.
decision-asked-by = Просит: { $name }, { $at }
decision-alone = За 24 часа решено единолично: { $sum }, людей: { $people }
decision-agreed-by = Согласие: { $name }
decision-refused-by = Отказ: { $name }
decision-pending = ⏳ Ждёт другого владельца, не дольше 24 часов. Пока ничего не изменилось.
decision-refused = ❌ Отказано, ничего не изменилось.
decision-expired = ⌛ Никто не ответил вовремя, ничего не изменилось.
decision-list-title = 👥 <b>Ждут второго человека</b>
decision-list-none = Второго человека ничто не ждёт.
decision-toast-insufficient = ⚠️ На балансе недостаточно денег.
button-decision-agree = ✅ Даю согласие
button-decision-refuse = ❌ Отказать
button-decision-withdraw = ❌ Отозвать
alarm-own-credit =
    🚨 <b>Деньги на собственный баланс</b>
    { $who } · { $sum }
    Причина: { $reason }
own-credit-ask = Спросите, всё ли верно.
own-credit-yours = Это сделали вы: об этом узнают все владельцы.

# Люди
people-menu = 👥 Люди
people-usage =
    👥 <b>Найти человека</b>
    <code>/user 123456789</code>, <code>/user @имя</code>, <code>/user +998901234567</code> или <code>/user Азиз</code>: часть имени, любым алфавитом
people-ask-who = Или просто отправьте сейчас имя, номер, телефон либо их часть.
people-none = Никто похожий боту не писал.
people-found = 👥 <b>Найдены:</b>
people-found-more = Есть и другие: напишите имя чуть полнее.
people-button-before = ◀️ Назад
people-button-after = Ещё ▶️
people-role-viewer = 🗂 Сотрудник: наблюдатель
people-role-operator = 🗂 Сотрудник: оператор
people-role-owner = 🗂 Сотрудник: владелец
people-phone = 📞 { $phone }
people-payments = Последние пополнения и оплаты:
people-no-payments = Платежей нет.
people-button-credit = ➕ Зачислить
people-button-debit = ➖ Списать
people-button-message = ✉️ Написать
people-button-send = ✉️ Отправить
people-button-history = 📋 Действия сотрудников
people-toast-private = Сделайте это, пожалуйста, в личном чате с ботом.
people-toast-staff = Заблокировать сотрудника может только владелец.
people-doubtful-sum = 🤔 Где кончается сумма? Выберите, что вы имели в виду, или напишите ещё раз.
people-doubtful-name = ⚠️ Это имя или номер могли перейти к другому человеку. Выберите по ID:
people-doubtful-part = 🤔 Кого вы имеете в виду? Выберите или напишите чуть полнее:
people-doubtful-person = 👤 { $name } · <code>{ $id }</code>. Сейчас в Telegram: { $now }
people-name-none = без имени
people-name-unknown = нет ответа
people-ask-hint = Отправьте ответ сообщением.
people-ask-credit = ➕ <b>Сколько зачислить?</b> В сумах, например <code>50 000</code>.
people-ask-debit = ➖ <b>Сколько списать?</b> В сумах, например <code>50 000</code>.
people-ask-reason = ✍️ { $sum }: по какой причине? Её прочитает пользователь.
people-ask-block = 🚫 За что заблокировать этого человека? Причину увидят сотрудники.
people-block-balance = 💰 На балансе: <b>{ $available }</b>, зарезервировано: { $held }. Деньги останутся там, но пользоваться ими во время блокировки нельзя.
people-ask-unblock = 🔓 Почему разблокировать этого человека? Причину увидят сотрудники.
people-ask-message = ✉️ Что написать этому человеку?
people-bad-reason = ⚠️ Причина — это текст до 300 знаков. Отправьте её ещё раз.
people-bad-message = ⚠️ Сообщение — это текст до { $max } знаков. Отправьте его ещё раз.
people-message-preview = ✉️ Для { $name } · <code>{ $id }</code>, вот так:
people-message-heading = ✉️ <b>Сообщение от наших сотрудников</b>
people-message-sent = ✅ Сообщение отправляется.
people-history-title = 📋 <b>Действия сотрудников</b>: { $name } · <code>{ $id }</code>
people-history-none = Пока ничего.
people-audit-block = 🚫 Блокировка
people-audit-unblock = 🔓 Разблокировка
people-audit-message = ✉️ Сообщение
people-thanks-phone = ✅ Спасибо, мы записали ваш номер.

# Цифры за сегодня
figures-title = 📊 <b>Сегодня</b>, { $date }
figures-credited = 💰 Зачислено: <b>{ $sum }</b> ({ $count })
figures-bills = 🧾 Услуги с балансов: <b>{ $sum }</b> ({ $count })
figures-fees = Комиссия: { $sum }
figures-users = 👛 На балансах пользователей: <b>{ $sum }</b>
figures-reviews = 🔎 Ждут решения: на проверке { $reviews }, невыясненных платежей { $suspense }
figures-unclear-bills = ❓ Неясные оплаты: выясняются { $unknown }, ждут решения { $stuck }
figures-pending = 👥 Ждут второго человека: { $count }
figures-providers = 🏦 { $states }
