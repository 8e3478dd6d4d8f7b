# Ikkinchi kishi
decision-menu = 👥 Ikkinchi kishini kutayotganlar
decision-approve = ✅ <b>Toʻlangan deb tasdiqlash: { $sum }</b>
decision-review-credit = 💵 <b>Kelgan pulni qoʻshish: { $sum }</b>
decision-suspense-credit = 💵 <b>Egasi noaniq puldan qoʻshish: { $sum }</b>
decision-bill-refund = ↩️ <b>Toʻlov pulini qaytarish: { $sum }</b>
decision-bill-paid = 🧾 <b>Toʻlovni amalga oshgan deb belgilash: { $sum }</b>
decision-bill-unpaid = 🧾 <b>Toʻlovni amalga oshmagan deb belgilash: { $sum }</b>
decision-subject = Nima haqida: <code>{ $id }</code>
decision-own = ⚠️ Bu oʻzingizning hisobingiz: egalarga ogohlantirish boradi.
decision-needs-second = 👥 Yana bir ega ham rozi boʻlishi kerak.
decision-no-second = ⚠️ Bunday summa uchun ikkinchi eganing roziligi kerak, ikkinchi ega esa yoʻq. Uni ADMIN_IDS ga qoʻshing yoki ADMIN_DUAL_CONTROL_ABOVE ni oshiring.
decision-second-title = 👥 <b>Sizning roziligingiz kerak</b>
decision-check = Bu faqat siz rozi boʻlsangiz bajariladi. Ishonchingiz komil boʻlmasa, soʻragan kishining oʻzidan soʻrang.
decision-asked-by = Soʻragan: { $name }, { $at }
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
    Bu toʻgʻri ekanini oʻzidan soʻrang.
