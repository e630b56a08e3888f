### What the provider grants partners.

partner-discount-nav = Discounts
partner-discount-staff-nav = Discounts

partner-discount-state-awaiting-approval = Awaiting approval
partner-discount-state-awaiting-activation = Awaiting activation
partner-discount-state-active = Active
partner-discount-state-expired = Expired
partner-discount-state-rejected = Rejected
partner-discount-state-withdrawn = Withdrawn

partner-discount-reference = Reference
partner-discount-partner = Partner
partner-discount-effective-date = Effective date
partner-discount-decision-by = Decision by
partner-discount-no-percent = none
partner-discount-granted-instead = { $granted } (asked: { $asked })

## Pages

partner-discount-title = Your discounts
partner-discount-lead = What { $provider } takes off its public prices for you.
partner-discount-ask = Ask for a discount
partner-discount-ask-again = Ask again
partner-discount-now = In force now
partner-discount-since = since
partner-discount-none-now = You have no discount at the moment: you buy at public prices.
partner-discount-begins = begins on { $date }.
partner-discount-would-begin = asked for from { $date } on.
partner-discount-history = All discounts
partner-discount-none-title = No discounts yet
partner-discount-none = Whatever you ask for appears here, with what became of it.
partner-discount-status = Status
partner-discount-span = In force
partner-discount-asked-at = Asked on
partner-discount-changed = changed
partner-discount-never-began = replaced before it began
partner-discount-day-title = The discount on orders of a day
partner-discount-day = Day
partner-discount-day-hint = Past or to come.
partner-discount-day-ask = Look it up
partner-discount-day-from = from
partner-discount-day-until = until
partner-discount-day-none = No discount: orders of that day are at public prices.
partner-discount-lines = Discount by product
partner-discount-product = Product
partner-discount-in-force = In force
partner-discount-asked = Asked for
partner-discount-granted = Granted
partner-discount-percent = Discount (%)
partner-discount-ask-lead = { $provider } decides within { $days ->
    [one] one business day
   *[other] { $days } business days
  }. Until then your discount in force stays as it is.
partner-discount-starts-from = The form starts from your discount in force.
partner-discount-left-empty = From 0 to 100 per cent with at most two decimals. A product left empty asks for none.
partner-discount-no-products-title = Nothing to ask for yet
partner-discount-no-products = { $provider } has no products in its catalogue yet.
partner-discount-from-hint = { $date } at the earliest. It begins at midnight.
partner-discount-note = Note to staff
partner-discount-note-hint = Optional: what speaks for it.
partner-discount-send = Send the request
partner-discount-timeline = What happened
partner-discount-asked-date = Asked for: { $date }
partner-discount-rejected-title = Rejected
partner-discount-withdraw = Withdraw
partner-discount-withdraw-title = Withdraw { $reference }?
partner-discount-withdraw-text = The request ends here and is not decided any more. Your discount in force stays as it is, and you may ask again at once.
partner-discount-keep = Keep the request
partner-discount-not-done = It changed meanwhile, so nothing was done.
partner-discount-unsent = What you wrote, which was not sent
partner-discount-done-asked = Your request was sent.
partner-discount-done-withdrawn = The request is withdrawn.
partner-discount-already-waiting = A request of yours awaits approval already. Withdraw it first to ask for something else.
partner-discount-done-approved = The discount is approved. The partner gets an email.
partner-discount-done-changed = The discount is approved with changes. The partner gets an email that names them.
partner-discount-done-rejected = The request is rejected. The partner gets an email.

partner-discount-error-number = { $product }: write a number, such as 12.5
partner-discount-error-fine = { $product }: at most two decimals, such as 12.50
partner-discount-error-range = { $product }: from 0 to 100 per cent
partner-discount-error-product = The catalogue has no such product
partner-discount-error-twice = Each product once
partner-discount-error-nothing = Ask for a discount on at least one product
partner-discount-error-unchanged = Nothing differs from what is in force
partner-discount-error-no-date = Choose the effective date
partner-discount-error-date = Write a date as YYYY-MM-DD, such as 2026-12-31
partner-discount-error-early = { $date } is the earliest effective date
partner-discount-error-past = That date is past; today is { $date }
partner-discount-error-long = At most { $max } characters
partner-discount-error-no-reason = Say why: the partner reads it

partner-discount-queue-title = Partner discounts
partner-discount-queue-lead = What partners ask for, the least time left first.
partner-discount-queue-none-title = Nothing here
partner-discount-queue-none-here-title = No discount stands there
partner-discount-queue-none = No discount has this status.
partner-discount-filter = Filter
partner-discount-time-left = Working time left
partner-discount-pages = Pages
partner-discount-asked-from = Effective date, asked for
partner-discount-granted-from = Effective date, granted
partner-discount-root-user = Root user
partner-discount-decide = Decide
partner-discount-approve = Approve as asked
partner-discount-change = Approve with changes
partner-discount-reject = Reject
partner-discount-edit = Change
partner-discount-looks-title = To be decided
partner-discount-looks = Your role sees discounts and does not decide on them.
partner-discount-own-account = This is (also) your own account; a colleague has to decide.
partner-discount-settled-title = Settled
partner-discount-settled = There is nothing left to decide.
partner-discount-warn-past = The effective date has come. Approved now, the discount begins at once, and today becomes its effective date.
partner-discount-warn-gives-up = { $reference } is approved and begins on { $date }. If this request is approved before then, it takes that one’s place: { $reference } will not begin.
partner-discount-warn-replaces = { $reference } is approved and would begin on { $date }. An approval takes its place: it will not begin.
partner-discount-approve-title = Approve the discount of { $partner }?
partner-discount-change-title = Approve with changes: { $partner }
partner-discount-change-lead = The form starts from what is asked for. What was asked and what was granted are both kept, and the email names the difference.
partner-discount-change-confirm-lead = Please check: the partner gets an email with this.
partner-discount-change-words = Reason for the changes
partner-discount-change-words-hint = Optional. The partner reads it as you write it, in { $language }.
partner-discount-reject-title = Reject the discount of { $partner }?
partner-discount-reject-lead = The partner gets an email with your words. It may ask again.
partner-discount-words = Reason
partner-discount-words-hint = The partner reads it as you write it, in { $language }.

partner-discount-by-itself = Automatically
partner-discount-event-requested = Requested
partner-discount-event-approved = Approved
partner-discount-event-changed = Approved with changes
partner-discount-event-rejected = Rejected
partner-discount-event-withdrawn = Withdrawn
partner-discount-event-activated = In force
partner-discount-event-expired = Expired
partner-discount-event-replaced = Replaced before it began
partner-discount-event-reminded = Staff were reminded
partner-discount-event-escalated = Deadline missed
partner-discount-event-delay-told = It takes longer than promised
partner-discount-event-decision-by = Decision by { $at }
partner-discount-event-was-due = It was due by { $at }
partner-discount-event-from = Effective date { $date }
partner-discount-event-from-instead = Effective date { $date }; asked for was { $asked }
partner-discount-event-since = Since { $at }
partner-discount-event-replaced-by = { $reference } took its place: { $at }
partner-discount-next-decision = Being reviewed
partner-discount-next-begins = Begins

## Refusals

partner-discount-refused-undecided = It still awaits approval.
partner-discount-refused-approved = It has been approved meanwhile.
partner-discount-refused-rejected = It has been rejected meanwhile.
partner-discount-refused-withdrawn = The partner has withdrawn it meanwhile.
partner-discount-refused-past = The effective date is past.
partner-discount-refused-calendar = The calendar does not reach that far.
partner-discount-overtaken-title = It changed meanwhile
partner-discount-overtaken-text = Somebody else decided on this discount or withdrew it a moment ago. Nothing of yours was carried out; open it again to see where it stands.

## Problems of the API

problem-discount-waiting = Another request awaits approval
problem-discount-waiting-detail = A partner may have one request at a time that awaits approval. Withdraw it first, or wait for the decision.
problem-discount-settled = Decided or withdrawn already
problem-discount-settled-detail = The discount does not await approval any more.
problem-discount-overtaken = It changed meanwhile
problem-discount-overtaken-detail = Another change came first. Read the discount again.

## The audit trail

audit-subject-partner-discount = Partner discount
audit-kind-partner-discount-requested = Discount requested
audit-kind-partner-discount-approved = Discount approved
audit-kind-partner-discount-rejected = Discount rejected
audit-kind-partner-discount-withdrawn = Discount withdrawn
audit-kind-partner-discount-activated = Discount activated
audit-kind-partner-discount-expired = Discount expired
audit-kind-partner-discount-reminded = Staff reminded of a discount
audit-kind-partner-discount-escalated = Deadline of a discount missed
audit-kind-partner-discount-delay-told = Partner told of a delay
audit-field-starts-at = Begins
audit-field-effective-at = Effective since
audit-field-ended-at = Ended
audit-field-ended-by = Replaced by
audit-field-replaced-by = Replaced by
audit-field-was-in-force = Was in force
audit-field-asked-from = Asked: effective date
audit-field-granted-from = Granted: effective date
audit-field-note = Note to staff

## Letters

letter-partner-discount-see = See the discount
letter-partner-discount-case = Open the request
letter-partner-discount-begins = It begins on { $date }, at midnight.
letter-partner-discount-at-once = Its effective date had come when it was approved, so it is in force since the approval: { $at }.
letter-partner-discount-replaces = It takes the place of { $reference }, which had been approved and had not begun.
letter-partner-discount-sample-changes = At your sales of the last quarter, virtual servers go up to this level.
letter-partner-discount-sample-rejection = Your sales of the last quarter do not support this level yet. Please ask again in January.

letter-partner-discount-under-review-subject = Your discount request { $reference } is being reviewed
letter-partner-discount-under-review-lead = { $provider } has received your discount request and is reviewing it.
letter-partner-discount-under-review-next = We decide within { $days ->
    [one] one business day
   *[other] { $days } business days
  }, by { $due }, and write to you then. Until the decision you may withdraw the request.

letter-partner-discount-approved-subject = Your discount { $reference } is approved
letter-partner-discount-approved-lead = { $provider } has approved your discount as you asked for it.

letter-partner-discount-changed-subject = Your discount { $reference } is approved with changes
letter-partner-discount-changed-lead = { $provider } has approved your discount, with changes. Where something else was granted than you asked for, both are named:

letter-partner-discount-rejected-subject = Your discount request { $reference } is not approved
letter-partner-discount-changed-why = The reason for the changes:
letter-partner-discount-rejected-lead = { $provider } has reviewed your discount request and does not approve it, for this reason:
letter-partner-discount-rejected-next = The discount in force, if you have one, stays as it is. You may ask again at any time.

letter-partner-discount-activated-subject = Your discount { $reference } is in force
letter-partner-discount-activated-lead = From now on your orders at { $provider } get this discount. An earlier one, if there was any, has ended.

letter-partner-discount-delayed-subject = Your discount request { $reference } takes longer
letter-partner-discount-delayed-lead = We promised you a decision by { $due } and have not kept that. We are sorry.
letter-partner-discount-delayed-next = Your request keeps its place and the people who decide have been reminded. You need not do anything. Should your effective date pass before the decision, the discount begins with the approval.

letter-partner-discount-new-case-subject = New discount request { $reference } from { $partner }
letter-partner-discount-new-case-lead = { $partner } asks for a discount.
letter-partner-discount-reminder-subject = Little time left: discount request { $reference }
letter-partner-discount-reminder-lead = The discount request of { $partner } must be decided by { $due }.
letter-partner-discount-escalation-subject = Deadline missed: discount request { $reference }
letter-partner-discount-escalation-lead = The discount request of { $partner } should have been decided by { $due }. The partner has been told that it takes longer.
