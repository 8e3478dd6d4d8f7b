# Ikkinchi kishi
decision-menu = 👥 Ikkinchi kishini kutayotganlar
decision-approve = ✅ <b>Toʻlangan deb tasdiqlash: { $sum }</b>
decision-review-credit = 💵 <b>Kelgan pulni qoʻshish: { $sum }</b>
decision-suspense-credit = 💵 <b>Egasi noaniq puldan qoʻshish: { $sum }</b>
decision-bill-refund = ↩️ <b>Toʻlov pulini qaytarish: { $sum }</b>
decision-bill-paid = 🧾 <b>Toʻlovni amalga oshgan deb belgilash: { $sum }</b>
decision-bill-unpaid = 🧾 <b>Toʻlovni amalga oshmagan deb belgilash: { $sum }</b>
decision-about-order = Toʻldirish № <code>{ $id }</code>
decision-about-bill = Toʻlov № <code>{ $id }</code>
decision-about-suspense = Egasi noaniq pul № <code>{ $id }</code>
decision-own = ⚠️ Bu oʻzingizning hisobingiz: egalarga ogohlantirish boradi.
decision-needs-second = 👥 Yana bir ega ham rozi boʻlishi kerak.
decision-changed = ⚠️ Bu orada balans oʻzgardi. Hozirgi raqamlar shunday.
decision-same = ⚠️ Xuddi shu ish yaqinda bajarilgan: { $at }, { $name }. Yana bir marta qilinsinmi?
decision-toast-changed = ⚠️ Balans oʻzgardi: yana bir qarab chiqing.
decision-no-second = ⚠️ Bunday summa yoki bir kunda shuncha koʻp pul uchun ikkinchi eganing roziligi kerak, ikkinchi ega esa yoʻq. Uni ADMIN_IDS ga qoʻshing yoki ADMIN_DUAL_CONTROL_ABOVE ni oshiring.
decision-second-title = 👥 <b>Sizning roziligingiz kerak</b>
decision-check = Bu faqat siz rozi boʻlsangiz bajariladi. Ishonchingiz komil boʻlmasa, soʻragan kishining oʻzidan soʻrang.
decision-asked-by = Soʻragan: { $name }, { $at }
decision-alone = 24 soat ichida yakka oʻzi qaror qilgan: { $people } kishiga { $sum }
decision-agreed-by = Rozi boʻlgan: { $name }
decision-refused-by = Rad etgan: { $name }
decision-pending = ⏳ Boshqa egani kutmoqda, koʻpi bilan 24 soat. Hozircha hech narsa oʻzgarmadi.
decision-refused = ❌ Rad etildi, hech narsa oʻzgarmadi.
decision-expired = ⌛ Hech kim oʻz vaqtida javob bermadi, hech narsa oʻzgarmadi.
decision-list-title = 👥 <b>Ikkinchi kishini kutayotganlar</b>
decision-list-none = Ikkinchi kishini hech narsa kutmayapti.
decision-toast-insufficient = ⚠️ Balansda pul yetarli emas.
button-decision-agree = ✅ Roziman
button-decision-refuse = ❌ Rad etish
button-decision-withdraw = ❌ Qaytarib olish
alarm-own-credit =
    🚨 <b>Oʻz balansiga pul qoʻshish</b>
    { $who } · { $sum }
    Sabab: { $reason }
own-credit-ask = Bu toʻgʻri ekanini oʻzidan soʻrang.
own-credit-yours = Buni siz qildingiz: barcha egalarga xabar boradi.

# Odamlar
people-menu = 👥 Odamlar
people-usage =
    👥 <b>Odamni topish</b>
    <code>/user 123456789</code>, <code>/user @nom</code>, <code>/user +998901234567</code> yoki <code>/user Aziz</code>: ismning bir qismi, istalgan alifboda
people-ask-who = Yoki hozir ism, raqam, telefon yoki ularning bir qismini yuboring.
people-none = Bunday odam botga yozmagan.
people-found = 👥 <b>Topildi:</b>
people-found-more = Yana bor: ismni biroz toʻliqroq yozing.
people-button-before = ◀️ Orqaga
people-button-after = Yana ▶️
people-role-viewer = 🗂 Xodim: kuzatuvchi
people-role-operator = 🗂 Xodim: operator
people-role-owner = 🗂 Xodim: ega
people-phone = 📞 { $phone }
people-payments = Oxirgi toʻlovlar:
people-no-payments = Toʻlovlar yoʻq.
people-button-credit = ➕ Qoʻshish
people-button-debit = ➖ Yechish
people-button-message = ✉️ Yozish
people-button-send = ✉️ Yuborish
people-button-history = 📋 Xodimlar amallari
people-toast-private = Iltimos, buni bot bilan shaxsiy chatda bajaring.
people-toast-staff = Xodimni faqat ega bloklashi mumkin.
people-doubtful-sum = 🤔 Summa qayerda tugaydi? Nimani nazarda tutganingizni tanlang yoki qaytadan yozing.
people-doubtful-name = ⚠️ Bu nom yoki raqam boshqa odamga oʻtgan boʻlishi mumkin. ID boʻyicha tanlang:
people-doubtful-part = 🤔 Kimni nazarda tutdingiz? Tanlang yoki biroz toʻliqroq yozing:
people-doubtful-person = 👤 { $name } · <code>{ $id }</code>. Hozir Telegramda: { $now }
people-name-none = nomsiz
people-name-unknown = javob yoʻq
people-ask-hint = Javobni xabar qilib yuboring.
people-ask-credit = ➕ <b>Qancha qoʻshilsin?</b> Soʻmda, masalan <code>50 000</code>.
people-ask-debit = ➖ <b>Qancha yechilsin?</b> Soʻmda, masalan <code>50 000</code>.
people-ask-reason = ✍️ { $sum }: sababi nima? Uni foydalanuvchi oʻqiydi.
people-ask-block = 🚫 Bu odam nima uchun bloklansin? Sababni xodimlar koʻradi.
people-block-balance = 💰 Balansida: <b>{ $available }</b>, band qilingan: { $held }. Pul oʻz joyida qoladi, lekin blok paytida uni ishlatib boʻlmaydi.
people-ask-unblock = 🔓 Bu odam nima uchun blokdan chiqarilsin? Sababni xodimlar koʻradi.
people-ask-message = ✉️ Bu odamga nima deb yozilsin?
people-bad-reason = ⚠️ Sabab 300 belgigacha boʻlgan matn boʻlishi kerak. Qaytadan yuboring.
people-bad-message = ⚠️ Xabar { $max } belgigacha boʻlgan matn boʻlishi kerak. Qaytadan yuboring.
people-message-preview = ✉️ { $name } · <code>{ $id }</code> uchun, mana shunday:
people-message-heading = ✉️ <b>Xodimlarimizdan xabar</b>
people-message-sent = ✅ Xabar yuborilmoqda.
people-history-title = 📋 <b>Xodimlar amallari</b>: { $name } · <code>{ $id }</code>
people-history-none = Hozircha hech narsa yoʻq.
people-audit-block = 🚫 Bloklandi
people-audit-unblock = 🔓 Blokdan chiqarildi
people-audit-message = ✉️ Xabar
people-thanks-phone = ✅ Rahmat, raqamingizni yozib qoʻydik.

# Bugungi raqamlar
figures-title = 📊 <b>Bugun</b>, { $date }
figures-credited = 💰 Qoʻshildi: <b>{ $sum }</b> ({ $count })
figures-bills = 🧾 Balanslardan xizmatlarga toʻlandi: <b>{ $sum }</b> ({ $count })
figures-fees = Komissiya: { $sum }
figures-users = 👛 Foydalanuvchilar balansida: <b>{ $sum }</b>
figures-reviews = 🔎 Qaror kutmoqda: tekshiruvda { $reviews }, egasi noaniq { $suspense }
figures-unclear-bills = ❓ Noaniq toʻlovlar: aniqlanmoqda { $unknown }, qaror kutmoqda { $stuck }
figures-pending = 👥 Ikkinchi kishini kutmoqda: { $count }
figures-providers = 🏦 { $states }
