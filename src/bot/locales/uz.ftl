# Til
language-name = 🇺🇿 O'zbekcha
language-choose = 🇺🇿 Tilni tanlang
language-chosen = ✅ Til tanlandi: { $language }
bot-description = Balansni karta, Click yoki Payme orqali tez va ishonchli to'ldirish.

# Umumiy
money = { $amount }{ "\u00A0" }so'm
blocked = 🚫 Siz uchun xizmat to'xtatilgan. Savolingiz bo'lsa, qo'llab-quvvatlash xizmatiga murojaat qiling.
apology = 😔 Kechirasiz, kutilmagan xatolik yuz berdi. Iltimos, birozdan keyin qayta urinib ko'ring. Pulingiz xavfsiz.
unknown-command = 🤔 Bunday buyruq yo'q. Quyidagi menyudan foydalaning.
unknown-text = 🤔 Tushunmadim. Kerakli bo'limni quyidagi menyudan tanlang.
cancel-left = Bekor qilindi. Bosh menyudasiz.
cancel-nothing = Hozir bekor qilinadigan narsa yo'q. Bosh menyudasiz.

# Bosh menyu
menu-topup = 💰 Balans to'ldirish
menu-cabinet = 👤 Shaxsiy kabinet
menu-history = 📜 To'lovlar tarixi
menu-language = 🌐 Til
menu-help = ❓ Yordam
welcome-title = Assalomu alaykum, <b>{ $name }</b>!
welcome-hint = Kerakli bo'limni quyidagi menyudan tanlang 👇
cabinet-title = 👤 <b>Shaxsiy kabinet</b>
cabinet-person = { $name } · ID: <code>{ $id }</code>
balance-available = 💰 Balans: <b>{ $sum }</b>
balance-held = 🔒 Band qilingan: { $sum }
help =
    ❓ <b>Yordam</b>

    <b>Balansni qanday to'ldiraman?</b>
    1. « 💰 Balans to'ldirish » tugmasini bosing.
    2. To'lov usuli va summani tanlang.
    3. Ko'rsatilgan summani aynan o'sha miqdorda to'lang.
    Pul kelishi bilan balansingiz avtomatik to'ldiriladi va sizga xabar keladi.

    <b>To'ladim, lekin pul tushmadi?</b>
    Buyurtmani oching va « ✅ To'lovni tekshirish » tugmasini bosing. To'lov kechikib kelsa ham, balansga o'tkaziladi. Boshqa summa o'tkazgan bo'lsangiz, to'lovni xodimimiz ko'rib chiqadi.

    <b>Buyruqlar</b>
    /topup — balansni to'ldirish
    /balance — balans
    /history — to'lovlar tarixi
    /language — tilni o'zgartirish
    /cancel — boshlangan amalni bekor qilish

# Tugmalar
button-menu = 🏠 Bosh menyu
button-back = ⬅️ Orqaga
button-other-way = 🔁 Boshqa usul
button-pay = 💳 To'lash
button-check = ✅ To'lovni tekshirish
button-cancel-order = ❌ Bekor qilish
button-cancel-yes = ❌ Ha, bekor qilinsin
button-cancel-no = ⬅️ Yo'q, orqaga
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
button-owner-ask_approve = ✅ To'langan deb tasdiqlash
button-owner-approve = ✅ Ha, to'langan
button-owner-ask_credit = ✅ Balansga o'tkazish
button-owner-credit = ✅ Ha, o'tkazilsin
button-owner-ask_refuse = ❌ Rad etish
button-owner-refuse = ❌ Ha, rad etilsin

# Balans to'ldirish
providers-title = 💰 <b>Balansni to'ldirish</b>
    To'lov usulini tanlang:
providers-none = 😔 Hozir to'lov usullari mavjud emas. Iltimos, keyinroq urinib ko'ring.
providers-line = • <b>{ $title }</b> — { $how }, { $min }dan { $max }gacha
providers-how-page = Click yoki Payme
providers-how-transfer = kartaga o'tkazma
providers-paused = ⏸ vaqtincha to'xtatilgan
providers-troubled = ⚠️ hozir uzilishlar bo'lishi mumkin
sum-title = 💰 <b>{ $title }</b>: qancha summaga to'ldirasiz?
sum-limits = Eng kami { $min }, eng ko'pi { $max }.
sum-hint = Tugmani bosing yoki summani yozib yuboring, masalan: <code>50 000</code> yoki <code>50 ming</code>.
sum-not-understood = 🤔 Summani tushunmadim. Faqat raqam bilan yozing.
sum-out-of-limits = ⚠️ Bu summa ruxsat etilgan chegaradan tashqarida.
method-title = 💰 <b>{ $title }</b>: { $sum }
    Qaysi ilova orqali to'laysiz?
method-any = 🌐 Sahifada tanlayman
topup-preparing = ⏳ To'lov tayyorlanmoqda, biroz kuting…
topup-too-many = ⚠️ Sizda ochiq to'lovlar juda ko'p. Avval ulardan birini to'lang yoki bekor qiling.
topup-live = ℹ️ Sizda bu usulda ochiq to'lov bor. Avval uni to'lang yoki bekor qiling.
topup-live-other = ℹ️ Sizda bu usulda { $sum }lik ochiq to'lov bor. Boshqa summa kerak bo'lsa, avval uni bekor qiling.
topup-paused = ⏸ Bu usul vaqtincha to'xtatilgan. Iltimos, boshqa usulni tanlang.
topup-absent = ⏸ Bu usul endi mavjud emas. Iltimos, boshqa usulni tanlang.
topup-busy = ⚠️ Shu summa atrofidagi barcha summalar hozir band. Boshqa summa kiriting yoki birozdan keyin urinib ko'ring.

# Buyurtma
order-title = { $icon } <b>To'lov № { $id }</b> · { $provider }
order-exact-sum = 💰 Aniq summa: <b>{ $sum }</b> (<code>{ $plain }</code>)
order-sum = 💰 Summa: <b>{ $sum }</b>
order-card = 💳 Karta: <code>{ $card }</code>
order-holder = 👤 Karta egasi: { $holder }
order-method = 📱 Usul: { $method }
order-deadline = ⏰ To'lash muddati: soat <b>{ $time }</b> gacha (Toshkent vaqti)
order-how-page = « 💳 To'lash » tugmasini bosib to'lang. Pul kelishi bilan balansingiz avtomatik to'ldiriladi.
order-how-transfer = Istalgan bank ilovasi orqali shu kartaga pul o'tkazing. Pul kelishi bilan balansingiz avtomatik to'ldiriladi.
order-exact-warning = ⚠️ <b>Aynan shu summani o'tkazing.</b> Boshqa summa avtomatik topilmaydi.
order-state = Holati: <b>{ $state }</b>
order-received = 💵 Kelgan summa: <b>{ $sum }</b>
order-date = 📅 { $date }
order-after-paid = Pul balansingizga tushdi. Rahmat!
order-after-expired = Endi bu to'lov uchun pul o'tkazmang. Agar o'tkazib bo'lgan bo'lsangiz, xavotir olmang: pul kelsa, balansingizga avtomatik tushadi.
order-after-cancelled = Bu to'lov uchun pul o'tkazmang. Agar o'tkazib bo'lgan bo'lsangiz, xavotir olmang: pul kelsa, balansingizga avtomatik tushadi.
order-after-failed = To'lov amalga oshmadi. Qaytadan yoki boshqa usul bilan urinib ko'ring.
order-after-review = Kelgan summa kutilgan summadan farq qiladi. To'lovni xodimimiz ko'rib chiqmoqda, natijasini xabar qilamiz.
order-after-refused = To'lov balansga o'tkazilmadi. Savolingiz bo'lsa, qo'llab-quvvatlash xizmatiga murojaat qiling.
order-cancel-question = { $sum }lik to'lov rostdan ham bekor qilinsinmi?

    ⚠️ Agar pulni allaqachon o'tkazgan bo'lsangiz, bekor qilmang va biroz kuting.
state-creating = tayyorlanmoqda
state-waiting = kutilmoqda
state-paid = to'langan
state-expired = muddati o'tgan
state-cancelled = bekor qilindi
state-failed = amalga oshmadi
state-review = tekshirilmoqda
state-refused = rad etildi

# Tarix
history-title = 📜 <b>To'lovlar tarixi</b>
history-empty = Hali to'lovlar yo'q. Birinchisini hozir qilishingiz mumkin.
history-hint = Batafsil ko'rish uchun to'lovni tanlang.

# Qisqa javoblar
toast-old = Bu tugma eskirgan. Bosh menyudan qayta boshlang.
toast-too-soon = ⏳ Hozirgina tekshirildi. Bir necha soniyadan keyin qayta bosing.
toast-still-waiting = ⏳ To'lov hali kelmadi. Kelishi bilan xabar beramiz.
toast-paid = ✅ To'lov qabul qilindi!
toast-review = 🔎 To'lovni xodimimiz ko'rib chiqmoqda.
toast-over = Bu to'lov yakunlangan.
toast-no-answer = ⚠️ To'lov tizimi hozir javob bermayapti. Tekshirishda davom etamiz, xavotir olmang.
toast-cancelled = ❌ To'lov bekor qilindi.
toast-owner-checked = Tekshirildi.
toast-owner-done = ✅ Bajarildi.
toast-owner-decided = Bu bo'yicha qaror avval qabul qilingan.
toast-owner-not-blocked = Egani bloklab bo'lmaydi.

# Buyruqlar ro'yxati
command-start = Bosh menyu
command-topup = Balansni to'ldirish
command-balance = Balans
command-history = To'lovlar tarixi
command-language = Tilni o'zgartirish
command-help = Yordam
command-cancel = Boshlangan amalni bekor qilish
owner-command-user = Foydalanuvchi: ID yoki @nom
owner-command-credit = Balansga qo'shish: foydalanuvchi summa sabab
owner-command-debit = Balansdan yechish: foydalanuvchi summa sabab
owner-command-orders = Ochiq to'lovlar
owner-command-order = To'lov: ID

# To'lov tizimidagi muammolar: foydalanuvchiga
problem-wrong_keys = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-shop_inactive = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-monthly_fee_unpaid = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-account_not_linked = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-card_not_linked = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-subscription_ended = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-ip_not_whitelisted = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-callback_not_whitelisted = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-website_not_whitelisted = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-amount_too_low = ⚠️ Bu usul uchun summa juda kichik. Kattaroq summa bilan urinib ko'ring. Sizdan pul yechilmadi.
problem-amount_too_high = ⚠️ Bu usul uchun summa juda katta. Kichikroq summa yoki boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-missing_parameters = 😔 To'lovni ochib bo'lmadi. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-order_code_taken = 😔 To'lovni ochib bo'lmadi. Qayta urinib ko'ring. Sizdan pul yechilmadi.
problem-unknown_order = 😔 To'lov tizimi bu to'lovni topa olmadi. Qayta urinib ko'ring. Sizdan pul yechilmadi.
problem-rate_limited = ⏳ To'lov tizimi hozir band. Bir necha daqiqadan keyin urinib ko'ring yoki boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-maintenance = 🛠 To'lov tizimida texnik ishlar olib borilmoqda. Boshqa usulni tanlang yoki keyinroq urinib ko'ring. Sizdan pul yechilmadi.
problem-server_error = 😔 To'lov tizimida nosozlik. Boshqa usulni tanlang yoki keyinroq urinib ko'ring. Sizdan pul yechilmadi.
problem-bad_answer = 😔 To'lov tizimida nosozlik. Boshqa usulni tanlang yoki keyinroq urinib ko'ring. Sizdan pul yechilmadi.
problem-timeout = 😔 To'lov tizimi javob bermadi. Qayta urinib ko'ring yoki boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-network = 😔 To'lov tizimi bilan aloqa yo'q. Qayta urinib ko'ring yoki boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-budget_spent = ⏳ Bu usulda hozir so'rovlar ko'p. Bir necha daqiqadan keyin urinib ko'ring yoki boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-refused = 😔 To'lov tizimi to'lovni ochmadi. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-unreadable_payment = 🔎 To'lov tizimi to'lov kelganini bildirdi, lekin summasi aniqlanmadi. Xodimimiz tekshirib, sizga xabar beradi.

# Foydalanuvchiga xabarlar
message-paid = ✅ <b>{ $sum }</b> balansingizga tushdi! (№ { $id })
message-paid-late = To'lov muddatidan keyin keldi, lekin qabul qilindi.
message-balance = 💰 Balansingiz: <b>{ $sum }</b>
message-review = 🔎 № { $id } to'lov bo'yicha <b>{ $paid }</b> keldi, kutilgan summa esa { $sum } edi. Xodimimiz ko'rib chiqadi va sizga xabar beramiz.
message-refused = ❌ № { $id } to'lov bo'yicha kelgan { $paid } balansga o'tkazilmadi. Pulni qaytarish bo'yicha qo'llab-quvvatlash xizmatiga murojaat qiling.
message-interrupted = 😔 № { $id } to'lovni ({ $provider }) ochib bo'lmadi. Sizdan pul yechilmadi. Iltimos, qayta urinib ko'ring.
message-credited = ➕ Balansingizga <b>{ $sum }</b> qo'shildi.
message-debited = ➖ Balansingizdan <b>{ $sum }</b> yechildi.
message-reason = Sabab: { $reason }

# Egalar uchun
owner-usage-user = Foydalanish: <code>/user 123456789</code> yoki <code>/user @nom</code>
owner-usage-credit = Foydalanish: <code>/credit 123456789 50000 sabab</code>
    Foydalanuvchi — ID yoki @nom, summa so'mda, sabab majburiy.
owner-usage-debit = Foydalanish: <code>/debit 123456789 50000 sabab</code>
    Foydalanuvchi — ID yoki @nom, summa so'mda, sabab majburiy.
owner-usage-order = Foydalanish: <code>/order ID</code>
owner-no-user = Bunday foydalanuvchi topilmadi. U avval botga yozgan bo'lishi kerak.
owner-no-order = Bunday to'lov topilmadi.
owner-user-title = 👤 <b>{ $name }</b> · <code>{ $id }</code>
owner-user-balance = 💰 Balans: <b>{ $available }</b>, band qilingan: { $held }
owner-user-language = 🌐 Til: { $language }
owner-user-dates = 📅 Birinchi marta: { $created }, oxirgi marta: { $seen }
owner-user-blocked = 🚫 Bloklangan: { $at }
owner-user-unreachable = 🔕 Botni o'zi bloklagan
owner-user-no-orders = To'lovlar yo'q.
owner-user-orders = Oxirgi to'lovlar:
owner-money-credit = ➕ <b>Balansga qo'shish: { $sum }</b>
owner-money-debit = ➖ <b>Balansdan yechish: { $sum }</b>
owner-money-user = 👤 { $name } · <code>{ $id }</code>
owner-money-reason = Sabab: { $reason }
owner-money-figures = Balans: { $before } → <b>{ $after }</b>
owner-money-sure = Tasdiqlaysizmi?
owner-money-done = ✅ Bajarildi.
owner-money-dropped = ❌ Bekor qilindi, hech narsa o'zgarmadi.
owner-money-too-much = ⚠️ Yechib bo'lmaydi: balansda { $available }, so'ralgan summa { $sum }.
owner-orders-none = Ochiq to'lovlar yo'q.
owner-orders-title = ⏳ <b>Ochiq to'lovlar: { $count }</b>
owner-order-sums = So'ralgan: { $base }, to'lanishi kerak: <b>{ $amount }</b>, kelgan: <b>{ $paid }</b>
owner-order-dates = 📅 Ochilgan: { $created }, muddati: { $expires }
owner-order-provider-order = To'lov tizimidagi ID: <code>{ $id }</code>
owner-order-reason = Sabab: <code>{ $reason }</code>
owner-order-problem = Oxirgi muammo: <code>{ $problem }</code>
owner-order-checks = Tekshiruvlar: { $count }, oxirgisi: { $last }
owner-order-history = <b>Tarix</b>
owner-order-history-line = { $date } · { $to } · { $cause }
owner-order-events = <b>To'lov tizimi xabarlari</b>
owner-ask-approve = To'lov tizimi bu to'lovni tasdiqlamagan. <b>{ $sum }</b> kelganiga ishonchingiz komilmi? Summa balansga o'tkaziladi.
owner-ask-credit = Kelgan <b>{ $paid }</b> foydalanuvchi balansiga o'tkazilsinmi? Kutilgan summa: { $sum }.
owner-ask-refuse = Kelgan <b>{ $paid }</b> rad etilsinmi? Pul balansga tushmaydi, uni o'zingiz qaytarishingiz kerak. Kutilgan summa: { $sum }.
owner-review =
    🔎 <b>Boshqa summa keldi</b>
    № { $id } · { $provider } · { $date }
    Kutilgan: { $sum }
    Kelgan: <b>{ $paid }</b>

# Egalar uchun ogohlantirishlar
alarm-provider = 🚨 <b>{ $provider }</b>
alarm-times = Oxirgi xabardan beri { $times } marta.
alarm-unreadable-payment = 🚨 <b>{ $provider }</b>: № { $id } to'langan deyilgan, lekin summasi o'qilmadi. To'lov tizimi kabinetidan tekshirib, qaror qiling.
alarm-books-broken = 🚨 <b>Hisob-kitobda nomuvofiqlik topildi.</b> Sababi aniqlanmaguncha qo'lda amal bajarmang.
alarm-program-error = 🚨 Dasturda xatolik: <code>{ $where }</code>. Jurnalni ko'ring.
alarm-problem-wrong_keys = Kalitlar noto'g'ri. Sozlamalardagi do'kon ID va kalitini tekshiring.
alarm-problem-shop_inactive = Do'kon faol emas. Kabinetda uni faollashtiring yoki qo'llab-quvvatlashga yozing.
alarm-problem-monthly_fee_unpaid = Oylik to'lov qilinmagan. To'lov tizimi kabinetida to'lang.
alarm-problem-account_not_linked = Do'konga hisob ulanmagan. Kabinetda hisobni ulang.
alarm-problem-card_not_linked = Karta ulanmagan. Kabinetda kartani ulang va sozlamalardagi karta bilan solishtiring.
alarm-problem-subscription_ended = Obuna tugagan yoki limit sarflangan. Kabinetda obunani uzaytiring.
alarm-problem-ip_not_whitelisted = Server IP manzili ruxsat etilmagan. Uni kabinetda ro'yxatga qo'shing.
alarm-problem-callback_not_whitelisted = Bildirishnoma domeni ro'yxatdan o'tmagan. PUBLIC_URL domenini kabinetda qo'shing.
alarm-problem-website_not_whitelisted = Sayt domeni ro'yxatdan o'tmagan. Uni kabinetda qo'shing.
alarm-problem-amount_too_low = To'lov tizimi summani juda kichik deb rad etdi. TOPUP_MIN qiymatini oshiring.
alarm-problem-amount_too_high = To'lov tizimi summani juda katta deb rad etdi. TOPUP_MAX qiymatini kamaytiring yoki tarifni oshiring.
alarm-problem-missing_parameters = To'lov tizimi so'rovda maydon yetishmaydi deydi. Uning hujjati o'zgargan bo'lishi mumkin, dasturni yangilang.
alarm-problem-order_code_taken = Buyurtma kodi band deyilmoqda. Takrorlansa, shu do'kon boshqa dasturda ham ishlatilmayotganini tekshiring.
alarm-problem-unknown_order = To'lov tizimi buyurtmani tanimayapti. Do'kon ID to'g'riligini tekshiring.
alarm-problem-rate_limited = So'rovlar chegarasidan oshildi. So'rovlar sekinlashtirildi, takrorlansa, tarifni ko'rib chiqing.
alarm-problem-maintenance = To'lov tizimida texnik ishlar. Tugashini kuting yoki usulni vaqtincha o'chiring.
alarm-problem-server_error = To'lov tizimi serverida xatolik. Davom etsa, ularning qo'llab-quvvatlashiga yozing.
alarm-problem-bad_answer = To'lov tizimi tushunarsiz javob qaytardi. Manzil sozlamasini tekshiring; davom etsa, ularga yozing.
alarm-problem-timeout = To'lov tizimi o'z vaqtida javob bermayapti. Davom etsa, ularning qo'llab-quvvatlashiga yozing.
alarm-problem-network = To'lov tizimiga ulanib bo'lmayapti. Server internetini va manzil sozlamasini tekshiring.
alarm-problem-budget_spent = Soatlik so'rovlar tugadi. Tekshiruvlar kechikadi; webhooklarni yoqing yoki limitni oshirishni so'rang.
alarm-problem-refused = To'lov tizimi so'rovni rad etdi. Quyidagi javobni o'qib, kabinetni tekshiring.
alarm-problem-unreadable_payment = To'lov tizimi to'landi deydi, lekin summani o'qib bo'lmadi. Uni kabinetdan tekshirib, to'lov bo'yicha qaror qiling.
