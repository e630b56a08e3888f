### The demo, and what the rooms are for.

demo-mailbox-title = Mailbox
demo-mailbox-lead = Every email that this demo sent, newest first. Nothing left this machine.
demo-mailbox-empty = No emails yet
demo-mailbox-empty-text = Sign up, apply or decide on a registration, and the email appears here.
demo-mailbox-to = To { $recipient }
demo-mailbox-all = All messages
demo-mailbox-message = Message
demo-mailbox-choose = Choose a message to read it.
demo-mailbox-recipient = To
demo-mailbox-sent = Sent

## What each room is for, on the first page: `{ label of its navigation entry }-about`.

## With `-reads` after it for those who may only look, with `-partner` for partners who may more.
customers-nav-about = Invite customers, see where each of them stands.
customers-nav-about-reads = See every customer, and where each of them stands.
credit-nav-about = See your balance and every transaction.
credit-nav-about-partner = Top up customers; see your balance and every transaction.
partner-discount-nav-about = Ask { $provider } for discounts, and grant discounts to customers.
partner-discount-nav-about-reads = See the discounts of { $provider }, and those granted to customers.
price-nav-about = See public prices, and your own.
