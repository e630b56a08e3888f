### Becoming a partner: what applicants and partners see, and the emails about it.

registration-nav-overview = Overview
registration-nav = Registration

registration-reference = Reference
registration-company = Company
registration-tax-code = Tax code
registration-status = Status
registration-letters-in = Emails in
registration-decision-by = Decision by
registration-by = by
registration-since = since
registration-submitted-at = Applied:

registration-state-awaiting = Awaiting approval
registration-state-approved = Approved
registration-state-rejected = Rejected
registration-state-withdrawn = Withdrawn

registration-reason-company-not-verified = We could not verify the company.
registration-reason-details-do-not-match = The details do not match the business register.
registration-reason-duplicate = The company is registered as a partner under another account.
registration-reason-outside-programme = The company’s business does not fit the partner programme.
registration-reason-no-answer = Our question was not answered.
registration-reason-other = Another reason, given below.

## Applying

registration-become = Become a { $provider } Partner
registration-lede = Sell { $provider } services to your own customers. We decide on your application within { $days ->
    [one] one business day
   *[other] { $days } business days
  }.
registration-requirements = What your account needs
registration-met = Met
registration-not-met = Not met
registration-requirement-registered = Registered with { $provider }
registration-requirement-independent = Not the customer of a partner
registration-requirement-enterprise = Classified as an enterprise
registration-registered-met = { $email } was verified on { $date }.
registration-registered-unmet = { $email } has not been verified.
registration-registered-fix = Ask for a link to set a new password: following it proves that { $email } is yours.
registration-registered-fix-link = Send me the link
registration-independent-met = No partner manages this account.
registration-independent-unmet = { $partner } manages this account.
registration-independent-fix = A partner’s customer cannot be a partner itself. Ask { $partner } to stop managing your account, or write to our support.
registration-enterprise-met = { $company }, tax code { $code }
registration-enterprise-unmet = This is an individual account.
registration-enterprise-fix = Give your company’s legal name and tax code; your services and balance stay as they are.
registration-enterprise-fix-link = Make it an enterprise account
registration-enterprise-fix-root = The root user of the account can make it an enterprise account.
registration-not-yet = You can apply once all three are met
registration-not-yet-text = This page checks again each time you open it.
registration-not-all-met = A requirement is no longer met, so nothing was submitted. See below what to do about it.
registration-root-only = Only the root user may apply
registration-root-only-text = By applying, the company agrees to the partner terms. You are signed in as an IAM user; please ask whoever signs in with the account’s root email to apply.
registration-language = Choose your language
registration-language-hint = You read and accept the terms in this language, and our emails about the application come in it.
registration-terms = Partner terms and conditions
registration-terms-version = Version { $version }
registration-terms-print = Open to print
registration-print = Print
registration-contents = Contents
registration-agree = I have read the terms and conditions and agree to them on behalf of { $company }
registration-agree-missing = Tick the box to say that you agree to the terms
registration-terms-changed = The terms have changed since you opened this page. Please read the new version and tick the box again; nothing was submitted.
registration-submitted = Your application was submitted.
registration-last-rejected = Your last application was rejected
registration-last-withdrawn = You withdrew your last application
registration-again = You may apply again at any time.
registration-earlier = Earlier applications

## Where it stands

registration-news-announce = The status of your application has changed.
registration-panel-due = We decide by
registration-panel-email = We then write to { $email }, and this page shows the decision at once.
registration-panel-asked = We have a question for you. The time in which we decide stands still until your answer.
registration-panel-late = We have not decided in the time that we promised, and we are sorry. Our team leads have been told. You need do nothing; the decision comes by email and appears here.
registration-approved-since = { $provider } partner since
registration-open-workspace = Open the partner workspace
registration-about = About this application
registration-timeline = Your application
registration-question = Our question
registration-answer = Your answer
registration-answer-hint = The reviewer reads it here in the portal.
registration-answer-send = Send the answer
registration-answer-empty = Write an answer
registration-answer-root-only = The root user of the account answers it.
registration-answer-overtaken = There was no open question any more. See below where the application stands.
registration-answered = Your answer was sent. The time in which we decide runs again.
registration-answer-link = Answer the question
registration-words-too-long = Write { $max } characters at most
registration-timeline-submitted = You applied
registration-timeline-submitted-text = { $person } accepted the terms, version { $version }, in { $language }. All three requirements were met.
registration-timeline-taken = A reviewer took your application
registration-timeline-taken-text = One person looks after it from here on.
registration-timeline-asked = We asked a question
registration-timeline-answered = You answered
registration-timeline-answered-text = The clock ran on from here, with a decision by { $due }.
registration-timeline-delayed = We are late
registration-timeline-delayed-text = We did not decide by { $due } as promised, and told our team leads and you.
registration-timeline-approved-text = The partner workspace is open.
registration-timeline-withdrawn-text = You withdrew the application.
registration-timeline-queue = Waiting for a reviewer
registration-timeline-queue-text = Your application is in the queue of our reviewers. You need do nothing now.
registration-timeline-review = In review
registration-timeline-review-text = You need do nothing now. Should there be a question, it appears here and comes by email, and the clock stops until you answer.
registration-timeline-decision = Decision
registration-timeline-decision-text = By email to { $email }, and on this page at the same moment.
registration-timeline-overdue = It was due by { $due }: late by { $time } of our working time. We decide as soon as we can.
registration-timeline-your-answer = Waiting for your answer
registration-timeline-your-answer-text = The clock stands still until then.
registration-timeline-after-answer = Within { $time } of our working time after your answer.
registration-timeline-after-answer-late = As soon as we can after your answer: we were late before we asked.
registration-timeline-workspace = The partner workspace opens
registration-time-days = { $count ->
    [one] one business day
   *[other] { $count } business days
  }
registration-time-hours = { $count ->
    [one] one hour
   *[other] { $count } hours
  }
registration-time-minutes = { $count ->
    [one] one minute
   *[other] { $count } minutes
  }
registration-time-moment = less than a minute
registration-withdraw = Withdraw the application
registration-withdraw-title = Withdraw the application?
registration-withdraw-text = We then stop the review. You may apply again at any time; the time in which we decide then starts anew.
registration-withdraw-keep = Keep it
registration-withdrawn = The application was withdrawn.
registration-see-status = See where it stands
registration-see-reason = See why, and apply again
registration-receipt = Download the receipt

## The receipt

registration-receipt-title = Receipt of accepted terms
registration-receipt-provider = Provider
registration-receipt-person = Accepted by
registration-receipt-email = Email address
registration-receipt-at = Accepted at
registration-receipt-origin = From the address
registration-receipt-version = Version of the terms
registration-receipt-language = Language
registration-receipt-hash = Hash of the text
registration-receipt-text = The text that was accepted follows below the line, exactly as it was. The hash is that of this text alone.
registration-receipt-unknown = not known

## The workspace

registration-managed = { $partner } manages your account
registration-managed-text = { $partner } tops up your credit and sets your prices. As long as it does, you cannot be a partner of { $provider } yourself.
registration-managed-more = What that means
registration-workspace = Partner workspace
registration-workspace-lede = Welcome to the { $provider } partner programme.
registration-workspace-later = The { $provider } partner workspace opens here once the application is approved.
registration-partner = { $provider } Partner
registration-partnership = Your partnership
registration-partner-since = Partner since
registration-history-link = See the application and its history

## What cannot be done

registration-overtaken-title = Somebody was faster
registration-overtaken-text = The application has changed since you opened the page, so nothing was done. Go back and look at it again.
registration-refused-settled = The application is decided or withdrawn already.
registration-refused-question-open = A question is open already.
registration-refused-no-question = No question is open any more.
registration-refused-held = A colleague holds this case.
registration-refused-not-taken = Take the case first.
registration-refused-own-account = This is your own account: a colleague must decide.
registration-refused-role = Your role does not allow this.
registration-refused-unmet = The account no longer meets all requirements, so it cannot be approved.
registration-refused-deadline = The business calendar does not reach far enough. Please tell your administrator.

## Emails

letter-registration-see = See the application
letter-registration-case = Open the case

letter-registration-awaiting-approval-subject = Your application to become a { $provider } Partner awaits approval
letter-registration-awaiting-approval-lead = We have received the application of { $company } to become a { $provider } Partner. It now awaits approval.
letter-registration-awaiting-approval-next = We decide within { $days ->
    [one] one business day
   *[other] { $days } business days
  } and then write to you. Should we have a question before, the time stands still until you answer it.

letter-registration-question-subject = A question about your application to become a { $provider } Partner
letter-registration-question-lead = Before we can decide on the application of { $company }, we would like to know:
letter-registration-question-next = Please answer in the portal. The time in which we decide stands still until then.
letter-registration-question-button = Answer the question

letter-registration-approved-subject = { $company } is now a { $provider } Partner
letter-registration-approved-lead = Congratulations: the application of { $company } has been approved.
letter-registration-approved-next = The partner workspace is open. Sign in with the root user of your account.
letter-registration-approved-button = Open the partner workspace

letter-registration-rejected-subject = Your application to become a { $provider } Partner was not approved
letter-registration-rejected-lead = We have looked at the application of { $company } to become a { $provider } Partner and could not approve it, for this reason:
letter-registration-rejected-next = You may apply again at any time, for instance once this is resolved.

letter-registration-delayed-subject = The decision on your { $provider } Partner application takes longer
letter-registration-delayed-lead = We meant to decide on the application of { $company } by { $due } and have not managed to. We are sorry.
letter-registration-delayed-next = Our team leads have been told and will see to it. You need do nothing; your place in the queue is kept.

letter-registration-new-case-subject = New application: { $company } ({ $reference })
letter-registration-new-case-lead = { $company } has applied to become a partner.

letter-registration-answered-subject = Answer from { $company } ({ $reference })
letter-registration-answered-lead = { $company } has answered the question. The deadline runs again.

letter-registration-reminder-subject = One business day or less left: { $company } ({ $reference })
letter-registration-reminder-lead = The application of { $company } is to be decided by { $due }.

letter-registration-escalation-subject = Deadline missed: { $company } ({ $reference })
letter-registration-escalation-lead = The application of { $company } was to be decided by { $due } and was not. The applicant has been told of the delay.

letter-registration-sample-question = Which of your branches will work with our customers, and who is our contact there?
letter-registration-sample-answer = Our office in Da Nang. The contact is Ms Tran Thi Lan.
letter-registration-sample-rejection = The legal name in the business register is another one. Please write to our support to have it corrected.

## Problems of the API

problem-registration-exists = There is a registration already
problem-registration-exists-detail = The account has a registration that awaits approval, or is a partner.
problem-terms-changed = The terms have changed
problem-terms-changed-detail = Other terms are in force than those that you named. Read them and apply again.
problem-requirements-not-met = A requirement is not met
problem-requirements-not-met-detail = The account does not satisfy all requirements; /api/v1/account/requirements says which.
problem-registration-settled = Decided or withdrawn already
problem-registration-settled-detail = The registration is decided or withdrawn already.
problem-question-open = A question is open
problem-question-open-detail = The applicant was asked and has not answered yet.
problem-no-question-open = No question is open
problem-no-question-open-detail = There is nothing to answer.
problem-held-by-colleague = A colleague holds the case
problem-held-by-colleague-detail = Only a lead takes a case from a colleague.
problem-not-taken = Nobody holds the case
problem-not-taken-detail = Take the case first.
problem-deadline = The deadline does not allow it
problem-deadline-detail = The business calendar does not reach far enough for a deadline.
