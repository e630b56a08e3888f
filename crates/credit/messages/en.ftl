### Credit: balances, deposits, top-ups, usage, statements, and the emails about them.

credit-nav = Credit
credit-title = Credit
credit-account = Account
credit-amount = Amount
credit-balance = Balance
credit-balance-after = Balance after
credit-balance-now = Balance now
credit-customer = Customer
credit-partner = Partner
credit-reference = Payment reference
credit-note = Note
credit-reason = Reason
credit-date = Date
credit-kind = Kind
credit-details = Details
credit-threshold = Threshold
credit-outstanding = Outstanding usage
credit-usage-row = Row of usage
credit-taken-back = Transaction taken back
credit-transaction = Transaction
credit-currency = Currency
credit-filter = Filter
credit-clear = Clear
credit-newer = Newer
credit-older = Older
credit-pages = Pages
credit-change = Change
credit-history = Transactions
credit-history-caption = Transactions, newest first
credit-none-title = No transactions yet
credit-none = Every transaction will stand here, with the balance after it.
credit-none-filtered = No transaction of this kind

credit-kind-deposit = Deposit
credit-kind-top-up = Top-up
credit-kind-top-up-sent = Top-up
credit-kind-usage = Usage
credit-kind-refund = Refund
credit-kind-reversal = Reversal
credit-from = from { $name }
credit-to = to { $name }
credit-reversed-mark = Taken back
credit-reversal-of = Takes back { $reference }

## An account's own page

credit-lede-partner = Your balance, what your customers have, and every transaction.
credit-lede = Your balance and every transaction.
credit-topped-up-by-title = { $partner } tops up your credit
credit-topped-up-by = You are a customer of { $partner }, which manages your credit. Please ask { $partner } when you need more; you cannot top up yourself.
credit-how-title = How to get credit
credit-how = Pay { $provider } as agreed and name your account. Once we have recorded the payment, it stands here. Questions? Our support is glad to help.
credit-outstanding-text = { $amount } of usage is not paid yet, as the balance did not cover it. It is taken first of all when credit comes in.
credit-see-statement = Statement
credit-customers = Customers’ credit
credit-customers-none-title = No active customers
credit-customers-none = As soon as a customer of yours is active, you can top it up here.
credit-top-up = Top up
credit-top-up-of = Top up { $name }

## Low balance

credit-alert-title = Low-balance alert
credit-alert-text = When the balance falls below the threshold, the root user gets an email, once.
credit-alert-hint = Empty: the provider’s default ({ $amount }). 0: never.
credit-alert-set = The low-balance alert is set.
credit-alert-off = The low-balance alert is off.
credit-alert-now = Below { $amount }
credit-alert-never = Never

## Amounts

credit-amount-hint = In { $currency }
credit-amount-empty = Enter an amount.
credit-amount-not-a-number = Enter a number such as { $example }. { $currency } has { $decimals ->
    [0] no decimals
    [one] one decimal
   *[other] { $decimals } decimals
  }.
credit-amount-too-large = Enter { $max } at most.
credit-amount-not-positive = The amount must be above zero.
credit-amount-overdrawn = The amount is more than the balance: { $balance }.
credit-amount-negative = The threshold cannot be below zero.

## Top-ups

credit-top-up-title = Top up a customer
credit-top-up-lead = The amount moves from your balance to the customer’s. You see both balances before anything moves.
credit-top-up-choose = Choose a customer
credit-top-up-no-customer = Choose one of your active customers.
credit-top-up-ended = This account is not an active customer of yours any more. Nothing moved.
credit-top-up-confirm-title = Confirm the top-up
credit-top-up-confirm-lead = Nothing has moved yet. Please look at both balances, then confirm.
credit-top-up-confirm = Confirm the top-up
credit-top-up-yours = Your balance
credit-top-up-theirs = Balance of { $name }
credit-now = Now
credit-afterwards = Afterwards
credit-balances = Balances
credit-top-up-done-title = { $name } was topped up
credit-top-up-before = This top-up was made before, and nothing moved again. For another one, begin anew.
credit-top-up-done = { $amount } moved from your balance to that of { $name }.
credit-top-up-another = Top up another customer
credit-back = Credit
credit-stale-title = This confirmation is no longer valid
credit-stale-text = It was changed or is not yours. Nothing moved. Please begin again.
credit-stale-step = Begin again

## Deposits, for staff

credit-staff-nav = Credit
credit-staff-title = Credit
credit-staff-lead = Accounts whose credit has moved, with their balances. Any other account is found by search.
credit-search = Name, email or account id
credit-sort = Order
credit-sort-balance = Highest balance first
credit-sort-balance-up = Lowest balance first
credit-accounts-caption = Accounts with their balances
credit-accounts-none-title = No accounts
credit-accounts-none = No account fits this search.
credit-role-partner = Partner
credit-role-customer = Customer of { $name }
credit-back-accounts = All accounts
credit-back-account = The account
credit-deposits-waiting = Deposits awaiting a second person
credit-deposits-waiting-n = { $n ->
    [0] No deposit awaits a second person
    [one] One deposit awaits a second person
   *[other] { $n } deposits await a second person
  }
credit-deposits-none-title = Nothing waits
credit-deposits-none = A deposit above the limit stands here until a second person has looked at it.
credit-back-deposits = Deposits
credit-deposit = Deposit
credit-deposits = Deposits
credit-deposits-all = All deposits
credit-deposits-of-none-title = No deposits yet
credit-deposit-state-awaiting-second = Awaiting a second person
credit-deposit-state-posted = Posted
credit-deposit-state-rejected = Rejected
credit-deposit-state-reversed = Taken back
credit-state = Status
credit-recorded = Recorded
credit-settled = Settled
credit-deposit-record = Record a deposit
credit-deposit-record-customer = This account is a partner’s customer: only { $name } can top it up.
credit-deposit-reference-hint = As the bank statement names it. Each payment of an account can be recorded only once.
credit-deposit-note-hint = Stays with staff.
credit-deposit-reference-empty = Enter the payment’s reference.
credit-deposit-reference-too-long = The reference must have { $max } characters at most.
credit-deposit-reference-taken = A payment with this reference is recorded for this account already.
credit-words-too-long = At most { $max } characters.
credit-reason-empty = Say why.
credit-deposit-confirm-title = Record this deposit?
credit-deposit-at-once = It is in the balance as soon as you confirm.
credit-deposit-waits = It is above { $limit }: after you record it, a second person has to confirm it before anything moves.
credit-deposit-save = Record the deposit
credit-deposit-done-posted = The deposit is in the balance.
credit-deposit-done-before = This deposit was recorded before and did not stay in the balance. Nothing was recorded.
credit-deposit-done-waiting = The deposit is recorded and waits for a second person.
credit-deposit-second-title = Are you the second person?
credit-deposit-second = Compare it with the bank statement, then confirm or reject it.
credit-deposit-confirm = Confirm the deposit
credit-deposit-reject = Reject
credit-deposit-reject-title = Reject this deposit?
credit-deposit-reject-reason-hint = Whoever recorded it sees this.
credit-deposit-done-confirmed = The deposit is confirmed and in the balance.
credit-deposit-done-rejected = The deposit is rejected. Nothing moved.
credit-refused-partners-customer = A partner’s customer gets its credit from its partner alone.
credit-refused-above-limit = A deposit above the limit is taken back by somebody who may confirm one: a lead.
credit-refused-same-person = You recorded this deposit. Somebody else has to decide on it: a lead other than you.
credit-deposit-who-decides = Recorded by { $name }. A lead other than { $name } confirms or rejects it.
credit-refused-own-account = This is an account of your own. Somebody else has to do this.
credit-refused-role = Your role does not allow this.
credit-refused-settled = This deposit is settled already.
credit-refused-not-posted = This deposit is not in the balance, or was taken back already.

## Emails

letter-credit-see = See your credit
letter-credit-deposit-posted-subject = Your payment of { $amount } is in your balance
letter-credit-deposit-posted-lead = We have received your payment and added { $amount } to your credit with { $provider }.
letter-credit-top-up-sent-subject = You topped up { $other } by { $amount }
letter-credit-top-up-sent-lead = { $amount } moved from your credit to that of your customer { $other }.
letter-credit-top-up-sent-next = Was it not you or one of your people? Then write to our support at once.
letter-credit-top-up-received-subject = { $other } topped up your credit by { $amount }
letter-credit-top-up-received-lead = Your partner { $other } added { $amount } to your credit with { $provider }.
letter-credit-reversed-subject = A transaction of { $amount } was taken back
letter-credit-reversed-lead = { $provider } has taken back a transaction of { $amount } on your credit, for this reason:
letter-credit-refunded-subject = Usage was refunded: { $amount }
letter-credit-refunded-lead = { $provider } has refunded { $amount } of usage to you, for this reason:
letter-credit-low-balance-subject = Your credit is running low: { $balance }
letter-credit-low-balance-lead = Your credit with { $provider } has fallen to { $balance }, which is below { $amount }.
letter-credit-low-balance-next = Please pay in time, so that your services go on.
letter-credit-low-balance-partner = Please ask { $other }, which tops up your credit, in time, so that your services go on.
letter-credit-deposit-waiting-subject = A deposit of { $amount } awaits a second person: { $account }
letter-credit-deposit-waiting-lead = { $name } recorded a deposit of { $amount } for { $account }. It is above the limit, so somebody else has to confirm or reject it.
letter-credit-deposit-waiting-button = Look at the deposit
letter-credit-sample-reason = The amount was recorded with a zero too many.

## Statements

credit-role = Partner programme
credit-statement-lead = All transactions of a month or any other period, with opening and closing balance.
credit-statement-caption = Transactions of the period, oldest first
credit-statement-account = Account
credit-statement-period = Period
credit-statement-days = { $from } – { $to }
credit-statement-from = From
credit-statement-to = To
credit-statement-show = Show
credit-statement-opening = Opening balance
credit-statement-closing = Closing balance
credit-statement-none = Nothing moved in this period
credit-statement-no-date = Choose a date.
credit-statement-order = The last day must not be before the first.
credit-statement-shown = The first { $shown } of { $count } transactions are shown; the files have all of them.

## Taking back

credit-reverse = Take back
credit-reverse-title = Take this transaction back?
credit-reverse-lead = A new entry moves the whole amount back. Both stay in the history, and the accounts concerned get an email with your reason. This cannot be undone.
credit-reverse-reason-hint = The accounts concerned read this.
credit-reverse-do = Take it back
credit-reverse-unsent = What you wrote, which was not sent
credit-reversed-done = The transaction is taken back.

## Pages that say why not

credit-fault-reference-taken-title = Recorded already
credit-fault-reference-taken-text = A payment with this reference is recorded for this account already.
credit-fault-settled-title = Settled already
credit-fault-settled-text = Somebody else was faster: this deposit is settled. Open it to see how.
credit-fault-refused-title = Somebody else has to do this
credit-fault-refused-text = You recorded this yourself, or the account is your own. Nothing moved.
credit-fault-amount-title = This amount cannot be moved
credit-fault-amount-text = An amount must be above zero, and not too large. Nothing moved.
credit-fault-taken-back-title = It cannot be taken back
credit-fault-taken-back-text = It was taken back before, or is usage, which is refunded instead. Nothing moved.
credit-fault-above-limit-title = Only a lead takes this back
credit-fault-above-limit-text = The deposit is above the limit for which a second person is needed. Ask a lead to take it back. Nothing moved.
credit-fault-spent-title = The money is not there any more
credit-fault-spent-text = The account has spent some of it already, so it cannot be taken back whole. Nothing moved.
credit-fault-refund-title = More than is left to refund
credit-fault-refund-text = Part of this row was refunded already. Nothing moved.
credit-fault-not-customer-title = Not your customer
credit-fault-not-customer-text = This account is not an active customer of yours any more. Nothing moved.
credit-fault-overdrawn-title = The balance does not cover it
credit-fault-overdrawn-text = The amount is more than your balance. Nothing moved.
credit-fault-too-long-title = The period is too long
credit-fault-too-long-text = A file has 100,000 transactions at most. Please choose a shorter period.

## Usage and refunds, for staff

credit-usage-title = Usage
credit-usage-caption = Rows of usage, newest first
credit-usage-all = All rows of usage
credit-usage-none-title = No usage yet
credit-usage-none = What billing reports of this account will stand here, row by row.
credit-usage-cost = Cost
credit-usage-outstanding = Outstanding
credit-usage-refunded = Refunded
credit-refund = Refund
credit-refund-title = Refund usage
credit-refund-lead = What is outstanding of the row is waived first; the rest comes back to the balance. The account gets an email with your reason.
credit-refund-left = Left to refund
credit-refund-amount = Refund
credit-refund-reason-hint = The account reads this.
credit-refund-confirm-title = Refund this usage?
credit-refund-confirm-lead = Nothing has moved yet. A refund cannot be undone.
credit-refund-waived = { $amount } of it is waived, as it was never paid; the balance changes by the rest.
credit-refund-do = Refund
credit-refund-done = The usage is refunded.

## The API

credit-problem-currency = Amounts here are in { $currency }.
credit-problem-no-account = There is no such account.
credit-usage-amount = The amount must be above zero, and not too large.
credit-usage-id = The id must have 1 to { $max } printable characters.
credit-usage-label = Period and description are one line each, of at most { $max } characters.
credit-usage-differs = A row with this id came before, with other content.
credit-refund-too-much = Only { $left } of the row is left to refund.
problem-credit-overdrawn = The balance does not cover it
problem-credit-overdrawn-detail = The amount is more than the balance. Nothing moved.
problem-transfer-taken-back = It was taken back before
problem-transfer-taken-back-detail = A transaction is taken back once. Nothing moved.
problem-transfer-irreversible = Transactions of this kind are not taken back
problem-transfer-irreversible-detail = Deposits and top-ups are taken back; usage is refunded. Nothing moved.
problem-deposit-reference-taken = Recorded already
problem-deposit-reference-taken-detail = A payment with this reference is recorded for this account already.
problem-deposit-settled = Settled already
problem-deposit-settled-detail = This deposit was confirmed, rejected or taken back. Read it again.
problem-second-person-needed = A second person is needed
problem-second-person-needed-detail = You recorded this deposit. Somebody else has to decide on it.
problem-partners-customer = It is a partner’s customer
problem-partners-customer-detail = A partner’s customer gets its credit from its partner alone.
problem-refund-too-much = More than is left to refund
problem-refund-too-much-detail = Part of this row was refunded already. Nothing moved.
