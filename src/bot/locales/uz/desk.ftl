desk-title = 🗂 <b>Boshqaruv</b>
desk-button-home = 🗂 Boshqaruv

owner-command-admin = Boshqaruv: hammasi
owner-command-bills = Xizmatlarga toʻlovlar
owner-command-bill = Bitta toʻlov: ID
owner-command-suspense = Egasi noaniq pul
owner-command-providers = Toʻlov tizimlari
owner-command-audit = Hisob-kitobni tekshirish
owner-command-reconcile = Toʻlov tizimlari bilan solishtirish
owner-command-stats = Grafiklar
owner-command-export = Excel fayl
owner-command-broadcast = Hammaga xabar
owner-command-settings = Ish paytida oʻzgartirsa boʻladigan narsalar
