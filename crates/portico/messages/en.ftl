### The demo.

demo-mailbox-title = Mailbox
demo-mailbox-lead = Every email that this demo sent, newest first. Nothing left this machine.
demo-mailbox-empty = No emails yet
demo-mailbox-empty-text = Sign up, apply or decide on a registration, and the email appears here.
demo-mailbox-to = To { $recipient }
demo-mailbox-all = All messages
demo-mailbox-message = Message
demo-mailbox-choose = Choose a message to read it.
demo-mailbox-subject = Subject
demo-mailbox-recipient = To
demo-mailbox-sent = Sent
demo-mailbox-as-text = As text
