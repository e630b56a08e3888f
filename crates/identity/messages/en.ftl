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
