### The shell around every page.

date = { $day } { $month } { $year }
weekday-date = { $weekday } { date }
date-time = { weekday-date }, { $time } ({ $zone })
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

## Languages inside a sentence.

language-en = English
language-vi = Vietnamese

portal = Partner Portal
portal-of = { $provider } Partner Portal
skip-to-content = Skip to the main content
language = Language
sign-in = Sign in
sign-out = Sign out
support = Support
support-lead = Need help? Contact { $provider } support:
profile = Profile
change-password = Change password
sign-in-history = Sign-in history
navigation = Main
rooms-title = What you can do here
save = Save
cancel = Cancel
back = Back
continue = Continue
optional = optional
required = required
search = Search
all = All
yes = Yes
no = No
none = None
page-next = Next page
page-previous = Previous page

errors-title = There is a problem
error-prefix = Error:
page-news = This page has news.
page-reload = Show it
show-password = Show
hide-password = Hide

demo-banner = Demo. The clock shows { $now }.
demo-clock = Move the clock forward
demo-clock-hour = 1 hour
demo-clock-day = 1 day
demo-clock-business-day = 1 business day
demo-mailbox = Mailbox

fault-404-title = Page not found
fault-404-text = There is nothing at this address. It may have been mistyped, or what it named is gone.
fault-403-title = You may not open this page
fault-403-text = You are signed in as { $name }, who lacks the permission for this page.
fault-401-title = Please sign in again
fault-401-text = You are not signed in, or you were signed out, so nothing was saved. If you had filled in a form, please fill it in again once you have signed in.
fault-401-step = Sign in and go on
fault-400-title = The request could not be understood
fault-400-text = Something in the request is missing, repeated or malformed. Go back and try again.
fault-405-title = This address does not take such requests
fault-405-text = Go back and try again.
fault-413-title = That is too large
fault-413-text = What was sent is larger than this page takes.
fault-429-title = Too many tries
fault-429-text = Please wait { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
  } and try again.
fault-csrf-title = The form came from another site
fault-csrf-text = For your protection it was not accepted. Open the page here and send it again.
fault-500-title = Something went wrong on our side
fault-500-text = It has been written down with the number below. Nothing was half done. Please try again in a moment.
fault-503-title = Temporarily not available
fault-503-text = The portal cannot answer this at the moment. Nothing was lost. Please try again in a moment.
fault-reference = Reference: { $id }
fault-home = Go to the start page
fault-no-partner-title = This is for partners
fault-no-partner-text = Your account is not a partner of { $provider } yet. Apply, and once the application is approved this page opens.
fault-no-partner-step = See how to become a partner
fault-customer-title = This is for partners
fault-customer-text = Your account is the customer of a partner of { $provider }, so it cannot be one itself. Your partner does this for you.
fault-customer-step = Go to the start page
fault-not-granted-title = You may not open this page
fault-not-granted-text = You are signed in as an IAM user who was not granted what this page needs. Your profile says what you were granted, and whom to ask for more.
fault-not-granted-step = See your permissions
fault-root-only-title = You may not open this page
fault-root-only-text = Only the root user of your account can do this. Your profile says who that is.
fault-own-account-title = This is your own account
fault-own-account-text = Nobody decides on their own account: a colleague must do it.

letter-support = Questions? { $provider } support:

### Emails, as staff see them.

messages-nav = Emails
messages-title = Emails
messages-lead = What the portal has sent, and what it could not.
messages-search = Recipient
messages-state = Status
messages-state-queued = Queued
messages-state-sent = Sent
messages-state-given-up = Given up
messages-filter = Filter
messages-clear = Clear
messages-none-title = No emails
messages-none = The portal has not sent any yet.
messages-none-filtered = No email fits this filter.
messages-caption = Emails, newest first
messages-subject = Subject
messages-recipient = Recipient
messages-created = Written
messages-next-attempt = Next attempt
messages-attempts = Attempts
messages-last-error = Last error
messages-kind = Kind
messages-delivery = Delivery
messages-text = Text
messages-pages = Pages
messages-newer = Newer
messages-older = Older
messages-back = All emails
messages-resend = Send again
messages-resent = The email is queued and will be sent again.
messages-resend-secret = This email held a single-use link that is no longer kept. A new one comes only from where it came: the recipient asks again, whoever invited sends again, or staff propose the transfer anew.
messages-resend-waiting = This email is waiting for its next attempt already.
messages-secret = This email holds a single-use link for its recipient alone, so its text is not shown here.
messages-secret-gone = This email held a single-use link. The link is no longer kept, so the email cannot be sent again; a new one comes only from where it came: the recipient asks again, whoever invited sends again, or staff propose the transfer anew.
messages-templates = Email templates
messages-templates-lead = Every kind of email, filled with sample data.
messages-templates-back = All templates
messages-templates-none = There are no templates
messages-template-title = Template { $template }
messages-template-lead = Sample data; nothing is sent.
messages-template-frame = The email in HTML, { $language }
messages-template-text = Show the plain text

## The API: problems, scopes

problem-malformed = The request is malformed
problem-malformed-detail = The request does not fit the description of this operation.
problem-malformed-zero = A text has the character U+0000, which nothing here keeps.
problem-malformed-json = The body is no JSON: line { $line }, column { $column }.
problem-unauthenticated = A token is needed
problem-unauthenticated-detail = Send a valid access token in the Authorization header. This one is missing, wrong, revoked or expired.
problem-forbidden = Not permitted
problem-forbidden-detail = The person behind this token lacks the permission for this.
problem-insufficient-scope = The token lacks a scope
problem-insufficient-scope-detail = This token was not made for this operation.
problem-insufficient-scope-named = This operation needs a token with the scope { $scope }.
problem-not-found = Not found
problem-not-found-detail = There is nothing at this address, or nothing that you may see.
problem-method-not-allowed = Method not allowed
problem-method-not-allowed-detail = This address does not take this method; the Allow header names those that it takes.
problem-not-acceptable = Not acceptable
problem-not-acceptable-detail = Answers are application/json, which the Accept header does not allow.
problem-conflict = Conflict
problem-conflict-detail = The state of things does not allow this.
problem-idempotency-key-busy = The request is under way
problem-idempotency-key-busy-detail = A request with this Idempotency-Key is being carried out. Send it again in a moment.
problem-idempotency-answer-lost = Done, but the answer is lost
problem-idempotency-answer-lost-detail = The request with this Idempotency-Key was carried out, or begun where it was about several things; its answer was lost in a failure. Read what it was about.
problem-changed = Changed meanwhile
problem-changed-detail = It changed since you read it. Read it again, and decide anew.
problem-too-large = Too large
problem-too-large-detail = The body is larger than this address takes.
problem-unsupported-media-type = Unsupported media type
problem-unsupported-media-type-detail = Send the body as application/json.
problem-invalid = A value breaks a rule
problem-invalid-detail = The errors say where and why.
problem-idempotency-key-reused = The Idempotency-Key was used already
problem-idempotency-key-reused-detail = This Idempotency-Key belongs to another request. Use a fresh key for each.
problem-too-many-requests = Too many requests
problem-too-many-requests-detail = The quota is used up. Retry-After says when to come again.
problem-internal = Something went wrong on our side
problem-internal-detail = It has been written down with the id of this request. Nothing was half done.
problem-unavailable = Temporarily not available
problem-unavailable-detail = The portal cannot answer this at the moment. Nothing was lost. Retry-After says when to come again.
problem-field-missing = Is missing.
problem-field-unknown = Is not known here.
problem-field-choice = Is none of the choices.
problem-field-type = Has the wrong type or form.
problem-field-twice = Is given more than once.
problem-cursor = Is no cursor of this list.
problem-idempotency-key = Must be 1 to 255 visible ASCII characters.
scope-registrations-read = See registrations, requirements and terms
scope-registrations-write = Apply, answer and withdraw; take, ask and decide
scope-accounts-read = See accounts
scope-accounts-write = Change your own account; import accounts
scope-messages-read = See emails
scope-messages-write = Send emails again
scope-events-read = Follow what happens
scope-webhooks-manage = Manage webhooks
scope-customers-read = See customers
scope-customers-write = Add customers, withdraw and end; decide
scope-credit-read = See balances, transactions and statements
scope-credit-write = Top up customers; record deposits, refunds and usage
scope-discounts-read = See discounts, the catalogue and prices
scope-discounts-write = Ask for, grant and decide on discounts
scope-catalogue-write = Change products and prices
scope-team-manage = See and change who works for your account
scope-registrations-write-own = Apply, answer and withdraw
scope-accounts-write-own = Change your own account
scope-customers-write-own = Add customers, withdraw and end
scope-credit-write-own = Top up customers
scope-discounts-write-own = Ask for discounts and grant them
problem-too-many-at-once = Must be 1 to { $max } entries.

## What a root user grants IAM users.

grant-customers = Customers
grant-customers-hint = See customers; add, withdraw and end them.
grant-credit = Credit
grant-credit-hint = See balances and statements; top up customers.
grant-discounts = Discounts
grant-discounts-hint = See discounts and prices; ask for discounts and grant them to customers.
grant-read-only = Read only
grant-read-only-hint = See customers, credit and discounts. Alone it changes nothing; with another permission, what that one allows.
grant-none = None

## Problems of emails

problem-own-account = It is your own account
problem-own-account-detail = Nobody decides on their own account.
problem-message-holds-a-link = The email holds a link for its recipient alone
problem-message-holds-a-link-detail = It was emptied when it was delivered, and cannot be sent again.
problem-message-waits-already = The email waits already
problem-message-waits-already-detail = It is about to be sent.

api-title = API reference
api-lede = What the portal does, as JSON. Tokens are made in your profile.
api-contents = Contents
api-schemas = Schemas
api-parameters = Parameters
api-body = Body
api-answers = Answers
money = { $currency } { $amount }

# How much time is left until a deadline, or how late it is: in working time.
deadline-days = { $n } d
deadline-hours = { $n } h
deadline-minutes = { $n } min
deadline-left = { $time } left
deadline-late = Late by { $time }
deadline-paused = Paused
deadline-late-head = Late
