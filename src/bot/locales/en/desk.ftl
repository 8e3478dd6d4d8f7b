desk-title = 🗂 <b>Owner's desk</b>
desk-button-home = 🗂 Desk

owner-command-admin = The desk: everything
owner-command-bills = Bills
owner-command-bill = One bill: ID
owner-command-suspense = Money without an owner
owner-command-providers = Payment systems
owner-command-audit = Check the books
owner-command-reconcile = Compare with payment systems
owner-command-stats = Charts
owner-command-export = Excel file
owner-command-broadcast = Message to everybody
owner-command-settings = What can be changed live
