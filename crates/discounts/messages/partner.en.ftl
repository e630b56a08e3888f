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
letter-partner-discount-at-once = Its effective date had passed when it was approved, so it is in force since the approval: { $at }.
letter-partner-discount-replaces = It takes the place of { $reference }, which had been approved and had not begun.
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
letter-partner-discount-rejected-lead = { $provider } has reviewed your discount request and does not approve it, for this reason:
letter-partner-discount-rejected-next = The discount in force, if you have one, stays as it is. You may ask again at any time.

letter-partner-discount-activated-subject = Your discount { $reference } is in force
letter-partner-discount-activated-lead = From now on your orders at { $provider } get this discount. It replaces the one before.

letter-partner-discount-delayed-subject = Your discount request { $reference } takes longer
letter-partner-discount-delayed-lead = We promised you a decision by { $due } and have not kept that. We are sorry.
letter-partner-discount-delayed-next = Your request keeps its place and the people who decide have been reminded. You need not do anything. Should your effective date pass before the decision, the discount begins with the approval.

letter-partner-discount-new-case-subject = New discount request { $reference } from { $partner }
letter-partner-discount-new-case-lead = { $partner } asks for a discount.
letter-partner-discount-reminder-subject = Little time left: discount request { $reference }
letter-partner-discount-reminder-lead = The discount request of { $partner } must be decided by { $due }.
letter-partner-discount-escalation-subject = Deadline missed: discount request { $reference }
letter-partner-discount-escalation-lead = The discount request of { $partner } should have been decided by { $due }. The partner has been told that it takes longer.
