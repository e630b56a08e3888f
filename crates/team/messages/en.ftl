### Who works for an account: its IAM users, and who is invited.

team-nav = Team
team-nav-about = Invite colleagues, and say what each of them may see and change.
team-title = Team
team-lede = Who else works for your account, and what they may do.
team-caption = Your team, by name
team-none-title = Nobody else yet
team-none = Invite colleagues by email. You decide what each of them may see and change.
team-invite = Invite somebody
team-name = Name
team-email = Email
team-user-name = User name
team-grants = Permissions
team-state = Status
team-last-sign-in = Last sign-in
team-never = Never
team-root-email = Root user’s email
team-password = Password
team-back = Go to your team

team-state-invited = Invited
team-state-expired = Invitation expired
team-state-active = Active

## Inviting

team-invite-lede = The person gets an email with a link that works once and for { $days ->
    [one] one day
   *[other] { $days } days
  }, and sets a password there.
team-email-hint = The invitation goes there, and what this person has to know later.
team-user-name-hint = The person signs in with your email address and this name. Leave it empty to use what stands before the @.
team-language = Language of the email
team-invite-button = Send the invitation
team-invited = The invitation is on its way.

team-error-name = Enter the person’s name
team-error-email-missing = Enter the person’s email address
team-error-email-taken = Somebody of your account has this address already
team-error-user-name-missing = Enter a user name
team-error-user-name = Use only a to z, digits, dots, hyphens and underscores
team-error-user-name-taken = Somebody of your account is called { $name } already: choose another user name
team-error-grants = Choose at least one permission
team-error-full = An account has { $most } people at most
team-error-too-many-today = You can send { $most } invitations a day at most. Please go on tomorrow
team-too-many-letters-title = Enough invitations for today
team-too-many-letters-text = Enough invitations were sent within a day. Please wait until tomorrow, and ask the person to look into the spam folder meanwhile.
team-taken-title = That is taken
team-taken-text = Somebody of your account has this address or this name already.
team-joined-already-title = Joined already
team-joined-already-text = The person has joined meanwhile, so that there is no invitation to send again.

## A member

team-invited-at = Invited
team-sent-at = Sent again
team-expires-at = Link works until
team-expired-at = Link expired
team-since = Member since
team-change-hint = A change holds from the person’s next click on; the person is told by email.
team-changed = The permissions are as you set them.
team-invitation = Invitation
team-send-again-text = A further email has a new link; the one sent before stops working.
team-send-again = Send again
team-sent-again = The invitation is on its way again.
team-withdraw = Withdraw
team-withdraw-title = Withdraw the invitation?
team-withdraw-text = The link in the email stops working. You can invite the person again later.
team-withdrawn = The invitation is withdrawn.
team-remove = Remove
team-remove-title = Remove this person?
team-remove-text = The person is signed out everywhere at once, API tokens stop working, and signing in is no longer possible. What the person did keeps the name. This cannot be undone; you can only invite the person anew.
team-removed = The person is removed.

## Joining

team-join-title = Join { $account }
team-join-lede = { $by } invites you to work for { $account }. Set a password, and you can sign in.
team-join-password = Your password
team-join-button = Join
team-joined-title = You have joined
team-joined-lede = You can sign in for { $account } now. Enter there:
team-password-yours = The one that you have set
team-link-unknown-title = This link is not valid
team-link-unknown-text = Part of it may be missing. Copy the whole link from the email, or ask whoever invited you to send the invitation again.
team-link-expired-title = This invitation has expired
team-link-expired-text = Ask whoever invited you to send it again.
team-link-gone-title = This invitation no longer works
team-link-gone-text = It was withdrawn, or a newer email has taken its place. Look for a newer one, or ask whoever invited you.

## Emails

team-letter-greeting = Hello { $name },
team-letter-invitation-subject = { $provider }: join { $account }
team-letter-invitation-text = { $by } invites you to work for { $account } in the partner portal of { $provider }. Set a password to join. From then on you sign in with:
team-letter-invitation-button = Join
team-letter-invitation-until = The link works once, until { $until }.
team-letter-invitation-ignore = If you do not know what this is about, do nothing: nobody can sign in without your password.
team-letter-changed-subject = { $provider }: your permissions at { $account }
team-letter-changed-text = { $by } changed what you may do for { $account }. From now on you have:
team-letter-changed-button = See your profile
team-letter-removed-subject = { $provider }: you no longer work for { $account }
team-letter-removed-text = You were removed from the team of { $account } in the partner portal of { $provider }. You are signed out everywhere, your API tokens no longer work, and you can no longer sign in.
team-letter-ask = Questions? Ask { $name } ({ $email }).

## Problems of the API

problem-team-full = The team is full
problem-team-full-detail = The account has as many people as it may.
problem-team-member-exists = There is such a member
problem-team-member-exists-detail = Somebody of the account has this address or signs in with this name.
problem-team-member-joined = The person has joined
problem-team-member-joined-detail = There is no invitation to send again.

## The audit trail

audit-kind-team-invited = Team: person invited
audit-kind-team-invitation-sent-again = Team: invitation sent again
audit-kind-team-invitation-withdrawn = Team: invitation withdrawn
audit-kind-team-joined = Team: person joined
audit-kind-team-changed = Team: permissions changed
audit-kind-team-removed = Team: person removed
audit-field-user-name = User name
audit-field-grants = Permissions
