# Иккинчи киши
decision-menu = 👥 Иккинчи кишини кутаётганлар
decision-approve = ✅ <b>Тўланган деб тасдиқлаш: { $sum }</b>
decision-review-credit = 💵 <b>Келган пулни қўшиш: { $sum }</b>
decision-suspense-credit = 💵 <b>Эгаси ноаниқ пулдан қўшиш: { $sum }</b>
decision-bill-refund = ↩️ <b>Тўлов пулини қайтариш: { $sum }</b>
decision-bill-paid = 🧾 <b>Тўловни амалга ошган деб белгилаш: { $sum }</b>
decision-bill-unpaid = 🧾 <b>Тўловни амалга ошмаган деб белгилаш: { $sum }</b>
decision-subject = Нима ҳақида: <code>{ $id }</code>
decision-own = ⚠️ Бу ўзингизнинг ҳисобингиз: эгаларга огоҳлантириш боради.
decision-needs-second = 👥 Яна бир эга ҳам рози бўлиши керак.
decision-no-second = ⚠️ Бундай сумма учун иккинчи эганинг розилиги керак, иккинчи эга эса йўқ. Уни ADMIN_IDS га қўшинг ёки ADMIN_DUAL_CONTROL_ABOVE ни оширинг.
decision-second-title = 👥 <b>Сизнинг розилигингиз керак</b>
decision-check = Бу фақат сиз рози бўлсангиз бажарилади. Ишончингиз комил бўлмаса, сўраган кишининг ўзидан сўранг.
decision-asked-by = Сўраган: { $name }, { $at }
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
    Бу тўғри эканини ўзидан сўранг.
