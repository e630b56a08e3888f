### A partner's customers: what partners, customers and staff see, and the emails about it.

customers-name = Name
customers-email = Email
customers-role = Role
customers-partner = Partner
customers-state = Status
customers-decision-by = Decision by

customers-state-awaiting-customer = Awaiting the customer
customers-state-awaiting-approval = Awaiting approval
customers-state-active = Active
customers-state-declined = Declined
customers-state-withdrawn = Withdrawn
customers-state-expired = Expired
customers-state-rejected = Not approved
customers-state-ended = Ended

customers-condition-no-credit = No credit balance
customers-condition-no-services = Uses no service
customers-condition-no-discount = Enjoys no discount of { $provider }
customers-condition-no-poc = Not in a proof of concept (POC)
customers-condition-prepaid = Pays in advance (prepaid)
customers-condition-not-partner = Not a partner itself
customers-condition-not-customer = Not another partner’s customer

customers-fault-overtaken-title = Something else came first
customers-fault-overtaken-text = Meanwhile something happened that does not allow this. Nothing was changed; please look again.
customers-fault-already-title = Invited already
customers-fault-already-text = You have another open invitation to this address, or it is your customer. Nothing was sent.
customers-fault-too-soon-title = The last email went out a moment ago
customers-fault-too-soon-text = Please wait a few minutes before you send another invitation to the same address.
customers-fault-too-many-title = Enough invitations for today
customers-fault-too-many-text = You have written to as many addresses as is allowed within 24 hours. Please go on tomorrow, or ask { $provider }.

## Emails

letter-customers-see = See the customer
letter-customers-own = See your partner
letter-customers-case = Open the case

letter-customers-invitation-subject = { $partner } invites you to become its customer at { $provider }
letter-customers-invitation-lead = { $partner }, a partner of { $provider }, would like to manage your { $provider } account ({ $email }).
letter-customers-invitation-meaning = If you confirm, your partner tops up your credit and sets your prices; you can no longer top up yourself. Your data and services stay yours.
letter-customers-invitation-button = See the invitation
letter-customers-invitation-next = The link works until { $until }. On its page you confirm or decline. If you have no account at { $provider } yet, you can sign up with this address first. If you do not know { $partner }, decline or ignore this email.

letter-customers-invitation-again-subject = Reminder: { $partner } invites you to become its customer at { $provider }
letter-customers-invitation-again-lead = { $partner } has sent you its invitation once more: it would like to manage your { $provider } account ({ $email }). Links in earlier emails no longer work.

letter-customers-awaiting-approval-subject = You have confirmed { $partner }’s invitation
letter-customers-awaiting-approval-lead = Thank you. You are new to { $provider }, so we look at it first. We decide within { $days ->
    [one] one business day
   *[other] { $days } business days
  }, by { $until }.
letter-customers-awaiting-approval-next = We will write to you as soon as it is decided. You need do nothing.

letter-customers-joined-subject = { $partner } is now your partner at { $provider }
letter-customers-joined-lead = Your { $provider } account is now managed by { $partner }.
letter-customers-joined-next = { $partner } tops up your credit; you cannot do so yourself. For questions about credit and prices turn to your partner.

letter-customers-rejected-subject = We could not approve { $partner } as your partner
letter-customers-rejected-lead = You had confirmed the invitation of { $partner }. We have looked at it and could not approve it, for this reason:
letter-customers-rejected-next = Your account is not affected: you can go on without a partner.

letter-customers-withdrawn-subject = { $partner } has taken its invitation back
letter-customers-withdrawn-lead = You had confirmed the invitation of { $partner }, and it awaited our approval. { $partner } has taken it back.
letter-customers-withdrawn-next = Your account is not affected: you can go on without a partner.

letter-customers-ended-subject = { $partner } no longer manages your { $provider } account
letter-customers-ended-lead = { $partner } has ended the relation: it is no longer your partner.
letter-customers-ended-next = Your credit stays yours. From now on you top it up yourself, and you pay public prices.

letter-customers-confirmed-subject = { $name } has confirmed your invitation
letter-customers-confirmed-lead = { $name } has confirmed.
letter-customers-confirmed-awaits = The customer is new to { $provider }, so we decide first: within { $days ->
    [one] one business day
   *[other] { $days } business days
  }, by { $until }.
letter-customers-confirmed-active = It is your customer now.

letter-customers-declined-subject = { $name } has declined your invitation
letter-customers-declined-lead = { $name } has declined, or could not confirm. Nobody need give a reason.
letter-customers-declined-unmet = The customer lets you know which conditions it does not meet:

letter-customers-approved-subject = { $name } is now your customer
letter-customers-approved-lead = We have approved { $name } as your customer.

letter-customers-refused-subject = We could not approve { $name } as your customer
letter-customers-refused-lead = { $name } had confirmed your invitation. We have looked at it and could not approve it, for this reason:

letter-customers-new-case-subject = New customer to approve: { $name } of { $partner }
letter-customers-new-case-lead = { $email } is new to us and has confirmed the invitation of { $partner }.

letter-customers-reminder-subject = One business day or less left: customer { $name } of { $partner }
letter-customers-reminder-lead = The customer { $name } of { $partner } is to be decided on by { $until }.

letter-customers-escalation-subject = Deadline missed: customer { $name } of { $partner }
letter-customers-escalation-lead = The customer { $name } of { $partner } was to be decided on by { $until } and was not.

letter-customers-sample-words = We could not reach the company under the telephone number that it gave.
