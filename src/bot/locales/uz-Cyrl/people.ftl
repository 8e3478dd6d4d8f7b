# Иккинчи киши
decision-menu = 👥 Иккинчи кишини кутаётганлар
decision-approve = ✅ <b>Тўланган деб тасдиқлаш: { $sum }</b>
decision-review-credit = 💵 <b>Келган пулни қўшиш: { $sum }</b>
decision-suspense-credit = 💵 <b>Эгаси ноаниқ пулдан қўшиш: { $sum }</b>
decision-bill-refund = ↩️ <b>Тўлов пулини қайтариш: { $sum }</b>
decision-bill-paid = 🧾 <b>Тўловни амалга ошган деб белгилаш: { $sum }</b>
decision-bill-unpaid = 🧾 <b>Тўловни амалга ошмаган деб белгилаш: { $sum }</b>
decision-about-order = Тўлдириш № <code>{ $id }</code>
decision-about-bill = Тўлов № <code>{ $id }</code>
decision-about-suspense = Эгаси ноаниқ пул № <code>{ $id }</code>
decision-own = ⚠️ Бу ўзингизнинг ҳисобингиз: эгаларга огоҳлантириш боради.
decision-needs-second = 👥 Яна бир эга ҳам рози бўлиши керак.
decision-changed = ⚠️ Бу орада баланс ўзгарди. Ҳозирги рақамлар шундай.
decision-same = ⚠️ Худди шу иш яқинда бажарилган: { $at }, { $name }. Яна бир марта қилинсинми?
decision-toast-changed = ⚠️ Баланс ўзгарди: яна бир қараб чиқинг.
decision-no-second = ⚠️ Бундай сумма ёки бир кунда шунча кўп пул учун иккинчи эганинг розилиги керак, иккинчи эга эса йўқ. Уни ADMIN_IDS га қўшинг ёки ADMIN_DUAL_CONTROL_ABOVE ни оширинг.
decision-second-title = 👥 <b>Сизнинг розилигингиз керак</b>
decision-check = Бу фақат сиз рози бўлсангиз бажарилади. Ишончингиз комил бўлмаса, сўраган кишининг ўзидан сўранг.
decision-asked-by = Сўраган: { $name }, { $at }
decision-alone = 24 соат ичида якка ўзи қарор қилган: { $people } кишига { $sum }
decision-agreed-by = Рози бўлган: { $name }
decision-refused-by = Рад этган: { $name }
decision-pending = ⏳ Бошқа эгани кутмоқда, кўпи билан 24 соат. Ҳозирча ҳеч нарса ўзгармади.
decision-refused = ❌ Рад этилди, ҳеч нарса ўзгармади.
decision-expired = ⌛ Ҳеч ким ўз вақтида жавоб бермади, ҳеч нарса ўзгармади.
decision-list-title = 👥 <b>Иккинчи кишини кутаётганлар</b>
decision-list-none = Иккинчи кишини ҳеч нарса кутмаяпти.
decision-toast-insufficient = ⚠️ Балансда пул етарли эмас.
button-decision-agree = ✅ Розиман
button-decision-refuse = ❌ Рад этиш
button-decision-withdraw = ❌ Қайтариб олиш
alarm-own-credit =
    🚨 <b>Ўз балансига пул қўшиш</b>
    { $who } · { $sum }
    Сабаб: { $reason }
own-credit-ask = Бу тўғри эканини ўзидан сўранг.
own-credit-yours = Буни сиз қилдингиз: барча эгаларга хабар боради.

# Одамлар
people-menu = 👥 Одамлар
people-usage =
    👥 <b>Одамни топиш</b>
    <code>/user 123456789</code>, <code>/user @ном</code>, <code>/user +998901234567</code> ёки <code>/user Азиз</code>: исмнинг бир қисми, исталган алифбода
people-ask-who = Ёки ҳозир исм, рақам, телефон ёки уларнинг бир қисмини юборинг.
people-none = Бундай одам ботга ёзмаган.
people-found = 👥 <b>Топилди:</b>
people-found-more = Яна бор: исмни бироз тўлиқроқ ёзинг.
people-button-before = ◀️ Орқага
people-button-after = Яна ▶️
people-role-viewer = 🗂 Ходим: кузатувчи
people-role-operator = 🗂 Ходим: оператор
people-role-owner = 🗂 Ходим: эга
people-phone = 📞 { $phone }
people-payments = Охирги тўловлар:
people-no-payments = Тўловлар йўқ.
people-button-credit = ➕ Қўшиш
people-button-debit = ➖ Ечиш
people-button-message = ✉️ Ёзиш
people-button-send = ✉️ Юбориш
people-button-history = 📋 Ходимлар амаллари
people-toast-private = Илтимос, буни бот билан шахсий чатда бажаринг.
people-toast-staff = Ходимни фақат эга блоклаши мумкин.
people-doubtful-sum = 🤔 Сумма қаерда тугайди? Нимани назарда тутганингизни танланг ёки қайтадан ёзинг.
people-doubtful-name = ⚠️ Бу ном ёки рақам бошқа одамга ўтган бўлиши мумкин. ID бўйича танланг:
people-doubtful-part = 🤔 Кимни назарда тутдингиз? Танланг ёки бироз тўлиқроқ ёзинг:
people-doubtful-person = 👤 { $name } · <code>{ $id }</code>. Ҳозир Telegramда: { $now }
people-name-none = номсиз
people-name-unknown = жавоб йўқ
people-ask-hint = Жавобни хабар қилиб юборинг.
people-ask-credit = ➕ <b>Қанча қўшилсин?</b> Сўмда, масалан <code>50 000</code>.
people-ask-debit = ➖ <b>Қанча ечилсин?</b> Сўмда, масалан <code>50 000</code>.
people-ask-reason = ✍️ { $sum }: сабаби нима? Уни фойдаланувчи ўқийди.
people-ask-block = 🚫 Бу одам нима учун блоклансин? Сабабни ходимлар кўради.
people-block-balance = 💰 Балансида: <b>{ $available }</b>, банд қилинган: { $held }. Пул ўз жойида қолади, лекин блок пайтида уни ишлатиб бўлмайди.
people-ask-unblock = 🔓 Бу одам нима учун блокдан чиқарилсин? Сабабни ходимлар кўради.
people-ask-message = ✉️ Бу одамга нима деб ёзилсин?
people-bad-reason = ⚠️ Сабаб 300 белгигача бўлган матн бўлиши керак. Қайтадан юборинг.
people-bad-message = ⚠️ Хабар { $max } белгигача бўлган матн бўлиши керак. Қайтадан юборинг.
people-message-preview = ✉️ { $name } · <code>{ $id }</code> учун, мана шундай:
people-message-heading = ✉️ <b>Ходимларимиздан хабар</b>
people-message-sent = ✅ Хабар юборилмоқда.
people-history-title = 📋 <b>Ходимлар амаллари</b>: { $name } · <code>{ $id }</code>
people-history-none = Ҳозирча ҳеч нарса йўқ.
people-audit-block = 🚫 Блокланди
people-audit-unblock = 🔓 Блокдан чиқарилди
people-audit-message = ✉️ Хабар
people-thanks-phone = ✅ Раҳмат, рақамингизни ёзиб қўйдик.

# Бугунги рақамлар
figures-title = 📊 <b>Бугун</b>, { $date }
figures-credited = 💰 Қўшилди: <b>{ $sum }</b> ({ $count })
figures-bills = 🧾 Баланслардан хизматларга тўланди: <b>{ $sum }</b> ({ $count })
figures-fees = Комиссия: { $sum }
figures-users = 👛 Фойдаланувчилар балансида: <b>{ $sum }</b>
figures-reviews = 🔎 Қарор кутмоқда: текширувда { $reviews }, эгаси ноаниқ { $suspense }
figures-unclear-bills = ❓ Ноаниқ тўловлар: аниқланмоқда { $unknown }, қарор кутмоқда { $stuck }
figures-pending = 👥 Иккинчи кишини кутмоқда: { $count }
figures-providers = 🏦 { $states }
