button-topup-pay = ⚡️ { $sum } toʻldirib, toʻlash
pay-short-goes-on = ⚡️ bilan pul balansga tushishi bilan toʻlov oʻzi oʻtadi, agar jami summa oʻzgarmasa. Oʻzgarsa, sizdan soʻraymiz.
pay-waits = ⚡️ Kelishdik. Pul balansingizga tushishi bilan toʻlov oʻzi oʻtadi va sizga chek keladi.
pay-waits-not = ⚠️ Bu toʻlov oʻzi oʻtmaydi. Balansni toʻldirgach, uni oʻzingiz tasdiqlang.
waiting-asks = ⏳ <b>{ $service }</b> uchun <b>{ $sum }</b> toʻlov ({ $date }) oʻzi oʻtmadi. Pulingiz balansingizda.
waiting-because-short = Balansdagi pul hali yetmaydi.
waiting-because-changed = Jami summa siz rozi boʻlganingizdan boshqacha. Tekshirib, tasdiqlang.
waiting-because-repeated = Shu orada bu hisob toʻlanganga oʻxshaydi.
waiting-because-late = Pul bir sutkadan keyin tushdi, shuning uchun sizdan soʻrashni maʼqul koʻrdik.
waiting-because-unavailable = Hozir toʻlab boʻlmaydi. Birozdan keyin urinib koʻring.

# Har oy tekshiriladigan hisoblar
watch-button-every-month = 🔔 Har oy eslatilsin
watch-button-list = 🔔 Har oy
watch-button-day = 📅 Boshqa kun
watch-button-limit = 💰 Qaysi summadan
watch-button-paid = ✔️ Toʻlab boʻlganman
watch-button-snooze = ⏰ Uch kundan keyin
watch-button-stop = 🔕 Eslatilmasin
watch-button-all = ✅ Hammasini toʻlash
watch-button-off = 🔕 Hammasini oʻchirish
watch-button-off-yes = 🔕 Ha, oʻchirilsin
button-saved-back = ⭐ Saqlangan hisoblar
watch-title = 🔔 <b>{ $name }</b>
watch-choose-day = Qarz bor-yoʻqligini oyning qaysi kuni tekshiraylik? Faqat qarz boʻlsa, ertalab yozamiz.
watch-choose-limit = Qarz qaysi summadan boshlab boʻlsa yozaylik?
watch-day = { $day }-kuni
watch-last-day = oxirgi kuni
watch-any-debt = har qanday qarz
watch-from = { $sum }dan boshlab
watch-is = Bu hisobni har oy tekshiramiz: <b>{ $day }</b>, <b>{ $limit }</b>. Qarz boʻlsa, ertalab yozamiz; kechasi hech qachon yozmaymiz.
watch-unknown-sign = ℹ️ Bu xizmatda qoldiq nimani bildirishi hali maʼlum emas, shuning uchun qarzni ayta olmaymiz.
watch-cannot = Bu xizmat qarz haqida maʼlumot bermaydi, shuning uchun eslatadigan narsa yoʻq.
watch-none = 🔔 Hali hech bir hisob tekshirilmayapti. Saqlangan hisoblardan birini tanlab, «🔔 Har oy eslatilsin»ni bosing.
watch-list = 🔔 <b>Bu hisoblarni har oy tekshiramiz</b>
watch-due-title = 🔔 <b>Shu oy toʻlanadiganlar</b>
watch-due-line = • { $name } — <b>{ $sum }</b>
watch-due-missed = • { $name } — xizmat javob bermadi, oʻzingiz tekshirib koʻring
watch-due-order = Ular toʻlash tartibida turibdi: chiqindi va uy-joy toʻlovlari elektr toʻlovini toʻxtatib turadi.
watch-all-title = ❓ <b>Tekshirib, tasdiqlang: har biri alohida toʻlov</b>
watch-all-line = • { $name }: <b>{ $sum }</b>
watch-all-line-fee = • { $name }: <b>{ $sum }</b>, komissiya { $fee }
watch-paid-title = 🧾 <b>Toʻlovlar natijasi</b>
watch-paid-paid = ✅ { $name }: { $sum } toʻlandi
watch-paid-unclear = 🔎 { $name }: { $sum } aniqlanmoqda, qayta toʻlamang
watch-paid-not = ❌ { $name }: { $sum } toʻlanmadi, pul yechilmadi
watch-nothing-due = ✅ Toʻlanadigan hech narsa qolmadi.
watch-off-question = Hammasi oʻchirilsinmi? Hisoblar tekshirilmaydi va hech bir toʻlov oʻzi oʻtmaydi. Saqlangan hisoblar qoladi.
watch-off-done = 🔕 Hammasi oʻchirildi. Istalgan saqlangan hisobda qayta yoqishingiz mumkin.
watch-toast-on = 🔔 Eslatamiz.
watch-toast-paid = ✔️ Yaxshi. Keyingi oy yana tekshiramiz.
watch-toast-snoozed = ⏰ Uch kundan keyin yana tekshiramiz.
watch-toast-stopped = 🔕 Endi bu haqda eslatmaymiz.
quota-watch_look = ⏳ Soʻnggi paytda koʻp hisobingiz tekshirildi. { $time } dan davom etamiz.
quota-watch_all = ⏳ Soʻnggi paytda koʻp hisob tekshirildi. { $time } dan davom etamiz.

# Oʻzi toʻlanadigan hisoblar
auto-button-on = ⚡️ Oʻzi toʻlansin
auto-button-off = ⏹ Oʻzi toʻlanmasin
auto-button-cap = { $sum }gacha
auto-button-skip = ⏭ Bu oy toʻlanmasin
auto-title = ⚡️ <b>{ $name }: oʻzi toʻlansin</b>
auto-what =
    Har oy ({ $day }) qarz balansingizdan bir marta toʻlanadi. Bir kun oldin summani aytamiz, bir bosishda oʻtkazib yuborishingiz mumkin. Toʻlovdan keyin chek keladi.
    Siz belgilagan chegaradan ortiq hech narsa toʻlanmaydi; hisobning egasi yoki manzili oʻzgargan boʻlsa ham toʻlanmaydi. Kartadan oʻzi hech narsa yechilmaydi.
    Komissiya bilan oyiga qaysi summagacha?
auto-is = ⚡️ Balansdan oʻzi toʻlanadi: <b>{ $day }</b>, oyiga <b>{ $cap }</b>gacha. Bir kun oldin aytamiz.
auto-notice = ⚡️ { $date } kuni balansingizdan <b>{ $name }</b> toʻlanadi: taxminan <b>{ $sum }</b>.
auto-notice-short = ⚠️ Balansda <b>{ $missing }</b> yetmayapti.
auto-over-skipped = ⏭ <b>{ $name }</b> bu oy toʻlanmaydi.
auto-over-nothing_owed = ✅ <b>{ $name }</b>: qarz qolmagan, shuning uchun hech narsa toʻlanmadi.
auto-over-paid_otherwise = ℹ️ <b>{ $name }</b>: yaqinda u uchun toʻlov qilingan, shuning uchun oʻzi toʻlanmadi. Qarz qolgan-qolmaganini tekshirib koʻring.
auto-over-above_cap = ⚠️ <b>{ $name }</b> oʻzi toʻlanmadi: qarz siz belgilagan chegaradan ortiq.
auto-over-short = ⚠️ <b>{ $name }</b> oʻzi toʻlanmadi: balansda <b>{ $missing }</b> yetmayapti. Pul yechilmadi.
auto-over-refused = ❌ <b>{ $name }</b> oʻzi toʻlanmadi: toʻlov oʻtmadi. Pul yechilmadi.
auto-over-late = ❌ <b>{ $name }</b> oʻzi toʻlanmadi: toʻlash mumkinmi-yoʻqmi, vaqtida aniqlanmadi. Pul yechilmadi.
auto-over-untold = ℹ️ <b>{ $name }</b> oʻzi toʻlanmadi: bir kun oldingi xabarimiz sizga yetib bormadi. Pul yechilmadi.
auto-over-unknown_sign = ⚠️ <b>{ $name }</b> oʻzi toʻlanmadi: xizmatdagi qoldiq nimani bildirishi endi maʼlum emas.
auto-over-other_owner = ⚠️ <b>{ $name }</b> oʻzi toʻlanmadi: hisobning egasi yoki manzili boshqa. Tekshirib koʻring.
auto-is-off = ⏹ Endi oʻzi toʻlanmaydi. ⚙️ orqali qayta yoqishingiz mumkin.
auto-toast-agreed = ⚡️ Kelishdik. Bir kun oldin aytamiz.
auto-toast-not_watched = Avval kunini tanlang.
auto-toast-unknown_sign = Bu xizmatda qoldiq nimani bildirishi hali maʼlum emas, shuning uchun oʻzi toʻlana olmaydi.
auto-toast-no_answer = 😔 Xizmat hozir javob bermayapti. Keyinroq urinib koʻring.
auto-toast-off = ⏹ Endi oʻzi toʻlanmaydi.
auto-toast-skipped = ⏭ Bu oy toʻlanmaydi.
auto-toast-too-late = Endi oʻtkazib yuborib boʻlmaydi.

# Egalar uchun
float-watched = 🔔 Har oy tekshiriladi: { $people } kishining { $accounts } ta hisobi
float-auto = ⚡️ Oʻzi toʻlanadi: { $accounts } ta hisob; 30 kunda { $paid } tasi toʻlandi ({ $sum }), { $failed } tasi toʻlanmadi
float-auto-needs = ⚡️ Ertangi kun oxirigacha kartada { $needed } kerak
float-auto-short = ⚠️ Ertangi kun oxirigacha kartada <b>{ $needed }</b> kerak, undagi pul esa kam: siz toʻldirganingizni yozmaguningizcha ular kutadi
