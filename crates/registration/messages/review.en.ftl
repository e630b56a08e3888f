### The pages of staff: the queue, a case, decisions, the dashboard.

review-nav-dashboard = Dashboard
review-nav-queue = Registrations

review-actor-system = Automatically

review-queue-title = Registrations
review-queue-lead = { $n ->
    [0] None awaits a decision.
    [one] One awaits a decision.
   *[other] { $n } await a decision.
  }
review-search = Search by name, tax code, email or reference
review-state = Status
review-reviewer = Reviewer
review-filter = Filter
review-clear = Clear
review-view-late = Late
review-asked = Question asked
review-whose-anybodys = Anyone
review-whose-mine = Me
review-whose-nobodys = Nobody yet
review-none-title = Nothing awaits a decision
review-none = New registrations appear here as soon as they are submitted.
review-none-filtered-title = Nothing fits this filter
review-none-elsewhere = Only “{ $state }” was searched.
review-everywhere = Search all statuses
review-none-filtered = Try other words, or clear the filter.
review-found = { $n ->
    [one] One found.
   *[other] { $n } found.
  }
review-found-more = More than { $n } found.
review-queue-caption = Registrations, the least time left first
review-select-all = Select all
review-select = Select { $name }
review-selected = {"{n}"} selected
review-applicant = Applicant
review-time-left-head = Working time left
review-submitted = Submitted
review-approve-selected = Approve selected…
review-pages = Pages

review-back = All registrations
review-back-case = Back to the case
review-due = due
review-alikes = Possible duplicates
review-alike-tax-code = same tax code
review-alike-name = same legal name
review-alike-domain = same email domain
review-alike-no-registration = No registration.
review-account = Account
review-legal-name = Legal name
review-tax-code = Tax code
review-now = Now: { $value }
review-root-user = Root user
review-account-since = Account since
review-letters-in = Emails in { $language }
review-terms = Terms accepted
review-terms-version = Version { $version }
review-checks = Requirements now
review-requirement-registered = Registered, email verified
review-requirement-independent = Not a partner’s customer
review-requirement-enterprise = Classified as an enterprise
review-met = Met
review-not-met = Not met
review-unmet-email = The email address of the root user is not verified.
review-unmet-individual = The account is an individual one.
review-unmet-customer = The account is a customer of { $partner }.
review-others = Other applications of this account
review-reference = Reference
review-history = History
review-private-note = Private note
review-now-deciding = Decision
review-now-asked = Waiting for the applicant’s answer
review-clock-stopped = The clock stands still until then.

review-event-submitted = Submitted
review-event-due = Due { $due }
review-event-was-due = It was due { $due }
review-event-taken = Taken by { $name }
review-event-released = Given back to the queue
review-event-asked = Question asked
review-event-answered = Question answered
review-event-approved = Approved
review-event-rejected = Rejected
review-event-withdrawn = Withdrawn by the applicant
review-event-reminded = Staff reminded of the deadline
review-event-escalated = Deadline missed, leads told
review-event-delay-told = Applicant told of the delay

review-actions = Actions
review-settled-title = Settled
review-settled = This registration needs no decision any more.
review-looks-title = You can only look
review-looks = Your role sees registrations and decides on none.
review-own-title = Your own account
review-own = You belong to this account. Nobody decides on their own account, so a colleague has to take this case.
review-held-title = Taken
review-held-by = { $name } has taken this case.
review-held = It can be decided by that colleague, or by whom a lead gives it to.
review-held-lead = Take it over to decide it yourself.
review-free-title = Not taken yet
review-free = Take the case to decide it, so that no colleague works on it at the same time.
review-take = Take the case
review-take-over = Take it over
review-decide = Decide
review-decide-asked = The applicant has not answered your question yet.
review-approve = Approve…
review-reject = Reject…
review-ask = Ask the applicant
review-question = Question
review-question-hint = Sent by email, which is in { $language }. The clock stands still until the answer.
review-ask-send = Send the question
review-pass-on = Pass on
review-colleague = Colleague
review-choose = Choose
review-hand-over = Hand over
review-release = Give back to the queue

review-approve-title = Approve { $name }?
review-approve-lead = The account becomes a { $provider } partner at once, and an email tells the applicant.
review-approve-confirm = Approve
review-reject-title = Reject { $name }
review-reject-confirm-title = Reject { $name }?
review-reject-lead = The applicant reads the reason and your words at once, by email and on the portal. The account may apply again.
review-reject-confirm = Reject
review-change = Change
review-reason = Reason
review-words = Words for the applicant
review-words-hint = The applicant chose { $language }.
review-note = Private note (optional)
review-note-hint = For staff only.

review-error-reason = Choose a reason
review-error-words = Write to the applicant why the registration is rejected
review-error-question = Write a question
review-error-long = Write at most { $max } characters
review-error-colleague = Choose a colleague

review-refused-approved = Nothing was changed: this registration was approved in the meantime.
review-refused-rejected = Nothing was changed: this registration was rejected in the meantime.
review-refused-withdrawn = Nothing was changed: the applicant has withdrawn this registration in the meantime.
review-refused-question-open = Nothing was changed: a question is open already.
review-refused-no-question = Nothing was changed: no question is open.
review-refused-held = Nothing was changed: { $name } has taken this case.
review-refused-not-taken = Nothing was changed: take the case first.
review-refused-own-account = Nothing was changed: you belong to this account, and nobody decides on their own account.
review-refused-role = Nothing was changed: the role does not allow it.
review-refused-unmet = It cannot be approved: the account does not meet all requirements now.
review-refused-deadline = Nothing was changed: the business calendar does not reach far enough.
review-refused-failure = Something went wrong on our side. Try this one again.

review-done-taken = You have taken this case.
review-done-released = The case is back in the queue.
review-done-handed-over = The case was handed over.
review-done-asked = The question was sent. The clock stands still until the answer.
review-done-approved = Approved. The applicant is being told by email.
review-done-rejected = Rejected. The applicant is being told by email.
review-done-bulk = All selected registrations were approved.

review-bulk-title = Approve selected registrations
review-bulk-heading = { $n ->
    [0] None of the selected can be approved
    [one] Approve one registration?
   *[other] Approve { $n } registrations?
  }
review-bulk-lead = These accounts become partners at once, and an email tells each applicant.
review-bulk-fit = Will be approved
review-bulk-confirm = { $n ->
    [one] Approve it
   *[other] Approve all { $n }
  }
review-bulk-unfit = { $n ->
    [one] One cannot be approved
   *[other] { $n } cannot be approved
  }
review-bulk-nothing-title = Nothing is selected
review-bulk-nothing = Select registrations in the queue first.
review-bulk-done-title = Not all were approved
review-bulk-not-approved = { $n ->
    [one] One was not approved
   *[other] { $n } were not approved
  }
review-bulk-approved = { $n ->
    [one] One was approved
   *[other] { $n } were approved
  }

review-dashboard-title = Dashboard
review-open-queue = Open the queue
review-waiting = Waiting
review-waiting-stopped = { $n } paused
review-due-today = Due today
review-late-head = Late
review-latest = up to { $time }
review-median = Median time
review-ninetieth = 90th percentile
review-of-decided = { $n } decided in { $days } days
review-time-explained = Time to decision is working time, without the time in which the applicant was asked something.
review-chart-title = Approvals by week
review-chart-week = week { $week }: { $count }
review-chart-in-words = Approvals in the last { $weeks } weeks: { $numbers }.
review-chart-table = Show as a table
review-week = Week
review-week-from = From
review-approved = Approved
review-elsewhere = Also awaiting a decision
review-elsewhere-late = { $n } late
review-urgent = Most urgent
