desk-title = 🗂 <b>Бошқарув</b>
desk-button-home = 🗂 Бошқарув

owner-command-admin = Бошқарув: ҳаммаси
owner-command-bills = Коммунал тўловлар
owner-command-bill = Битта тўлов: ID
owner-command-suspense = Эгаси ноаниқ пуллар
owner-command-providers = Тўлов тизимлари
owner-command-audit = Ҳисоб китобларини текшириш
owner-command-reconcile = Тўлов тизимлари билан солиштириш
owner-command-stats = Графиклар
owner-command-export = Excel файл
owner-command-broadcast = Ҳаммага хабар
