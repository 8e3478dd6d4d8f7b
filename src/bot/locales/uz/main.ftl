# Til
language-name = 🇺🇿 Oʻzbekcha
language-choose = 🇺🇿 Tilni tanlang
language-chosen = ✅ Til tanlandi: { $language }
bot-description = Balansni karta, Click yoki Payme orqali tez va ishonchli toʻldirish.

# Umumiy
money = { $amount }{ "\u00A0" }soʻm
blocked = 🚫 Siz uchun xizmat toʻxtatilgan. Savolingiz boʻlsa, qoʻllab-quvvatlash xizmatiga murojaat qiling.
apology = 😔 Kechirasiz, kutilmagan xatolik yuz berdi. Iltimos, birozdan keyin qayta urinib koʻring. Pulingiz xavfsiz.
slow-down = ⏳ Juda tez boʻldi: bosishlarning bir qismi oʻtkazib yuborildi. Yarim daqiqa kutib, qayta urinib koʻring. Boshlangan toʻlovlar odatdagidek davom etmoqda.
unknown-command = 🤔 Bunday buyruq yoʻq. Quyidagi menyudan foydalaning.
unknown-text = 🤔 Tushunmadim. Kerakli boʻlimni quyidagi menyudan tanlang.
sum-typed = 🤔 Balansni { $sum }ga toʻldiramizmi?
button-topup-sum = 💰 { $sum }ga toʻldirish
phone-typed = 🤔 <b>{ $phone }</b> uchun toʻlaymizmi?
unknown-media = 🤔 Rasm, fayl va ovozli xabarlarni oʻqiy olmayman. Chek yuborgan boʻlsangiz, tashvishlanmang: toʻlov aniq summasi boʻyicha oʻzi topiladi. Uni tezroq tekshirish uchun toʻlov ostidagi «✅ Toʻlovni tekshirish» tugmasini bosing.
forwarded-command = 🤔 Bu boshqa joydan uzatilgan xabar. Buyruq faqat oʻzingiz yozganingizda ishlaydi.
cancel-left = Bekor qilindi. Bosh menyudasiz.
cancel-nothing = Hozir bekor qilinadigan narsa yoʻq. Bosh menyudasiz.

# Bosh menyu
menu-topup = 💰 Balans toʻldirish
menu-cabinet = 👤 Shaxsiy kabinet
menu-history = 📜 Toʻlovlar tarixi
menu-language = 🌐 Til
menu-help = ❓ Yordam
welcome-title = Assalomu alaykum, <b>{ $name }</b>!
welcome-hint = Kerakli boʻlimni quyidagi menyudan tanlang 👇
cabinet-title = 👤 <b>Shaxsiy kabinet</b>
cabinet-person = { $name } · ID: <code>{ $id }</code>
balance-available = 💰 Balans: <b>{ $sum }</b>
balance-held = 🔒 Band qilingan: { $sum }
balance-review = 🔎 Tekshirilmoqda: { $sum } — xodimlarimiz koʻrib chiqmoqda
help =
    ❓ <b>Yordam</b>

    <b>Balansni qanday toʻldiraman?</b>
    1. «💰 Balans toʻldirish» tugmasini bosing.
    2. Toʻlov usuli va summani tanlang.
    3. Koʻrsatilgan summani aynan oʻsha miqdorda toʻlang.
    Pul kelishi bilan balansingiz avtomatik toʻldiriladi va sizga xabar keladi.

    <b>Toʻladim, lekin pul tushmadi?</b>
    «📜 Toʻlovlar tarixi»ga kirib, «➕ Toʻldirishlar»ni oching, toʻlovni tanlang va «✅ Toʻlovni tekshirish» tugmasini bosing. Toʻlov kechikib kelsa ham, balansga oʻtkaziladi. Boshqa summa oʻtkazgan boʻlsangiz, toʻlovni xodimimiz koʻrib chiqadi.
help-commands =
    <b>Buyruqlar</b>
    /topup — balansni toʻldirish
    /balance — balans
    /history — toʻlovlar tarixi
    /language — tilni oʻzgartirish
    /cancel — boshlangan amalni bekor qilish

# Tugmalar
button-menu = 🏠 Bosh menyu
button-back = ⬅️ Orqaga
button-other-way = 🔁 Boshqa usul
button-once-more = 🔁 Yana urinish: { $sum }
button-pay = 💳 Toʻlash
button-check = ✅ Toʻlovni tekshirish
button-cancel-order = ❌ Bekor qilish
button-cancel-yes = ❌ Ha, bekor qilinsin
button-cancel-no = ⬅️ Yoʻq, orqaga
button-copy-sum = 📋 Summani nusxalash
button-copy-card = 📋 Kartani nusxalash
button-refresh = 🔄 Yangilash
button-receipt = 🧾 Chek
button-newer = ◀️ Yangiroq
button-older = Eskiroq ▶️
button-confirm = ✅ Tasdiqlash
button-drop = ❌ Bekor qilish
button-block = 🚫 Bloklash
button-unblock = 🔓 Blokdan chiqarish
button-to-user = 👤 Foydalanuvchi
button-owner-details = 🔎 Batafsil
button-owner-check = 🔄 Hozir tekshirish
button-owner-ask_approve = ✅ Toʻlangan deb tasdiqlash
button-owner-ask_credit = ✅ Balansga oʻtkazish
button-owner-ask_refuse = ❌ Rad etish
button-owner-refuse = ❌ Ha, rad etilsin

# Balans toʻldirish
providers-title = 💰 <b>Balansni toʻldirish</b>
    Toʻlov usulini tanlang:
providers-none = 😔 Hozir toʻlov usullari mavjud emas. Iltimos, keyinroq urinib koʻring.
ways-line = • <b>{ $title }</b> — { $min }dan { $max }gacha
way-transfer = Kartaga oʻtkazma
ways-no-other = 🤔 Hozir bu summa uchun boshqa usul yoʻq.
providers-paused = ⏸ vaqtincha toʻxtatilgan
providers-troubled = ⚠️ hozir uzilishlar boʻlishi mumkin
sum-title = 💰 <b>{ $title }</b>: qancha summaga toʻldirasiz?
sum-limits = Kamida { $min }, koʻpi bilan { $max }.
sum-hint = Tugmani bosing yoki summani yozib yuboring, masalan: <code>50 000</code> yoki <code>50 ming</code>.
sum-not-understood = 🤔 Summani tushunmadim. Masalan: <code>50 000</code> yoki <code>50 ming</code>.
sum-is-card = 🔒 Bu karta raqamiga oʻxshaydi, shuning uchun xabaringiz oʻchirildi: balansni toʻldirish uchun u kerak emas. Summani yozing.
sum-not-whole = ⚠️ Summani tiyinsiz, butun soʻmda yozing.
sum-out-of-limits = ⚠️ Summa { $min }dan { $max }gacha boʻlishi kerak.
topup-preparing = ⏳ Toʻldirish tayyorlanmoqda, biroz kuting…
topup-too-many = ⚠️ Sizda ochiq toʻldirishlar juda koʻp. Avval ulardan birini toʻlang yoki bekor qiling.
topup-live = ℹ️ Sizda { $provider } orqali ochiq toʻldirish bor. Avval uni toʻlang yoki bekor qiling.
topup-live-other = ℹ️ Sizda { $provider } orqali { $sum }lik ochiq toʻldirish bor. Boshqa summa kerak boʻlsa, avval uni bekor qiling.
topup-paused = ⏸ Bu usul vaqtincha toʻxtatilgan. Iltimos, boshqa usulni tanlang.
topup-absent = ⏸ Bu usul endi mavjud emas. Iltimos, boshqa usulni tanlang.
topup-busy = ⚠️ Shu summa atrofidagi barcha summalar hozir band. Boshqa summa kiriting yoki birozdan keyin urinib koʻring.

# Buyurtma
order-title = { $icon } <b>Toʻldirish № { $id }</b> · { $provider }
order-moved = ⬇️ № { $id } toʻldirish pastdagi xabarda.
order-exact-sum = 💰 Toʻlanadigan aniq summa: <b>{ $sum }</b> (<code>{ $plain }</code>)
order-sum = 💰 Summa: <b>{ $sum }</b>
order-odd-sum = ℹ️ Toʻlovingizni tanib olish uchun { $more } qoʻshildi. Hammasi balansingizga tushadi.
order-card = 💳 Karta: <code>{ $card }</code>
order-holder = 👤 Karta egasi: { $holder }
order-method = 📱 Usul: { $method }
order-deadline = ⏰ Soat <b>{ $time }</b> gacha toʻlang ({ $left })
order-deadline-clock = Toshkent vaqti
order-how-page = «💳 Toʻlash» tugmasini bosib toʻlang. Pul kelishi bilan balansingiz avtomatik toʻldiriladi.
order-how-transfer = Istalgan bank ilovasi orqali shu kartaga pul oʻtkazing. Pul kelishi bilan balansingiz avtomatik toʻldiriladi.
order-exact-warning = ⚠️ <b>Aynan shu summani oʻtkazing.</b> Boshqa summa oʻtkazsangiz, pul avtomatik tushmaydi.
order-state = Holati: <b>{ $state }</b>
order-received = 💵 Kelgan summa: <b>{ $sum }</b>
order-date = 📅 { $date }
order-after-paid = Pul balansingizga tushdi. Rahmat!
order-after-expired = Endi bu toʻldirish uchun pul oʻtkazmang. Agar oʻtkazib boʻlgan boʻlsangiz, xavotir olmang: pul kelsa, balansingizga avtomatik tushadi.
order-after-cancelled = Bu toʻldirish uchun pul oʻtkazmang. Agar oʻtkazib boʻlgan boʻlsangiz, xavotir olmang: pul kelsa, balansingizga avtomatik tushadi.
order-after-failed = Toʻldirish amalga oshmadi. Qaytadan yoki boshqa usul bilan urinib koʻring.
order-after-review = Kelgan summa kutilgan summadan farq qiladi. Toʻlovni xodimimiz koʻrib chiqmoqda, natijasini xabar qilamiz.
order-after-review-same = Bu toʻlov uchun pul kelgani haqida xabar bor. Pul aynan oʻz egasiga tushishi uchun xodimimiz tekshirmoqda, natijasini xabar qilamiz.
order-after-refused = Pul balansga oʻtkazilmadi. Savolingiz boʻlsa, qoʻllab-quvvatlash xizmatiga murojaat qiling.
order-cancel-question = { $sum }lik toʻldirish rostdan ham bekor qilinsinmi?

    ⚠️ Agar pulni allaqachon oʻtkazgan boʻlsangiz, bekor qilmang va biroz kuting.
state-creating = tayyorlanmoqda
state-waiting = toʻlov kutilmoqda
state-paid = toʻlangan
state-expired = muddati oʻtgan
state-cancelled = bekor qilindi
state-failed = amalga oshmadi
state-review = tekshirilmoqda
state-refused = rad etildi

# Tarix
history-title = 📜 <b>Toʻlovlar tarixi</b>
history-empty = Hali toʻlovlar yoʻq. Birinchisini hozir qilishingiz mumkin.
history-hint = Batafsil koʻrish uchun toʻlovni tanlang.

# The statement: what came and went, with the balance after each
statement-title = 📒 <b>Pulingiz harakati</b>
statement-empty = Balansingizga hali pul tushmagan va undan pul chiqmagan. Boshlagan toʻlovlaringiz quyidagi tugmalarda.
statement-none = Bunday amallar hali yoʻq.
button-topups = ➕ Toʻldirishlar
statement-topup = Balans toʻldirildi
statement-taken-back = Toʻlov tizimi pulni qaytarib oldi
statement-bill = Toʻlov
statement-bill-returned = Toʻlov amalga oshmadi, pul qaytarildi
statement-bill-refunded = Toʻlov puli qaytarildi
statement-credit = Xodimimiz qoʻshdi
statement-debit = Xodimimiz yechdi
statement-correction = Tuzatish
statement-all = Hammasi
statement-in = ➕ Kirim
statement-out = ➖ Chiqim
statement-line = { $number }. <b>{ $sum }</b> · { $what }
statement-after = { $at } · balans { $balance }

# More often than people do, and when it goes on
quota-open_order = ⏳ Soʻnggi vaqtda koʻp toʻldirish ochdingiz. Yangisini { $time } dan boshlab ochish mumkin. Ochiq toʻldirishlar odatdagidek davom etadi.
quota-sums_near = ⏳ Bu summadan bir necha marta foydalandingiz. Boshqa summa kiriting yoki shu summani { $time } dan keyin tanlang.
quota-check_order = ⏳ Siz koʻp marta tekshirdingiz. Tugma { $time } dan boshlab yana ishlaydi, ungacha oʻzimiz tekshirib turamiz.
quota-cancel_order = ⏳ Soʻnggi vaqtda koʻp toʻldirishni bekor qildingiz. Toʻlamasangiz, bunisi oʻzi yopiladi; tugma { $time } dan boshlab yana ishlaydi.
quota-account_info = ⏳ Qisqa vaqtda koʻp hisobni koʻrdingiz. { $time } dan boshlab davom etishingiz mumkin.
quota-link_card = ⏳ Bugun bir necha marta karta qoʻshishni boshladingiz. Keyingisini { $time } dan boshlab qoʻshish mumkin.
quota-card_link = 🔒 Bu kartani bugun juda koʻp qoʻshishga urinishdi. Karta xavfsiz boʻlishi uchun uni { $time } dan boshlab qoʻshish mumkin.
quota-card_code = 🔒 Bu karta uchun kod bir necha marta notoʻgʻri kiritildi. Karta xavfsizligi uchun keyingi kodni { $time } dan boshlab kiritish mumkin. Sizdan pul yechilmadi.
quota-new_code = ⏳ Soʻnggi vaqtda koʻp kod soʻradingiz. Keyingisini { $time } dan boshlab soʻrash mumkin. Sizdan pul yechilmadi.
quota-pay_bill = ⏳ Qisqa vaqtda koʻp toʻlov qildingiz. Keyingisini { $time } dan boshlab qilish mumkin. Sizdan pul yechilmadi.

# Qisqa javoblar
toast-old = Bu tugma eskirgan. Bosh menyudan qayta boshlang.
toast-too-soon = ⏳ Hozirgina tekshirildi. Bir necha soniyadan keyin qayta bosing.
toast-still-waiting = ⏳ Toʻlov hali kelmadi. Kelishi bilan xabar beramiz.
toast-paid = ✅ Toʻlov qabul qilindi!
toast-review = 🔎 Toʻlovni xodimimiz koʻrib chiqmoqda.
toast-over = Bu toʻldirish yakunlangan.
toast-check-silence = ⚠️ Toʻlov tizimi hozir javob bermayapti. Tekshirishda davom etamiz, xavotir olmang.
toast-check-fault = ⚠️ Toʻlov tizimida nosozlik bor. Tekshirishda davom etamiz, pul kelishi bilan xabar beramiz.
toast-check-maintenance = 🛠 Toʻlov tizimida texnik ishlar olib borilmoqda. Ular tugagach, oʻzimiz tekshiramiz va xabar beramiz.
toast-check-busy = ⏳ Hozir soʻrovlar koʻp. Bir necha daqiqa ichida oʻzimiz tekshiramiz va xabar beramiz.
toast-check-unknown = 🔎 Toʻlov tizimi bu toʻlovni hali koʻrmayapti. Toʻlagan boʻlsangiz, biroz kuting: oʻzimiz tekshirib turamiz.
toast-check-unreadable = 🔎 Toʻlov tizimi pul kelganini aytyapti, lekin summasi aniq emas. Xodimimiz tekshirib, sizga xabar beradi.
toast-check-trouble = ⚠️ Bu toʻlovni hozir tekshirib boʻlmadi, buni bilamiz va tuzatyapmiz. Toʻlagan boʻlsangiz, pulingiz yoʻqolmaydi.
toast-cancelled = ❌ Toʻldirish bekor qilindi.
toast-owner-checked = Tekshirildi.
toast-owner-done = ✅ Bajarildi.
toast-owner-decided = Bu boʻyicha qaror avval qabul qilingan.
toast-owner-not-blocked = Egani bloklab boʻlmaydi.

# Buyruqlar roʻyxati
command-start = Bosh menyu
command-topup = Balansni toʻldirish
command-balance = Balans
command-history = Toʻlovlar tarixi
command-language = Tilni oʻzgartirish
command-help = Yordam
command-cancel = Boshlangan amalni bekor qilish
owner-command-user = Foydalanuvchi: ID yoki @nom
owner-command-credit = Balansga qoʻshish: foydalanuvchi summa sabab
owner-command-debit = Balansdan yechish: foydalanuvchi summa sabab
owner-command-orders = Ochiq toʻldirishlar
owner-command-order = Toʻldirish: ID

# Toʻlov tizimidagi muammolar: foydalanuvchiga
problem-wrong_keys = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-shop_inactive = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-monthly_fee_unpaid = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-account_not_linked = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-card_not_linked = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-subscription_ended = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-ip_not_whitelisted = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-callback_not_whitelisted = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-website_not_whitelisted = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-amount_too_low = ⚠️ Bu usul uchun summa juda kichik. Kattaroq summa bilan urinib koʻring. Sizdan pul yechilmadi.
problem-amount_too_high = ⚠️ Bu usul uchun summa juda katta. Kichikroq summa yoki boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-missing_parameters = 😔 Toʻlovni ochib boʻlmadi. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-card_or_sum_refused = 😔 Toʻlovni ochib boʻlmadi. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-order_code_taken = 😔 Toʻlovni ochib boʻlmadi. Qayta urinib koʻring. Sizdan pul yechilmadi.
problem-unknown_order = 😔 Toʻlov tizimi bu toʻlovni topa olmadi. Qayta urinib koʻring. Sizdan pul yechilmadi.
problem-rate_limited = ⏳ Toʻlov tizimi hozir band. Bir necha daqiqadan keyin urinib koʻring yoki boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-maintenance = 🛠 Toʻlov tizimida texnik ishlar olib borilmoqda. Boshqa usulni tanlang yoki keyinroq urinib koʻring. Sizdan pul yechilmadi.
problem-server_error = 😔 Toʻlov tizimida nosozlik. Boshqa usulni tanlang yoki keyinroq urinib koʻring. Sizdan pul yechilmadi.
problem-bad_answer = 😔 Toʻlov tizimida nosozlik. Boshqa usulni tanlang yoki keyinroq urinib koʻring. Sizdan pul yechilmadi.
problem-timeout = 😔 Toʻlov tizimi javob bermadi. Qayta urinib koʻring yoki boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-network = 😔 Toʻlov tizimi bilan aloqa yoʻq. Qayta urinib koʻring yoki boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-budget_spent = ⏳ Bu usulda hozir soʻrovlar koʻp. Bir necha daqiqadan keyin urinib koʻring yoki boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-busy_here = ⏳ Bu toʻlov tizimi hozir sekin ishlayapti va navbat uzun. Birozdan keyin urinib koʻring yoki boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-share_spent = ⏳ Oxirgi bir soatda bu usuldan juda koʻp foydalandingiz. Boshqa usulni tanlang yoki bunisiga birozdan keyin qayting. Sizdan pul yechilmadi.
problem-refused = 😔 Toʻlov tizimi toʻlovni ochmadi. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-unreadable_payment = 🔎 Toʻlov tizimi toʻlov kelganini bildirdi, lekin summasi aniqlanmadi. Xodimimiz tekshirib, sizga xabar beradi.

# Foydalanuvchiga xabarlar
message-paid = ✅ <b>{ $sum }</b> balansingizga tushdi! (№ { $id })
message-paid-expired = Toʻlov muddatidan keyin keldi, lekin qabul qilindi.
message-paid-cancelled = Pul siz toʻldirishni bekor qilganingizdan keyin keldi, lekin qabul qildik.
message-paid-closed = Toʻldirish yopilgan edi, lekin pul keldi va qabul qildik.
message-bill-paid = ✅ Toʻlandi: <b>{ $sum }</b> — { $service } (№ { $id })
message-bill-failed = ❌ Toʻlanmadi: <b>{ $sum }</b> — { $service } (№ { $id })
message-bill-back = 💰 Pulning hammasi balansingizga qaytdi.
message-bill-unclear = 🔎 <b>{ $sum }</b> — { $service } (№ { $id }): toʻlov xizmati hali aniq javob bermadi. Natijasi kelguncha qaytadan toʻlamang, oʻzimiz xabar qilamiz.
message-bill-handed-over = 👤 <b>{ $sum }</b> — { $service } (№ { $id }): toʻlovni endi xodimimiz aniqlayapti. Natijasi kelguncha qaytadan toʻlamang, albatta xabar qilamiz.
message-balance = 💰 Balansingiz: <b>{ $sum }</b>
message-review = 🔎 № { $id } toʻldirish boʻyicha <b>{ $paid }</b> keldi, kutilgan summa esa { $sum } edi. Xodimimiz koʻrib chiqadi va sizga xabar beramiz.
message-review-same = 🔎 № { $id } toʻldirish boʻyicha <b>{ $paid }</b> keldi. Pul aynan oʻz egasiga tushishi uchun xodimimiz tekshiradi va sizga xabar beramiz.
message-refused = ❌ № { $id } toʻldirish boʻyicha kelgan { $paid } balansga oʻtkazilmadi. Pulni qaytarish boʻyicha qoʻllab-quvvatlash xizmatiga murojaat qiling.
message-same = ✅ № { $id } toʻldirish boʻyicha { $paid } keldi. Bu pulni xodimlarimiz { $date } da balansingizga oʻtkazib boʻlgan, shuning uchun ikkinchi marta qoʻshilmadi.
message-same-rest = Qolgan <b>{ $rest }</b> hozir qoʻshildi.
message-interrupted = 😔 № { $id } toʻldirishni ({ $provider }) ochib boʻlmadi. Sizdan pul yechilmadi. Iltimos, qayta urinib koʻring.
message-credited = ➕ Balansingizga <b>{ $sum }</b> qoʻshildi.
message-debited = ➖ Balansingizdan <b>{ $sum }</b> yechildi.
message-reason = Sabab: { $reason }

# Egalar uchun
owner-usage-credit = Foydalanish: <code>/credit 123456789 50000 sabab</code>
    Foydalanuvchi — ID yoki @nom; summa soʻmda: <code>50 000</code>, <code>50k</code>, <code>1,5 mln</code>, <code>50 001,50</code>; keyin sabab, uni foydalanuvchi oʻqiydi.
owner-usage-debit = Foydalanish: <code>/debit 123456789 50000 sabab</code>
    Foydalanuvchi — ID yoki @nom; summa soʻmda: <code>50 000</code>, <code>50k</code>, <code>1,5 mln</code>, <code>50 001,50</code>; keyin sabab, uni foydalanuvchi oʻqiydi.
owner-no-user = Bunday foydalanuvchi topilmadi. U avval botga yozgan boʻlishi kerak.
owner-user-title = 👤 <b>{ $name }</b> · <code>{ $id }</code>
owner-user-balance = 💰 Balans: <b>{ $available }</b>, band qilingan: { $held }
owner-user-language = 🌐 Til: { $language }
owner-user-dates = 📅 Birinchi marta: { $created }, oxirgi marta: { $seen }
owner-user-blocked = 🚫 Bloklangan: { $at }
owner-user-unreachable = 🔕 Botni oʻzi bloklagan
owner-money-credit = ➕ <b>Balansga qoʻshish: { $sum }</b>
owner-money-debit = ➖ <b>Balansdan yechish: { $sum }</b>
owner-money-user = 👤 { $name } · <code>{ $id }</code>
owner-money-reason = Sabab: { $reason }
owner-money-figures = Balans: { $before } → <b>{ $after }</b>
owner-money-sure = Tasdiqlaysizmi?
owner-money-done = ✅ Bajarildi.
owner-money-dropped = ❌ Bekor qilindi, hech narsa oʻzgarmadi.
owner-money-too-much = ⚠️ Yechib boʻlmaydi: balansda { $available }, soʻralgan summa { $sum }.
owner-order-sums = Soʻralgan: { $base }, toʻlanishi kerak: <b>{ $amount }</b>, kelgan: <b>{ $paid }</b>
owner-order-dates = 📅 Ochilgan: { $created }, muddati: { $expires }
owner-order-provider-order = Toʻlov tizimidagi ID: <code>{ $id }</code>
owner-order-reason = Sabab: { $reason }
owner-order-problem = Oxirgi muammo: { $problem }
owner-order-checks = Tekshiruvlar: { $count }, oxirgisi: { $last }
owner-order-history = <b>Tarix</b>
owner-order-history-line = { $date } · { $to } · { $cause }
owner-ask-refuse = Kelgan <b>{ $paid }</b> rad etilsinmi? Pul balansga tushmaydi, uni oʻzingiz qaytarishingiz kerak. Kutilgan summa: { $sum }.
owner-review =
    🔎 <b>Boshqa summa keldi</b>
    № { $id } · { $provider } · { $date }
    Kutilgan: { $sum }
    Kelgan: <b>{ $paid }</b>
owner-review-same =
    🔎 <b>Oʻsha summa ikkinchi marta keldi</b>
    № { $id } · { $provider } · { $date }
    Kelgan: <b>{ $paid }</b>

# Egalar uchun ogohlantirishlar
alarm-provider = 🚨 <b>{ $provider }</b>
alarm-times = Oxirgi xabardan beri { $times } marta.
alarm-unreadable-payment = 🚨 <b>{ $provider }</b>: № { $id } toʻlangan deyilgan, lekin summasi yoki raqami oʻqilmadi. Hech narsa hisobga oʻtkazilmadi. Toʻlov tizimi kabinetidan tekshirib, qaror qiling.
alarm-unknown-word = ⚠️ <b>{ $provider }</b> № { $id } holatini hujjatida yoʻq soʻz bilan atadi. Toʻldirish kuzatilishda davom etadi. Bu soʻz nimani bildirishini aniqlang:
alarm-unknown-word-paid = 🚨 <b>{ $provider }</b> № { $id } holatini hujjatida yoʻq soʻz bilan atadi, lekin u «toʻlangan»ga oʻxshaydi. Hech narsa hisobga oʻtkazilmadi. Toʻlov tizimi kabinetidan tekshirib, qaror qiling. Soʻzning oʻzi:
alarm-unknown-word-settled = 🚨 № { $id } toʻldirish boʻyicha pul kelgan edi, endi esa <b>{ $provider }</b> uning holatini hujjatida yoʻq soʻz bilan atayapti. Pul toʻlovchiga qaytgan boʻlishi mumkin. Toʻlov tizimi kabinetidan tekshiring; pul u yerda boʻlmasa, summani balansdan yeching. Soʻzning oʻzi:
alarm-paid-unopened = 🚨 <b>{ $provider }</b> № { $id } toʻlanganini bildirdi, lekin u ochilayotganda javob kelmagan, shuning uchun holatini soʻrab boʻlmaydi. Hech narsa hisobga oʻtkazilmadi. Toʻlov tizimi kabinetidan tekshirib, qaror qiling.
alarm-books-broken = 🚨 <b>Hisob-kitobda nomuvofiqlik topildi.</b> Sababi aniqlanmaguncha qoʻlda amal bajarmang. Bazadan nusxa oling va <code>docs/operations.md</code> dagi «<code>The books do not add up</code>» boʻlimiga amal qiling.
alarm-clock-jumped = 🚨 <b>Server soati oʻzgardi.</b> Soat { $wall } ni koʻrsatyapti, dastur hisobida esa hozir { $counted }. Dastur faqat bir joyda barqaror turgan soatga ishonadi, ungacha unga qarab birorta toʻlovni yopmaydi. Serverda vaqtni tekshiring: <code>timedatectl</code>.
alarm-restored-ahead = 🚨 <b>Nusxa notoʻgʻri soatda tiklangan.</b> Bazada yozilgan tiklash vaqti hali kelmagan: { $noted }. Server soatida hozir: { $now }. Ungacha toʻldirishni kutayotgan toʻlov toʻlovchidan qayta soʻraydi va hech narsa oʻzi toʻlanmaydi. Serverda vaqtni tekshiring: <code>timedatectl</code>. Vaqt toʻgʻri boʻlsa, dasturni toʻxtating, nusxa oling (<code>npm run backup</code>) va uni tiklang (<code>npm run restore</code>).
alarm-program-error = 🚨 Dasturda xatolik: <code>{ $where }</code>. Jurnalni koʻring; takrorlansa, dasturni yangilang yoki jurnaldagi yozuvlar bilan xabar bering.
alarm-chat-moved = ℹ️ Ogohlantirishlar guruhi superguruhga aylandi, endi uning raqami: <code>{ $to }</code>. Xabarlar oʻsha yerga boradi, hech narsa yoʻqolmadi. Boʻsh vaqtingizda <code>ADMIN_CHAT_ID</code> ga shu raqamni yozing (eskisi: <code>{ $from }</code>).
alarm-chat-silent = 🚨 <b>Ogohlantirishlar guruhi (<code>{ $chat }</code>) xabar qabul qilmayapti.</b> { $count } ta xabar saqlab turibman va har yarim soatda qayta yuboraman. Botni guruhga qaytaring va unga yozish huquqini bering. Telegram javobi:
alarm-backup-disk_full = 🚨 <b>Zaxira nusxa olinmadi</b>: disk toʻlgan. Joy boʻshating, <code>BACKUP_KEEP</code> qiymatini kamaytiring yoki <code>BACKUP_DIR</code> ga kattaroq disk koʻrsating, soʻng <code>npm run backup</code> buyrugʻini bajaring.
alarm-backup-not_writable = 🚨 <b>Zaxira nusxa olinmadi</b>: nusxalar papkasiga yozib boʻlmayapti. Dastur foydalanuvchisiga <code>BACKUP_DIR</code> uchun ruxsat bering yoki boshqa papka koʻrsating, soʻng <code>npm run backup</code> buyrugʻini bajaring.
alarm-backup-damaged = 🚨 <b>Zaxira nusxa olinmadi: maʼlumotlar bazasi buzilgan.</b> Dasturni toʻxtating, fayllarini saqlab qoʻying va oxirgi butun nusxani <code>npm run restore</code> bilan tiklang.
alarm-backup-books_broken = 🚨 <b>Zaxira nusxada hisob-kitob mos kelmayapti.</b> U <code>.suspect</code> nomi bilan saqlandi, oldingi nusxalar joyida. Qoʻlda amal bajarmang, <code>docs/operations.md</code> dagi «<code>The books do not add up</code>» boʻlimiga amal qiling.
alarm-backup-too_large = ⚠️ <b>Zaxira nusxa yuborilmadi</b>: u bot yubora oladigan 50 MB dan katta. U <code>BACKUP_DIR</code> da turibdi: uni serverdan boshqa yoʻl bilan oling va <code>BACKUP_TO_ADMIN=false</code> qilib qoʻying.
alarm-backup-not_sent = ⚠️ <b>Zaxira nusxa yuborilmadi</b>: Telegram uni qabul qilmadi. U <code>BACKUP_DIR</code> da turibdi: uni serverdan qoʻlda oling. Keyingisi ertaga yuboriladi.
alarm-backup-failed = 🚨 <b>Zaxira nusxa olinmadi.</b> Serverda <code>npm run backup</code> buyrugʻini bajaring va u aytganini qiling.
alarm-database-gone = 🚨 <b>Maʼlumotlar bazasi fayli joyida yoʻq.</b> Endi hech narsa yozilmaydi: na toʻldirishlar, na toʻlovlar. Dasturni toʻxtating, faylni joyiga qaytaring yoki nusxani <code>npm run restore</code> bilan tiklang va dasturni qayta ishga tushiring.
alarm-database-damaged = 🚨 <b>Maʼlumotlar bazasi buzilgan.</b> Dasturni toʻxtating, fayllarini saqlab qoʻying va oxirgi butun nusxani <code>npm run restore</code> bilan tiklang. Diskka yana ishonishdan oldin uni tekshiring.
alarm-database-unwritable = 🚨 <b>Maʼlumotlar bazasiga hech narsa yozib boʻlmayapti.</b> Koʻpincha disk toʻlgan boʻladi: <code>df -h</code> bilan qarang va joy boʻshating. Tasdiqlangan hech narsa yoʻqolmagan; yozish mumkin boʻlishi bilan dastur oʻzi davom etadi. Ungacha bot hech kimga javob bermaydi.
alarm-many = 🚨 <b>Qisqa vaqtda yana { $count } ta ogohlantirish keldi.</b> Ular bittalab yuborilmaydi. Jurnalni koʻring: odatda hammasining sababi bitta boʻladi.
alarm-problem-wrong_keys = Kalitlar notoʻgʻri. Sozlamalardagi doʻkon ID va kalitini tekshiring.
alarm-problem-shop_inactive = Doʻkon faol emas. Kabinetda uni faollashtiring yoki qoʻllab-quvvatlash xizmatiga yozing.
alarm-problem-monthly_fee_unpaid = Oylik toʻlov qilinmagan. Toʻlov tizimi kabinetida toʻlang.
alarm-problem-account_not_linked = Doʻkonga hisob ulanmagan. Kabinetda hisobni ulang.
alarm-problem-card_not_linked = Karta ulanmagan. Kabinetda kartani ulang va sozlamalardagi karta bilan solishtiring.
alarm-problem-subscription_ended = Obuna tugagan yoki limit sarflangan. Kabinetda obunani uzaytiring.
alarm-problem-ip_not_whitelisted = Server IP manzili ruxsat etilmagan. Uni kabinetda roʻyxatga qoʻshing.
alarm-problem-callback_not_whitelisted = Bildirishnoma domeni roʻyxatdan oʻtmagan. PUBLIC_URL domenini kabinetda qoʻshing.
alarm-problem-website_not_whitelisted = Sayt domeni roʻyxatdan oʻtmagan. Uni kabinetda qoʻshing.
alarm-problem-amount_too_low = Toʻlov tizimi summani juda kichik deb rad etdi. TOPUP_MIN qiymatini oshiring.
alarm-problem-amount_too_high = Toʻlov tizimi summani juda katta deb rad etdi. TOPUP_MAX qiymatini kamaytiring yoki tarifni oshiring.
alarm-problem-missing_parameters = Toʻlov tizimi soʻrovda maydon yetishmaydi deydi. Uning hujjati oʻzgargan boʻlishi mumkin, dasturni yangilang.
alarm-problem-card_or_sum_refused = Toʻlov tizimi karta yoki summani qabul qilmadi. AUTOPAYCARD_CARDS dagi kartaning oxirgi 4 raqami va Gmail manzilini hamda summani tekshiring.
alarm-problem-order_code_taken = Toʻldirish kodi band deyilmoqda. Takrorlansa, shu doʻkon boshqa dasturda ham ishlatilmayotganini tekshiring.
alarm-problem-unknown_order = Toʻlov tizimi toʻldirishni tanimayapti. Doʻkon ID toʻgʻriligini tekshiring.
alarm-problem-rate_limited = Soʻrovlar chegarasidan oshildi. Soʻrovlar sekinlashtirildi, takrorlansa, tarifni koʻrib chiqing.
alarm-problem-maintenance = Toʻlov tizimida texnik ishlar. Tugashini kuting yoki usulni vaqtincha oʻchiring.
alarm-problem-server_error = Toʻlov tizimi serverida xatolik. Davom etsa, ularning qoʻllab-quvvatlash xizmatiga yozing.
alarm-problem-bad_answer = Toʻlov tizimi tushunarsiz javob qaytardi. Manzil sozlamasini tekshiring; davom etsa, ularga yozing.
alarm-problem-timeout = Toʻlov tizimi oʻz vaqtida javob bermayapti. Davom etsa, ularning qoʻllab-quvvatlash xizmatiga yozing.
alarm-problem-network = Toʻlov tizimiga ulanib boʻlmayapti. Server internetini va manzil sozlamasini tekshiring.
alarm-problem-budget_spent = Soatlik soʻrovlar tugadi. Tekshiruvlar kechikadi; webhooklarni yoqing yoki limitni oshirishni soʻrang.
alarm-problem-busy_here = Bizdagi navbat toʻlib ketdi, soʻrov yuborilmadi.
alarm-problem-share_spent = Bir kishi shu soatdagi soʻrovlardan oʻz ulushini tugatdi. Boshqalarda hammasi ishlayapti.
alarm-problem-refused = Toʻlov tizimi soʻrovni rad etdi. Quyidagi javobni oʻqib, kabinetni tekshiring.
alarm-problem-unreadable_payment = Toʻlov tizimi toʻlandi deydi, lekin summani oʻqib boʻlmadi. Uni kabinetdan tekshirib, toʻlov boʻyicha qaror qiling.

# Bosh menyu: toʻlovlar
menu-pay = 🧾 Xizmatlarga toʻlov
command-pay = Xizmatlarga toʻlov
command-cards = Mening kartalarim
help-bills =
    <b>Xizmatlarga qanday toʻlayman?</b>
    «🧾 Xizmatlarga toʻlov» tugmasini bosing, xizmatni tanlang yoki nomini yozing va hisob raqamini kiriting. Balansdan yoki oʻz kartangizdan toʻlaysiz.

    <b>Komissiya bormi?</b>
    Komissiya boʻlsa, uni toʻlovni tasdiqlashdan oldin koʻrasiz. Sizdan faqat tasdiqlangan jami summa yechiladi.

    <b>Toʻlov «aniqlanmoqda» desa-chi?</b>
    Demak, toʻlov xizmati hali aniq javob bermagan. Qaytadan toʻlamang: yo toʻlov oʻtadi, yo pul qaytadi. Natijasini albatta xabar qilamiz.

    <b>Xonadon uchun birga qanday toʻlaymiz?</b>
    Toʻlovdan keyin hisobni saqlang, yonidagi ⚙️ ni va «🏡 Xonadonga qoʻshish»ni bosing. Oilangizni havola orqali taklif qiling: ular qarzni koʻradi va oʻz balansi yoki kartasidan toʻlay oladi. Birovning balansi, telefon raqami va boshqa toʻlovlarini hech kim koʻrmaydi.

    <b>Har oy toʻlab turish mumkinmi?</b>
    Toʻlov xabari ostidagi «🔔 Har oy eslatilsin» tugmasini bosing: siz tanlagan kuni ertalab qarzni aytamiz. Oʻsha yerdagi «⚡️ Oʻzi toʻlansin» uni balansdan, siz belgilagan chegaradan oshmasdan toʻlaydi: bir kun oldin aytamiz, oʻtkazib yuborishingiz mumkin. «🔕 Hammasini oʻchirish» hammasini toʻxtatadi.
help-pay =
    /pay — xizmatlarga toʻlov
    /cards — kartalarim
    /homes — xonadonlar: umumiy hisoblar

# Toʻlov tugmalari
button-bills = 📜 Toʻlovlarim
button-cards = 💳 Kartalarim
button-saved-list = ⭐ Saqlanganlar: { $count }
button-stop = ❌ Bekor qilish
button-next = ✅ Ha, davom etish
button-keep = ➡️ { $value } qolsin
button-skip = ⏭ Oʻtkazib yuborish
button-show-all = 📋 Hammasi
button-debt = Qarz: { $sum }
button-from-balance = 💰 Balans: { $sum }
button-card-link = ➕ Karta ulash
button-card-remove = 🗑 Oʻchirish •{ $mask }
button-remove-yes = 🗑 Ha, oʻchirilsin
button-topup-missing = 💰 { $sum } toʻldirish
button-pay-continue = ▶️ Toʻlovni davom ettirish
button-continue = ▶️ Davom etish
story-changed = Bot hozirgina yangilandi. Hech narsa yoʻqolmadi — shu yerdan davom etamiz.
button-pay-now = ✅ { $sum } toʻlash
button-pay-repeat = 🔁 Ha, yana toʻlansin
button-pay-again = 🧾 Xizmatlarga toʻlov
button-to-pay = 🧾 Xizmatlarga toʻlov
button-other-sum = ✏️ Boshqa summa
button-other-source = 💳 Boshqa usul
button-save-account = ⭐ Saqlash
button-saved-pay = 🧾 Toʻlash
button-rename = ✏️ Nomini oʻzgartirish
button-saved-remove = 🗑 Oʻchirish
button-repeat = 🔁 Takrorlash
button-new-code = 🔢 Yangi kod
button-cancel-bill = ❌ Toʻlovni bekor qilish

# Qisqa javoblar: toʻlovlar
toast-service-paused = ⏸ Bu xizmatga hozircha toʻlab boʻlmaydi. Keyinroq urinib koʻring.

# Yetmagan summani toʻldirish
providers-for =
    💰 <b>{ $sum } toʻldirish</b>
    Toʻlov usulini tanlang.
providers-for-waits = Pul tushgach, «▶️ Toʻlovni davom ettirish» tugmasini bosing.

# Xizmatlarga toʻlov
pay-title = 🧾 <b>Xizmatlarga toʻlov</b>
pay-hint = Boʻlimni tanlang yoki xizmat nomini yozing.
pay-hint-saved = Saqlangan hisobni yoki boʻlimni tanlang, yoxud xizmat nomini yozing.
pay-hint-search = Xizmatni tanlang yoki nomini yozing.
pay-stale = ⚠️ Toʻlov xizmati hozir javob bermayapti, roʻyxat eskirgan boʻlishi mumkin.
pay-stale-form = ⚠️ Toʻlov xizmati hozir javob bermayapti, bu maʼlumotlar eskirgan boʻlishi mumkin.
pay-category = { $icon } <b>{ $name }</b>
pay-category-other = Boshqalar
pay-search = 🔎 «{ $query }» boʻyicha topildi:
pay-search-none = 🔎 «{ $query }» boʻyicha hech narsa topilmadi. Boshqa soʻz bilan urinib koʻring.
pay-unavailable = 😔 Bu xizmatga hozircha toʻlab boʻlmaydi. Keyinroq urinib koʻring.
pay-stopped = Bekor qilindi. Hech narsa toʻlanmadi.
pay-service = { $icon } <b>{ $name }</b>
pay-line = { $label }: <b>{ $value }</b>
pay-choose = 👇 Tanlang: <b>{ $label }</b>
pay-enter = ✍️ Kiriting: <b>{ $label }</b>
pay-hint-options = Roʻyxat uzun: nomining bir qismini yozishingiz mumkin.
pay-hint-digits = Faqat raqam yozing, boshidagi nollarni ham.
pay-no-options = 😔 Hozir bu yerda tanlash uchun hech narsa yoʻq. Orqaga qaytib, boshqa javobni tanlang.
pay-bad-digits = ⚠️ Bu yerga faqat raqam yoziladi. Tekshirib, qaytadan yozing.
pay-bad-length = ⚠️ Juda uzun: koʻpi bilan { $max } ta belgi. Tekshirib, qaytadan yozing.
pay-bad-pattern = ⚠️ Format notoʻgʻri. Tekshirib, qaytadan yozing.
pay-bad-empty = ⚠️ Hech narsa kiritilmadi. Qaytadan yozing.
pay-form-changed = ℹ️ Xizmat soʻraydigan maʼlumotlar oʻzgardi. Iltimos, buni qaytadan toʻldiring.
pay-info-check = Hisob toʻgʻrimi?
pay-info-sum = Hisob toʻgʻrimi? Unda qancha toʻlashni tanlang.
pay-debt = ❗ Qarz: <b>{ $sum }</b>
pay-sum-title = 💰 <b>Qancha toʻlaysiz?</b>
pay-source-title = 💳 <b>Qayerdan toʻlaysiz?</b>
pay-balance-fee = Balansdan toʻlashda komissiya: { $fee }
pay-card-gone = ⚠️ Bu karta endi ulanmagan. Boshqa usulni tanlang.
pay-fee-changed = ℹ️ Komissiya oʻzgardi. Yangi jami summani tekshirib, yana tasdiqlang. Hech narsa yechilmadi.
pay-shown-changed = ℹ️ Bu ekrandagi maʼlumotlar oʻzgardi. Ularni tekshirib, yana tasdiqlang. Hech narsa yechilmadi.
pay-short =
    ⚠️ <b>Balansda mablagʻ yetarli emas.</b>
    Toʻlash kerak: { $total }
    Balansda: { $available }
    Yetmayapti: <b>{ $missing }</b>
pay-short-no-more =
    ✅ <b>Endi balansda mablagʻ yetarli.</b>
    Toʻlash kerak: { $total }
    Balansda: { $available }
pay-confirm-title = ❓ <b>Tekshiring va tasdiqlang</b>
pay-confirm-code = 📱 Karta egasining telefoniga SMS orqali kod keladi.
pay-cannot-be-undone = ‼️ <b>Bu toʻlovni bekor qilib boʻlmaydi. Hisob va summani yaxshilab tekshiring.</b>
pay-line-sum = 💰 Summa: <b>{ $sum }</b>
pay-line-fee = Komissiya: { $fee }
pay-line-total = Jami: <b>{ $total }</b>
pay-from-balance = Qayerdan: balans
pay-from-card = Qayerdan: karta { $mask }
pay-repeated = ⚠️ Siz soat { $time } da xuddi shu hisobga { $sum } toʻlagansiz. <b>Yana bir marta</b> toʻlansinmi?
pay-too-many = ⚠️ Tugallanmagan toʻlovlaringiz koʻp. Avval ulardan birini yakunlang.
pay-unavailable-paused = ⏸ Balansdan toʻlash vaqtincha toʻxtatilgan. Kartadan toʻlashingiz mumkin. Hech narsa yechilmadi.
pay-unavailable-no_operator_card = ⏸ Balansdan toʻlab boʻlmaydi. Kartadan toʻlashingiz mumkin. Hech narsa yechilmadi.
pay-unavailable-float = ⏸ Bu summadagi hisobni hozircha balansdan toʻlab boʻlmaydi, tez orada yana mumkin boʻladi. Kartadan toʻlashingiz mumkin. Hech narsa yechilmadi.
pay-unavailable-service = ⏸ Bu xizmatga hozircha toʻlab boʻlmaydi. Keyinroq urinib koʻring. Hech narsa yechilmadi.
pay-unavailable-provider = 😔 Toʻlov xizmati hozir javob bermayapti. Keyinroq urinib koʻring. Hech narsa yechilmadi.
pay-unavailable-busy = ⏳ Hozir toʻlovlar juda koʻp. Bir daqiqadan keyin urinib koʻring. Hech narsa yechilmadi.
pay-working = ⏳ Toʻlov bajarilmoqda, biroz kuting… Qaytadan toʻlamang.
pay-asking = ⏳ Kod soʻralmoqda, biroz kuting…
button-paying = ⏳ Biroz kuting…
stage-held =
    ✅ Tekshirildi
    ✅ Pul band qilindi
    ⏳ Toʻlov xizmatidan soʻralmoqda…
stage-paying =
    ✅ Tekshirildi
    ✅ Pul band qilindi
    ✅ Toʻlov xizmati tayyor
    ⏳ Toʻlov yuborilmoqda…
stage-code =
    ✅ Kod qabul qilindi
    ⏳ Toʻlov yuborilmoqda…
stage-over = ☝️ Hozircha aniq javob yoʻq. Keyin nima boʻlishi yuqoridagi xabarda yozilgan.
pay-code = 🔢 SMS orqali kelgan kodni yozing (4–8 ta raqam). Xabaringiz darhol oʻchiriladi.
pay-code-phone = 🔢 { $phone } raqamiga SMS orqali kelgan kodni yozing (4–8 ta raqam). Xabaringiz darhol oʻchiriladi.
pay-code-until = ⏰ Kod kiritilmasa, toʻlov soat <b>{ $time }</b>da oʻzi bekor boʻladi, pul yechilmaydi.
pay-code-left = 🔢 Bu toʻlov hali SMS orqali kelgan kodni kutmoqda. Yozganingiz shu kod boʻlsa, uni yana bir marta yozing.
pay-cancel-sent = ℹ️ Bekor qilinadigan narsa yoʻq: bu toʻlov allaqachon yuborilgan. Uning holati:
pay-code-bad = ⚠️ Kod 4–8 ta raqamdan iborat. Qaytadan yozing.
pay-code-wrong = ❌ Kod notoʻgʻri. Qolgan urinishlar: { $left }.
pay-code-expired = ⌛ Kodning muddati tugadi. Hech narsa yechilmadi.
pay-code-tries = ❌ Kod koʻp marta notoʻgʻri kiritildi. Hech narsa yechilmadi.
pay-code-no-more = ⚠️ Bu toʻlov uchun boshqa kod yuborib boʻlmaydi. Uni bekor qilib, qaytadan boshlang. Hech narsa yechilmadi.
pay-code-new = ✅ Yangi kod yuborildi.
pay-code-not-new = ⚠️ Yangi kod yuborib boʻlmadi.
pay-code-new-needed = Boshqa kod olish uchun «🔢 Yangi kod» tugmasini bosing yoki toʻlovni bekor qiling.
pay-code-not-sent = Kod ishlatilmadi: xuddi shu kodni qayta kiritishingiz mumkin.
pay-save-name = ⭐ <b>{ $name }</b> hisobi uchun nom yozing, masalan «Uy» yoki «Ota-onam».
pay-save-bad-name = ⚠️ Nom 1 tadan { $max } tagacha belgidan iborat boʻlsin. Boshqa nom yozing.
pay-saved = ⭐ Saqlandi. Keyingi safar roʻyxat boshida turadi.
pay-saved-too-many = ⚠️ Saqlangan hisoblaringiz juda koʻp. Avval birini oʻchiring.
pay-saved-title = ⭐ <b>Saqlangan hisoblar</b>
pay-saved-none = ⭐ Saqlangan hisoblar hali yoʻq. Toʻlovdan keyin saqlab qoʻyishingiz mumkin.
pay-saved-remove = «{ $name }» saqlangan hisoblardan oʻchirilsinmi?
pay-saved-one = ⭐ <b>{ $name }</b>
pay-saved-owed = ❗ Qarz: <b>{ $sum }</b> (koʻrilgan vaqti: { $date })
pay-rename = ✏️ «{ $name }» uchun yangi nom yozing.
pay-renamed = ⭐ Nomi oʻzgartirildi.

# Bitta toʻlov
bill-title = { $icon } <b>Toʻlov № { $id }</b>
bill-state = Holati: <b>{ $state }</b>
bill-state-working = toʻlanmoqda
bill-state-code = kod kutilmoqda
bill-state-clarifying = aniqlanmoqda
bill-state-paid = toʻlangan
bill-state-failed = toʻlanmadi
bill-state-refunded = pul qaytarilgan
bill-ref = Chek: <code>{ $ref }</code>
bill-after-paid = Rahmat! Toʻlov amalga oshirildi.
bill-after-working = ⏳ Toʻlov bajarilmoqda. Natijasini xabar qilamiz. Qaytadan toʻlamang.
bill-after-clarifying = 🔎 Toʻlov xizmati hali aniq javob bermadi. Pulingiz band qilingan va xavfsiz: yo toʻlov oʻtadi, yo pul qaytadi. <b>Qaytadan toʻlamang</b>, natijasini xabar qilamiz.
bill-after-clarifying-card = 🔎 Toʻlov xizmati hali aniq javob bermadi. <b>Qaytadan toʻlamang</b>, aniqlab, natijasini xabar qilamiz.
bill-after-refunded = ↩️ <b>{ $sum }</b> balansingizga qaytarildi.
bill-money-back = 💰 Toʻlov oʻtmadi, pulning hammasi balansingizga qaytdi.
bill-not-charged = Hech narsa yechilmadi.
bill-hint-waste = ♻️ Avval chiqindi uchun qarzni toʻlash kerakka oʻxshaydi.
bill-cancel-question = Toʻlov rostdan ham bekor qilinsinmi?
bill-list-title = 📜 <b>Toʻlovlarim</b>
bill-list-none = Hozircha toʻlovlar yoʻq.
bill-owner-title = 🔎 <b>Toʻlov boʻyicha qaroringiz kerak</b>: № { $id }
bill-owner-user = 👤 { $who } · <code>{ $id }</code>
bill-owner-reason = Sabab: { $reason }
bill-owner-evidence = <b>Maʼlumotlar</b>
evidence-checks = Paylovdan { $count } marta soʻraldi
evidence-answer = oxirgi natija: { $answer }
evidence-answer-paid = toʻlangan, { $sum }
evidence-answer-paid-unreadable = toʻlangan, lekin summani oʻqib boʻlmadi
evidence-answer-created = hozircha toʻlanmagan
evidence-answer-cancelled = bekor qilingan
evidence-answer-other = hujjatlarida yoʻq soʻz
evidence-list-empty = Paylovdagi toʻlovlar roʻyxatida bunday toʻlov yoʻq
evidence-list = Paylovdagi toʻlovlar roʻyxatida:
evidence-list-more = yana { $count } ta
evidence-list-none = Paylovdagi toʻlovlar roʻyxati: { $why }
evidence-list-short = Roʻyxat toʻliq emas edi.
paylov-said-nothing = javob yoʻq
paylov-said-unreadable = javobni oʻqib boʻlmadi
paylov-said-error = xatolik
bill-owner-decide = Toʻlov xizmati kabinetidan tekshirib, qaror qiling: toʻlangan yoki toʻlanmagan.

# Nega toʻlanmadi
bill-reason-other = 😔 Toʻlov oʻtmadi. Birozdan keyin qayta urinib koʻring.
bill-reason-no_answer = 😔 Toʻlov xizmati javob bermadi. Birozdan keyin qayta urinib koʻring.
bill-reason-interrupted = 😔 Toʻlov yuborilishidan oldin uzilib qoldi. Qayta urinib koʻring.
bill-reason-paused = ⏸ Balansdan toʻlash vaqtincha toʻxtatilgan. Kartadan toʻlashingiz mumkin.
bill-reason-cancelled = Siz bu toʻlovni bekor qildingiz.
bill-reason-no_code = ⌛ Kod oʻz vaqtida kiritilmadi.
bill-reason-cancelled_at_paylov = 😔 Toʻlov xizmati toʻlovni bekor qildi.
bill-reason-owner = 🔎 Tekshirdik: toʻlov oʻtmagan.
bill-reason-other_amount = 😔 Toʻlov oʻtmadi. Birozdan keyin qayta urinib koʻring.
bill-reason-unclear = 😔 Toʻlov oʻtmadi. Birozdan keyin qayta urinib koʻring.

# Hisob haqida

# Kartalar
card-list-title = 💳 <b>Kartalarim</b>
card-list-none = Hali karta ulanmagan.
card-line = • <code>{ $mask }</code>
card-link-title = ➕ <b>Karta ulash</b>
card-ask-number = Kartaning 16 ta raqamini yozing. Xabaringiz darhol oʻchiriladi, raqam hech qayerda saqlanmaydi.
card-ask-expiry = Amal qilish muddatini yozing: oy va yil, masalan <code>09/28</code>.
card-ask-code = 🔢 <code>{ $mask }</code> kartasi uchun SMS orqali kelgan kodni yozing (4–8 ta raqam).
card-ask-code-phone = 🔢 <code>{ $mask }</code> kartasi uchun { $phone } raqamiga SMS orqali kelgan kodni yozing (4–8 ta raqam).
card-bad-number = ⚠️ Karta raqami 16 ta raqamdan iborat. Tekshirib, qaytadan yozing.
card-bad-expiry = ⚠️ Oy va yilni yozing, masalan <code>09/28</code>.
card-number-again = ⏳ Xavfsizlik uchun karta raqami saqlanmadi. Uni qaytadan yozing.
card-left = 💳 Siz karta ulayotgan edingiz. Yozganingiz shunga tegishli boʻlsa, uni yana bir marta yozing.
card-unasked = 🔒 Bu karta raqamiga oʻxshaydi, shuning uchun xabaringiz oʻchirildi. Xizmatlarga karta bilan toʻlash uchun uni quyidagi tugma orqali ulang.
card-code-expired = ⌛ Kodning muddati tugadi. Yangi kod olish uchun karta raqamini qaytadan yozing.
card-linked = ✅ { $mask } kartasi ulandi.
card-removed = 🗑 { $mask } kartasi oʻchirildi.
card-remove-question = <code>{ $mask }</code> kartasi oʻchirilsinmi?

# Toʻlov va karta muammolari: foydalanuvchiga
bill-problem-card_not_found = 💳 Karta topilmadi. Raqamini tekshiring.
bill-problem-card_is_blocked = 💳 Karta bloklangan. Boshqa kartadan foydalaning yoki bankingizga murojaat qiling.
bill-problem-card_expired = 💳 Kartaning muddati tugagan. Boshqa kartadan foydalaning.
bill-problem-sms_not_active = 📱 Bu kartada SMS xabarnoma yoqilmagan. Uni bank ilovasida yoqing.
bill-problem-daily_limit_used_for_this_card = 💳 Kartaning bugungi limiti tugagan. Boshqa kartadan foydalaning yoki ertaga urinib koʻring.
bill-problem-invalid_otp = ❌ Kod notoʻgʻri. Tekshirib, qaytadan yozing.
bill-problem-otp_expired = ⌛ Kodning muddati tugadi. Yangi kod soʻrang.
bill-problem-otp_code_already_sent = 📱 Kod allaqachon yuborilgan. Uni kuting yoki bir daqiqadan keyin urinib koʻring.
bill-problem-too_many_attempts = ⏳ Urinishlar juda koʻp boʻldi. Birozdan keyin qayta urinib koʻring.
bill-problem-insufficient_funds = 💳 Kartada mablagʻ yetarli emas.
bill-problem-invalid_amount = ⚠️ Xizmat bu summani qabul qilmaydi. Boshqa summani kiriting.
bill-problem-transaction_not_found = 😔 Toʻlov xizmati bu toʻlovni topa olmadi. Qaytadan boshlang.
bill-problem-transaction_already_payed = ℹ️ Bu toʻlov allaqachon amalga oshirilgan.
bill-problem-already_confirmed = ℹ️ Bu allaqachon tasdiqlangan.
bill-problem-transaction_not_available_for_payment = 😔 Bu toʻlovni davom ettirib boʻlmaydi. Qaytadan boshlang.
bill-problem-error_at_pay = 😔 Xizmat koʻrsatuvchi toʻlovni qabul qilmadi. Birozdan keyin qayta urinib koʻring.
bill-problem-processing_error = 😔 Bank amalni bajara olmadi. Birozdan keyin qayta urinib koʻring.
bill-problem-merchant_not_available = ⏸ Bu xizmatga hozircha toʻlab boʻlmaydi. Keyinroq urinib koʻring.
bill-problem-validation_error = ⚠️ Maʼlumotlar mos kelmadi: bunday hisob topilmadi. Kiritganlaringizni tekshiring.
bill-problem-field_required = ⚠️ Ayrim maʼlumotlar yetishmayapti. Hammasini toʻldiring.
bill-problem-field_not_valid = ⚠️ Maʼlumotlar mos kelmadi: bunday hisob topilmadi. Kiritganlaringizni tekshiring.
bill-problem-permission_denied = 😔 Toʻlov xizmati hozircha ishlamayapti. Tuzatyapmiz, keyinroq urinib koʻring.
bill-problem-ip_not_allowed = 😔 Toʻlov xizmati hozircha ishlamayapti. Tuzatyapmiz, keyinroq urinib koʻring.
bill-problem-server_error = 😔 Toʻlov xizmatida nosozlik. Birozdan keyin qayta urinib koʻring.
bill-problem-gateway_not_working = 😔 Toʻlov xizmati hozir ishlamayapti. Birozdan keyin qayta urinib koʻring.
bill-problem-unknown_error = 😔 Toʻlov xizmatida xatolik yuz berdi. Birozdan keyin qayta urinib koʻring.
bill-problem-card_is_already_activated = ℹ️ Bu karta allaqachon ulangan.
bill-problem-card_exists = ℹ️ Bu karta Paylovda boshqa shaxs nomiga ulangan. Boshqa karta raqamini yozing.
bill-problem-invalid_card = 💳 Karta raqami yoki muddati notoʻgʻri. Tekshirib koʻring.
bill-problem-card_is_not_supported = 💳 Bunday kartani ulab boʻlmaydi. Boshqa kartadan foydalaning.
bill-problem-card_has_no_phone = 📱 Kartaga telefon raqami ulanmagan. Uni bankingizda ulang.
bill-problem-phone_not_match = 📱 Telefon raqami kartaga ulangan raqamga mos kelmadi.
bill-problem-card_not_found_in_processing_center = 💳 Bank bunday kartani topmadi. Raqamini tekshiring yoki boshqa karta kiriting.
bill-problem-card_is_blocked_in_processing_center = 💳 Karta bloklangan. Boshqa kartadan foydalaning yoki bankingizga murojaat qiling.
bill-problem-card_is_not_activated = 💳 Karta faol emas. Boshqa kartadan foydalaning yoki bankingizga murojaat qiling.
bill-problem-card_is_not_for_this_check = 💳 Bu toʻlov boshqa karta bilan boshlangan. Iltimos, qaytadan boshlang.
bill-problem-invalid_card_token = 💳 Kartani qayta ulash kerak. Uni /cards boʻlimida oʻchirib, yana ulang.
bill-problem-pan_not_valid = 💳 Karta raqami yoki muddati notoʻgʻri. Tekshirib koʻring.
bill-problem-pinfl_not_match = 💳 Karta boshqa shaxsga tegishli. Iltimos, oʻz kartangizdan foydalaning.
bill-problem-bank_not_found = 💳 Bu bank kartalari bu yerda ishlamaydi. Iltimos, boshqasidan foydalaning.
bill-problem-error_create_card = 😔 Kartani ulab boʻlmadi. Birozdan keyin urinib koʻring yoki boshqa karta ulang.
bill-problem-balance_refresh_error = 😔 Bank amalni bajara olmadi. Birozdan keyin qayta urinib koʻring.
bill-problem-hold_not_found = 😔 Toʻlov xizmati bu toʻlovni topa olmadi. Qaytadan boshlang.
bill-problem-terminal_does_not_exist = ⏸ Bu xizmatga hozircha toʻlab boʻlmaydi. Keyinroq urinib koʻring.
bill-problem-wrong_keys = 😔 Toʻlov xizmati hozircha ishlamayapti. Tuzatyapmiz, keyinroq urinib koʻring.
bill-problem-rate_limited = ⏳ Toʻlov xizmati band. Bir daqiqadan keyin urinib koʻring.
bill-problem-busy_here = ⏳ Toʻlov xizmati hozir sekin ishlayapti va navbat uzun. Bir daqiqadan keyin urinib koʻring. Hech narsa yechilmadi.
bill-problem-timeout = 😔 Toʻlov xizmati oʻz vaqtida javob bermadi. Birozdan keyin qayta urinib koʻring.
bill-problem-network = 😔 Toʻlov xizmatiga ulanib boʻlmadi. Birozdan keyin qayta urinib koʻring.
bill-problem-bad_answer = 😔 Toʻlov xizmati tushunarsiz javob berdi. Birozdan keyin qayta urinib koʻring.
bill-problem-bad_form = ⏸ Bu xizmatga hozircha bot orqali toʻlab boʻlmaydi.

# Bills, for owners
bill-owner-title-over = 🧾 <b>Toʻlov</b> № { $id }
bill-owner-state = Holati: <b>{ $state }</b>
button-bill-ask-paid = ✅ Toʻlangan
button-bill-ask-unpaid = ❌ Toʻlanmagan
button-bills-resume = ▶️ Davom ettirish
alarm-bills-paused = 🚨 <b>Xizmatlar endi balansdan toʻlanmayapti</b>: Paylovdagi kartangiz toʻlay olmayapti. Uni toʻldiring yoki blokdan chiqaring, soʻng tugmani bosing. Paylov javobi:
alarm-paylov-problem = 🚨 <b>Paylov bizga rad javobini beryapti.</b>
alarm-paylov-permission_denied = U yerdagi foydalanuvchimizga bunga ruxsat yoʻq. Bu huquqni ularning qoʻllab-quvvatlash xizmatidan soʻrang.
alarm-paylov-ip_not_allowed = Bu serverning IP manzili oʻtkazilmayapti. Manzilni ularning qoʻllab-quvvatlash xizmatiga ayting.
alarm-paylov-wrong_keys = Kalitlarimiz qabul qilinmayapti. <code>PAYLOV_</code> bilan boshlanadigan sozlamalarni tekshiring va dasturni qayta ishga tushiring.
alarm-paylov-merchant_not_available = Toʻlovlar uchun hisobimiz u yerda oʻchirilgan. Ularning qoʻllab-quvvatlash xizmatidan soʻrang.
alarm-paylov-terminal_does_not_exist = Terminalimiz u yerda nomaʼlum. Ularning qoʻllab-quvvatlash xizmatidan soʻrang.
alarm-bills-differ = 🚨 <b>Toʻlovlar va Paylov roʻyxati mos kelmayapti.</b> Har birini Paylov kabinetida va /bill orqali tekshiring, keyin bu yerdagi xatoni tuzating:
alarm-bills-not-compared = ⚠️ <b>Paylov { $day } kungi toʻlovlar roʻyxatini bermadi</b>, shuning uchun oʻsha kungi toʻlovlar hali solishtirilmadi. Keyingi urinish: { $next }, soʻng natija chiqquncha har soatda. Pul bunga bogʻliq emas, dasturda xatolik yoʻq. Kechqurun ham hisobot boʻlmasa, Paylovning qoʻllab-quvvatlash xizmatiga murojaat qiling. Sababi: { $why }
alarm-bills-unserved = 🚨 <b>Tugallanmagan toʻlovlar bor, Paylov esa sozlanmagan.</b> Toʻlovlar: { $count } ta, band qilingan pul: { $sum }. Ularning taqdiri Paylovsiz aniqlanmaydi: kalitlarni sozlamalarga qaytaring va dasturni qayta ishga tushiring.
alarm-topups-unserved = 🚨 <b>{ $provider }</b> sozlanmagan, lekin uning ochiq toʻldirishlari bor: { $count } ta. Ularga kelgan pul koʻrinmaydi: kalitlarni sozlamalarga qaytaring va dasturni qayta ishga tushiring.
card-too-many = ⚠️ Ulangan kartalar soni chegaraga yetgan. Avval ulardan birini oʻchiring: /cards
