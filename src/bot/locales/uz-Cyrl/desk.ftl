desk-title = 🗂 <b>Бошқарув</b>
desk-button-home = 🗂 Бошқарув

owner-command-admin = Бошқарув: ҳаммаси
owner-command-bills = Хизматларга тўловлар
owner-command-bill = Битта тўлов: ID
owner-command-suspense = Эгаси ноаниқ пул
owner-command-providers = Тўлов тизимлари
owner-command-audit = Ҳисоб-китобни текшириш
owner-command-reconcile = Тўлов тизимлари билан солиштириш
owner-command-stats = Графиклар
owner-command-export = Excel файл
owner-command-broadcast = Ҳаммага хабар
owner-command-settings = Иш пайтида ўзгартирса бўладиган нарсалар
