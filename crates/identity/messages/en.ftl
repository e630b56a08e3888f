### Sign-in, sign-out, passwords, sessions.

signin-title = Sign in
signin-staff-title = Staff sign-in
signin-for-client = You will continue to { $client }.
signin-email = Email
signin-root-email = Email of the root user
signin-root-email-hint = The address with which your account was opened
signin-user-name = User name
signin-password = Password
signin-root = Sign in with root user account
signin-iam = Sign in with IAM user account
signin-staff = Sign in
signin-forgotten = Forgotten password?
signin-or = or
signin-new = New here?
signin-sign-up = Sign up
signin-about-title = Become a { $provider } partner
signin-about = Sign in with your { $provider } account. The root user opened the account and may apply for it; IAM users are colleagues whom the root user invited.
signin-about-staff-title = For staff
signin-about-staff = Registrations of { $provider } partners are reviewed here.
signin-email-missing = Enter your email address
signin-user-name-missing = Enter your user name
signin-password-missing = Enter your password
signin-wrong = These details do not match. Check them and try again, or set a new password.
signin-wait = Too many tries. Please wait { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
  } and try again.
signin-lost-title = This sign-in could not be finished
signin-lost-text = It was begun in another browser, took too long, or was finished already. Nothing is lost: begin it again.
signin-again = Sign in again
signin-unknown-client-title = Unknown application
signin-unknown-client-text = The link to this page names an application that is not registered here. Whoever gave you the link must correct it.
signin-wrong-redirect-title = The link to this page is wrong
signin-wrong-redirect-text = It leads back to an address that is not registered for the application, so it was not followed. Whoever gave you the link must correct it.

signout-title = Sign out?
signout-asked-by = { $client } asks to sign you out.
signout-text = You will be signed out in this browser, here and in the partner portal.
signout-stay = Stay signed in
signout-done-title = You are signed out
signout-done-text = On a computer that others use too, close the browser as well.
signout-again = Sign in again
signout-wrong-redirect-title = The link to this page is wrong
signout-wrong-redirect-text = It leads to an address that is not registered for the application, so it was not followed. You are still signed in.

password-forgotten-title = Forgotten password
password-forgotten-lede = Enter the address that you sign in with. We will send you a link to set a new password.
password-forgotten-user-name = User name
password-forgotten-user-name-hint = Only if you are an IAM user. Enter the root user’s email address above; the link goes to your own address.
password-forgotten-send = Send the link
password-forgotten-back = Back to sign-in
password-sent-title = Look into your mailbox
password-sent-text = If there is an account with these details, we have sent an email with a link. It can be used once, within one hour.
password-sent-nothing = Nothing arrived? Look into the spam folder, or wait a few minutes and ask again.
password-sent-again = Ask for another link
password-reset-title = Set a new password
password-reset-for = For { $email }. You will be signed out everywhere.
password-reset-button = Set the password
password-reset-done = Your new password is set. Sign in with it.
password-new = New password
password-link-used-title = This link was used already
password-link-used-text = A link to set a password can be used once. If you still need a new password, ask for another link.
password-link-expired-title = This link has expired
password-link-expired-text = A link to set a password holds for one hour. Ask for another one.
password-link-unknown-title = This link is not complete
password-link-unknown-text = Perhaps your mail program cut it off. Copy the whole link from the email, or ask for another one.
password-link-again = Ask for another link
password-change-title = Change password
password-change-lede = You stay signed in here. Everywhere else you will be signed out, and we will tell you by email.
password-current = Current password
password-current-missing = Enter your current password
password-current-wrong = That is not your current password
password-change-button = Change password
password-changed-done = Your password is changed. All other sessions have ended.

sessions-title = Sign-ins
sessions-lede = Where you are signed in, and when somebody tried to sign in as you.
sessions-active = Signed in now
sessions-browser = Browser
sessions-address = Address
sessions-since = Signed in
sessions-seen = Last seen
sessions-here = This browser
sessions-end-others = Sign out everywhere else
sessions-ended = All other sessions have ended.
sessions-history = History
sessions-when = When
sessions-outcome = Result
sessions-succeeded = Signed in
sessions-failed = Wrong password
sessions-none = No sign-ins yet.
sessions-not-you = Something here was not you? Change your password: that ends all other sessions.

letter-password-greeting = Hello { $name },
letter-password-reset-subject = Set a new { $provider } password
letter-password-reset-text = Somebody asked for a new password for your { $provider } partner portal account. The link can be used once, within one hour.
letter-password-reset-button = Set a new password
letter-password-reset-ignore = If it was not you, ignore this email: your password stays as it is.
letter-password-changed-subject = Your { $provider } password was changed
letter-password-changed-text = The password of your { $provider } partner portal account was changed on { $at }. All other sessions have ended.
letter-password-changed-not-you = If it was not you, set a new password at once and write to us.
letter-password-changed-button = Set a new password

## Tokens of the API

letter-token-made-subject = { $provider }: a token for the API was made
letter-token-made-text = The token “{ $token }” was made in your profile. It holds until { $until }.
letter-token-made-scopes = It may be used for: { $scopes }.
letter-token-made-not-you = If it was not you, revoke it and change your password.
letter-token-made-button = See your tokens
