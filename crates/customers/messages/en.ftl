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
letter-customers-own-past = See where you stand
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

letter-customers-withdrawn-subject = { $partner } has withdrawn its invitation
letter-customers-withdrawn-lead = You had confirmed the invitation of { $partner }, and it awaited our approval. { $partner } has withdrawn it.
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

letter-customers-expired-subject = { $name } has not answered your invitation
letter-customers-expired-lead = The invitation of { $name } ({ $email }) has expired without an answer; its link no longer works. You can send it again from the customer’s page.

letter-customers-delayed-subject = The decision on your customer { $name } takes longer
letter-customers-delayed-lead = We meant to decide on { $name } by { $until } and have not managed to. We are sorry.
letter-customers-delayed-next = Our team leads have been told and will see to it. You need do nothing.

letter-customers-own-delayed-subject = The decision on your partner { $partner } takes longer
letter-customers-own-delayed-lead = We meant to decide by { $until } whether { $partner } manages your account, and have not managed to. We are sorry.
letter-customers-own-delayed-next = Our team leads have been told and will see to it. You need do nothing; we will write to you as soon as it is decided.

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

## Pages

customers-nav = Customers
customers-lead = Those whom you invited, and those whose accounts you manage.
customers-add = Add customers
customers-search = Search by name or email
customers-sort = Order
customers-sort-newest = Newest first
customers-filter = Filter
customers-clear = Clear
customers-pages = Pages
customers-first = To the beginning
customers-invited-at = Invited
customers-invited = Invited address
customers-history = What happened
customers-actions = Actions
customers-until = until
customers-since = since
customers-none = No customers yet
customers-none-text = Add your first customers by email. They confirm by a link.
customers-none-filtered = Nothing found
customers-none-elsewhere = Only “{ $state }” was searched.
customers-everywhere = Search all statuses
customers-none-filtered-text = No customer fits these filters.

customers-add-lead = Each gets an email with a link that works for { $days ->
    [one] one day
   *[other] { $days } days
  }, and confirms or declines there.
customers-add-privacy = Whether somebody has an account at { $provider }, and what it is like, is not told here. Whoever cannot become your customer sees why, and may let you know.
customers-row = Customer { $row }
customers-role-lead = The role says what a customer is to you, such as “reseller”. Left empty, it is “{ customers-role-default }”.
customers-role-hint = Optional: what it is to you, such as “reseller”. Left empty: { customers-role-default }.
customers-role-default = partner
customers-friendly-name = Friendly name
customers-language = Language of the emails
customers-send = Send the invitations
customers-more-rows = More rows
customers-error-row = Customer { $row }: { $error }
customers-error-none = Enter at least one email address.
customers-error-email-empty = Enter an email address.
customers-error-email = Enter an email address like name@example.com.
customers-error-name-empty = Enter a name by which you know the customer.
customers-error-long = At most { $max } characters.
customers-error-twice = The same address stands in row { $row }.
customers-error-twice-above = This is the address of customer { $row }, too.
customers-error-own = This is your own address.
customers-error-too-soon = An email to this address went out a moment ago. Please wait a few minutes.
customers-error-already = You have invited this address already, or it is your customer.
customers-error-too-many = Only { $left } more may be invited within 24 hours. Nobody was invited.
customers-error-words = Say why.
customers-invited-one = The invitation is on its way.
customers-invited-done = The invitations are on their way.

customers-rename = Name and role
customers-renamed = Saved.
customers-resend = Send the invitation again
customers-resend-text = The link in the email before stops working.
customers-resent = The invitation is on its way again.
customers-too-soon = Nothing was sent: the last invitation went out a moment ago.
customers-already = Nothing was sent: you have another open invitation to this address.
customers-overtaken = Nothing was changed: meanwhile something else came first. See below.
customers-withdraw = Withdraw the invitation
customers-withdraw-title = Withdraw the invitation of { $name }?
customers-withdraw-text = The link stops working. You may invite the same address again later.
customers-withdrawn = The invitation is withdrawn.
customers-end = End the relation
customers-end-title = No longer manage { $name }?
customers-end-text = You can then no longer top its credit up or set its prices; your discounts no longer apply to it. The customer is told by email. To manage it again you would have to invite it again, and it would have to confirm.
customers-end-credit = The customer still has credit. It stays the customer’s; you do not get it back.
customers-end-credit-amount = The customer still has { $amount } of credit. It stays the customer’s; you do not get it back.
customers-ended = The relation is over. The customer was told.
customers-manage = Credit and prices
customers-top-up = Top up credit
customers-discounts = Discounts

customers-event-invited = Invited
customers-event-resent = Invited again
customers-event-renamed = Name or role changed
customers-event-renamed-text = { $name }, { $role }
customers-event-confirmed = The customer confirmed
customers-event-activated = Active
customers-event-declined = Declined
customers-event-withdrawn = Invitation withdrawn
customers-event-expired = Invitation expired
customers-event-rejected = Not approved
customers-event-ended = Ended
customers-event-reminded = Staff were reminded
customers-event-escalated = Deadline missed
customers-event-delay-told = The decision takes longer
customers-event-was-due = A decision was promised by { $until }.
customers-event-expires = The link works until { $until }.
customers-event-due = Decision by { $until }.
customers-unmet = Not met, as the customer lets you know: { $condition }
customers-ended-partner = The partner ended it.
customers-ended-you = You ended it.
customers-ended-transfer = The customer went to another partner.
customers-now-customer = The customer is to confirm or decline
customers-now-approval = Staff are to decide, since the customer is new

customers-invitation-title = { $partner } invites you
customers-invitation-lead = { $partner }, a partner of { $provider }, would like to manage your { $provider } account.
customers-invitation-refused = Nothing was confirmed. See below what stands in the way.
customers-answer-until = Answer until
customers-meaning = What it means
customers-meaning-credit = { $partner } tops up your credit; you cannot do so yourself.
customers-meaning-prices = { $partner } sets your prices.
customers-meaning-partner = You cannot be a partner of { $provider } yourself meanwhile.
customers-meaning-data = Your data and services stay yours; { $partner } cannot sign in to your account.
customers-sign-in = Sign in to confirm
customers-sign-in-text = Sign in as the root user with { $email }. If this address has no account yet, sign up with it and then open the link in the email again.
customers-sign-in-button = Sign in
customers-sign-up = Sign up
customers-iam = Only the root user may confirm
customers-iam-text = You are signed in as an IAM user. Please ask the root user, who signs in with { $email }.
customers-other = This invitation is for another address
customers-other-text = It is for { $email }, and you are signed in as { $own }. Sign out, then open the link in the email again.
customers-conditions = What your account needs
customers-account-conditions = What the account needs
customers-conditions-private = Only you see this. { $partner } does not learn it unless you say so.
customers-met = Met
customers-not-met = Not met
customers-condition-no-credit-fix = Use your credit up first, or ask our support.
customers-condition-no-services-fix = Stop the services that run in your account, then tell our support.
customers-condition-no-discount-fix = Your account enjoys a discount of { $provider }. Ask our support.
customers-condition-no-poc-fix = Your account is in a proof of concept. Wait until it is over, or ask our support.
customers-condition-prepaid-fix = Your account pays by invoice. Ask our support to change to prepaid.
customers-condition-not-partner-fix = Whoever is a partner of { $provider }, or has customers in its records, cannot be a partner’s customer. Ask our support if that is a mistake.
customers-condition-not-customer-fix = Your account has a partner, or has confirmed the invitation of one. That has to end first.
customers-confirm = Confirm: { $partner } becomes my partner
customers-not-yet = You can confirm once all are met
customers-not-yet-text = Each time you open this page it checks again.
customers-decline = Decline
customers-decline-text = { $partner } is told that you declined, and nothing else. You need no account for that.
customers-share = Let { $partner } know which conditions are not met
customers-confirmed = Confirmed. You have a partner now.
customers-confirmed-awaits = Confirmed. We look at it and write to you.
customers-declined-title = Declined
customers-declined-text = The invitation is declined, and its link no longer works. You may close this page.

customers-link-unknown-title = This link is not valid
customers-link-unknown-text = Part of it may be missing, or a newer email holds another. Copy the whole link from the newest email.
customers-link-expired-title = The invitation has expired
customers-link-expired-text = Ask { $name } to send it again.
customers-link-declined-title = Declined already
customers-link-declined-text = This invitation was declined. If you have thought better of it, ask { $name } to invite you again.
customers-link-withdrawn-title = Withdrawn
customers-link-withdrawn-text = { $name } has withdrawn this invitation.
customers-link-used-title = Answered already
customers-link-used-text = This invitation was confirmed. Sign in with the account that confirmed it to see where it stands.

customers-own = Your partner
customers-own-title = { $partner } is your partner
customers-own-waiting = You have confirmed the invitation of { $partner }. You are new to { $provider }, so we decide by
customers-own-move = { $partner } as your new partner?
customers-own-move-asked = { $provider } proposes that { $partner } becomes your partner. Nothing changes unless you agree.
customers-own-move-link = You agree or decline by the link in the email to { $email }.
customers-own-move-agreed = You have agreed. { $partner } is asked now; until it agrees, too, nothing changes.
customers-own-none = You have no partner
customers-own-none-text = A partner of { $provider } can invite you by email to manage your account.
customers-own-earlier = Earlier

customers-queue-lead = { $n ->
    [0] No customer awaits approval.
    [one] One customer awaits approval.
   *[other] { $n } customers await approval.
  }
customers-queue-none = Nothing here
customers-queue-none-text = Customers who are new to us come here once they have confirmed the invitation of a partner.
customers-time-left = Working time left
customers-account = Account
customers-account-name = Customer
customers-account-since = Account since
customers-decide = Decision
customers-own-account = This is (also) your own account; a colleague has to decide.
customers-approve = Approve
customers-approve-title = Approve { $name }?
customers-approve-text = { $name } becomes the customer of { $partner } at once. Both are told by email.
customers-approved-already = Already approved.
customers-approved = Approved. Customer and partner were told.
customers-refused-unmet = Nothing was changed: the account does not satisfy all conditions any more.
customers-reject = Do not approve
customers-reject-title = Do not approve { $name }?
customers-words = Why
customers-words-hint = The customer and the partner read this.
customers-rejected = Not approved. Customer and partner were told.

## The API

problem-customer-exists = Invited already
problem-customer-exists-detail = There is an open invitation to this address, or it is a customer already.
problem-customer-state = Where the customer stands does not allow it
problem-customer-state-detail = Meanwhile it was answered, decided, withdrawn or ended. Read it again.
problem-invitation-too-soon = The last invitation went out a moment ago
problem-invitation-too-soon-detail = Wait a few minutes before you send another to the same address.
problem-invitations-too-many = Enough invitations for today
problem-invitations-too-many-detail = As many addresses were written to as is allowed within 24 hours.
problem-conditions-not-met = A condition is not met
problem-conditions-not-met-detail = The account does not satisfy all conditions of a partner’s customer.
customers-problem-too-soon = The next invitation may go out from { $at } on.
customers-problem-order = Goes with `state=awaiting_approval` alone: no other customers have a deadline for the decision.

## Transfer to another partner

customers-transfer = Transfer to another partner
customers-transfer-from = From partner
customers-transfer-current = Current partner
customers-transfer-to = New partner
customers-transfer-begin = Transfer to another partner
customers-transfer-title = Transfer { $name } to another partner
customers-transfer-lead = It is the customer of { $partner } now. The customer is asked first, then the new partner; only when both agree does anything change.
customers-transfer-search = New partner, by name or email
customers-transfer-find = Search
customers-transfer-none-found = No other partner is called that.
customers-transfer-error-to = Choose the new partner.
customers-transfer-words-hint = The customer and the new partner read this. The current partner does not.
customers-transfer-review = Continue
customers-transfer-what = The customer gets an email with a link now. Until both have agreed the customer stays where it is, and you can take the proposal back.
customers-transfer-propose = Ask the customer
customers-transfer-proposed = The customer was asked.
customers-transfer-already = There is an open proposal for this customer already.
customers-transfer-withdraw = Take the proposal back
customers-transfer-withdraw-title = Take back the proposal about { $name }?
customers-transfer-withdraw-text = The link in the customer’s email no longer works then, and the customer stays with its partner. Whoever has agreed already is told.
customers-transfer-withdrawn = The proposal was taken back.

customers-transfer-state-awaiting-customer = Awaiting the customer
customers-transfer-state-awaiting-partner = Awaiting the new partner
customers-transfer-state-done = Transferred
customers-transfer-state-declined = Declined
customers-transfer-state-withdrawn = Taken back
customers-transfer-state-expired = Not answered in time
customers-transfer-state-lapsed = No longer possible

customers-transfer-link-title = { $to } as your new partner?
customers-transfer-link-lead = { $provider } proposes that { $to } takes over from { $from } as the partner that manages your account, for this reason:
customers-transfer-meaning-partner = { $to } becomes your partner as soon as it agrees, too; { $from } no longer manages your account then.
customers-transfer-meaning-credit = Your credit stays yours. { $to } tops it up from then on.
customers-transfer-meaning-prices = The discounts that { $from } gave you end; { $to } sets your prices.
customers-transfer-sign-in = Sign in to agree
customers-transfer-sign-in-text = Sign in as the root user with { $email }.
customers-transfer-other = Only the root user of the account may agree
customers-transfer-other-text = The question is for { $email }. Sign out, then open the link in the email again.
customers-transfer-agree = Agree: { $to } becomes my partner
customers-transfer-decline-text = Then all stays as it is, with { $from }. { $to } does not learn of it.
customers-transfer-refused = Nothing was changed. Please look again.
customers-transfer-agreed-title = You have agreed
customers-transfer-agreed-text = { $to } is asked now. We will write to you as soon as it has answered.
customers-transfer-declined-title = Declined
customers-transfer-declined-text = All stays as it is. You may close this page.
customers-transfer-link-expired-title = The time to answer is over
customers-transfer-link-expired-text = Nothing has changed: your partner stays your partner.
customers-transfer-link-withdrawn-title = Taken back
customers-transfer-link-withdrawn-text = The proposal was taken back, or is no longer possible. Your partner stays your partner.
customers-transfer-link-used-title = Answered already
customers-transfer-link-used-text = This question was answered. Sign in to see who your partner is.

customers-moves = Transfers between partners
customers-moves-lead = Every proposal that a customer moves to another partner, the newest first. To propose one, open the customer.
customers-moves-none = There are no transfers here
customers-moves-none-text = To move a customer to another partner, open the customer and choose “Transfer to another partner”.
customers-transfer-opened-at = Proposed
customers-transfers = Customers offered to you
customers-transfers-lead = Customers of other partners who would like to come to you. { $provider } proposed it, and they agreed.
customers-transfers-none = Nobody is offered to you
customers-transfers-none-text = When { $provider } proposes that a customer comes to you and the customer agrees, you find it here and get an email.
customers-transfer-offered-at = Agreed
customers-transfer-waiting = { $n ->
    [one] A customer of another partner is offered to you.
   *[other] { $n } customers of other partners are offered to you.
  }
customers-transfer-offer-title = { $name } would like to come to you
customers-transfer-offer-lead = { $provider } proposes that you take over this customer, and the customer has agreed. Why:
customers-transfer-accept = Take over the customer
customers-transfer-accept-text = It is your customer at once: you top up its credit and set its prices. Its credit stays its own.
customers-transfer-accepted = The customer is yours now. It was told.
customers-transfer-not-yours = Whoever manages the customers of your account decides on it.
customers-transfer-decline-title = Decline { $name }?
customers-transfer-decline-offer-text = The customer stays with its partner, and is told that nothing comes of it. This cannot be undone.
customers-transfer-offer-declined = Declined. The customer stays where it is.
customers-event-imported = Came with the provider’s list of accounts
customers-event-received = Came from another partner

letter-customers-transfer-ask-subject = May { $to } become your partner at { $provider }?
letter-customers-transfer-ask-lead = { $provider } proposes that { $to } takes over from { $from } as the partner that manages your account ({ $email }), for this reason:
letter-customers-transfer-ask-meaning = If you agree and { $to } does, too, it tops up your credit and sets your prices from then on. Your credit, data and services stay yours.
letter-customers-transfer-ask-button = Agree or decline
letter-customers-transfer-ask-next = The link works until { $until }. Without your consent nothing changes.
letter-customers-transfer-offer-subject = { $customer } would like to become your customer
letter-customers-transfer-offer-lead = { $provider } proposes that you take over { $customer } ({ $email }) as your customer, and the customer has agreed. Why:
letter-customers-transfer-offer-next = Please answer by { $until }. Without your consent nothing changes.
letter-customers-transfer-offer-button = See and answer
letter-customers-transfer-done-subject = { $to } is now your partner at { $provider }
letter-customers-transfer-done-lead = { $to } has agreed, too: it manages your { $provider } account from now on, instead of { $from }.
letter-customers-transfer-done-next = Your credit stays yours; { $to } tops it up. The discounts that { $from } gave you have ended.
letter-customers-transfer-off-subject = { $from } stays your partner at { $provider }
letter-customers-transfer-off-lead = You had agreed that { $to } becomes your partner. Nothing comes of it: { $from } stays your partner.
letter-customers-transfer-off-next = Your credit and your prices are not affected. You need do nothing.
letter-customers-transfer-left-subject = { $customer } is no longer your customer
letter-customers-transfer-left-lead = { $customer } has gone to another partner, with its own consent.
letter-customers-transfer-left-next = You can no longer top up its credit or set its prices. What you topped up stays the customer’s.
letter-customers-transfer-outcome-subject = The transfer of { $customer } to { $to }
letter-customers-transfer-outcome-done = Both have agreed: { $customer } is the customer of { $to } now.
letter-customers-transfer-outcome-declined-customer = { $customer } has declined. It stays the customer of { $from }.
letter-customers-transfer-outcome-declined-partner = { $to } has declined. { $customer } stays the customer of { $from }.
letter-customers-transfer-outcome-expired-customer = { $customer } did not answer in time. It stays the customer of { $from }.
letter-customers-transfer-outcome-expired-partner = { $to } did not answer in time. { $customer } stays the customer of { $from }.
letter-customers-transfer-outcome-lapsed = { $customer } is no longer the customer of { $from }, so there is nothing left to transfer.
letter-customers-transfer-sample-words = The partner so far gives up its business with us at the end of the year.

customers-transfer-error-same = That is the partner whose customer it is.
problem-transfer-open = There is an open proposal already
problem-transfer-open-detail = A customer moves by one proposal at a time. Take the open one back first.
problem-transfer-settled = Where the transfer stands does not allow it
problem-transfer-settled-detail = Meanwhile it was answered or taken back, has expired, or the relation is over. Read it again.

## Import from a file

customers-import = Import from a file
customers-import-lead = Invite many at once from a spreadsheet, CSV or Excel. Before anything is sent you see what will become of each row.
customers-import-columns = The first row holds the headings: email, name and, if you like, role; other columns are passed over.
customers-import-template = Download an empty file
customers-import-file = File
customers-import-limits = CSV (UTF-8) or .xlsx, at most { $rows } rows and { $mebibytes } MB.
customers-import-preview = Show what will happen
customers-import-no-file = Choose a file.
customers-import-empty-file = This file is empty.
customers-import-unreadable = This file cannot be read. Save it as CSV (UTF-8) or as an Excel workbook (.xlsx) and try again.
customers-import-no-email = There is no column with the heading “email”.
customers-import-no-name = There is no column with the heading “name”.
customers-import-empty = There are no rows below the headings.
customers-import-too-many = There are more than { $max } rows. Split the file.
customers-import-preview-title = What will happen
customers-import-other-file = Another file
customers-import-line = Row
customers-import-outcome = What will happen
customers-import-invites = Will be invited
customers-import-fits = Could be invited
customers-import-skipped = Left out
customers-import-count = { $n ->
    [0] Nobody will be invited.
    [one] One will be invited.
   *[other] { $n } will be invited.
  }
customers-import-over = { $left ->
    [0] Nobody more may be invited today. Nothing was sent; choose the file again tomorrow.
   *[other] The file has { $wanted } to invite, and only { $left } more may be invited within 24 hours. Nothing can be sent until it has at most { $left }.
  }
customers-import-left-out = { $n ->
    [0] { "" }
    [one] One row is left out; it says why.
   *[other] { $n } rows are left out; they say why.
  }
customers-import-confirm = { $n ->
    [one] Send one invitation
   *[other] Send { $n } invitations
  }
customers-import-changed = Nobody was invited: meanwhile some rows have changed. Please look again.
customers-import-stale-title = This preview is too old
customers-import-stale-text = Nobody was invited. Please choose the file again.
