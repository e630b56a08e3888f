### Accounts: sign-up, profile, class.

accounts-sign-up-title = Create a { $provider } account
accounts-step-email = Email
accounts-step-account = Your account
accounts-step-done = Done
accounts-email = Email address
accounts-email-hint = We send a link to this address to make sure that it is yours. The link works for { $hours ->
    [one] one hour
   *[other] { $hours } hours
  }.
accounts-leave-empty = Leave this field empty
accounts-agreement = Agreement
accounts-agree-terms = I agree to the terms of use
accounts-agree-data = I agree to the handling of my personal data
accounts-read-document = Read the text (opens in a new tab)
accounts-document-version = Version { $version }
accounts-terms-of-use = Terms of use
accounts-personal-data = Handling of personal data
accounts-print = Print
accounts-send-link = Send the verification link
accounts-have-account = You already have an account?
accounts-aside-title = One account for everything
accounts-aside-text = The account holds your services at { $provider }, your billing data and your partner registration. Whoever signs up becomes its root user.
accounts-aside-enterprise = Companies choose the class Enterprise in the next step and give their legal name and tax code. Only an enterprise can become a partner.
accounts-sign-up-stale = The form was open for too long. Please check it and send it once more
accounts-sign-up-too-many = Several emails were sent within this hour already. Look into the mailbox, also under spam, or try again in an hour
accounts-too-many-letters-title = Several emails were sent already
accounts-too-many-letters-text = Look into your mailbox, also under spam, or try again in an hour.

accounts-sent-title = Check your mailbox
accounts-sent-text = We have sent an email to { $email }. Follow the link in it to go on.
accounts-sent-life = The link works once, for { $hours ->
    [one] one hour
   *[other] { $hours } hours
  }.
accounts-sent-nothing = No email?
accounts-sent-spam = It can take a few minutes. Look into the spam folder, and make sure that the address above is right.
accounts-send-again = Send the email again
accounts-sent-again = The email was sent again.
accounts-other-address = Use another address

accounts-complete-title = Set up your account
accounts-complete-lead = Your address is verified. These details complete your account.
accounts-name = Your name
accounts-password = Password
accounts-password-again = Please type the password again: it is not kept.
accounts-password-hint = At least { $min } characters. A few words that do not belong together are good.
accounts-password-hint-mixed = At least { $min } characters, with a lower-case letter, an upper-case letter and a digit.
accounts-phone = Telephone number
accounts-phone-hint = For example +84 24 3825 1234
accounts-class = Account class
accounts-class-enterprise = Enterprise
accounts-class-enterprise-hint = A company or another organisation. It can become a partner.
accounts-class-individual = Individual
accounts-class-individual-hint = A person. It can be changed to an enterprise later.
accounts-enterprise-fields = The enterprise
accounts-legal-name = Legal name
accounts-legal-name-hint = As on the business registration certificate
accounts-country = Country
accounts-tax-code = Tax code
accounts-tax-code-hint = In Vietnam 10 digits, 10 and 3 for a branch, or the 12 digits of a personal identification number
accounts-create = Create the account

accounts-ready-title = Your account is ready
accounts-ready-text = We have sent you an email that confirms it. Sign in with your email address and password to use { $provider }.

accounts-link-expired-title = This link has expired
accounts-link-expired-text = Too much time has passed since it was sent. We can send a new one to the same address.
accounts-link-used-title = This link has been used
accounts-link-used-text = The account of this address has been set up. Sign in with the email address and the password that was chosen.
accounts-link-unknown-title = This link is not valid
accounts-link-unknown-text = Part of it may be missing. Copy the whole link from the email, or sign up again to get a new one.
accounts-send-new-link = Send a new link
accounts-forgotten = Forgotten password?
accounts-sign-up-again = Sign up again

accounts-profile-you = Your details
accounts-profile-account = The account
accounts-profile-security = Security
accounts-profile-password = Change the password
accounts-profile-sign-ins = Where you are signed in
accounts-profile-tokens = API tokens
accounts-profile-saved = Your details were saved.
accounts-profile-iam = You are signed in as an IAM user. Only the root user can change the data of the account.
accounts-profile-ask = For more permissions, ask { $name } ({ $email }).
accounts-profile-whose = You work for { $account }.
accounts-grants = Your permissions
accounts-profile-company-change = To correct the company's data, contact support.
accounts-language-hint = For our emails, and for these pages unless another is chosen at the top
accounts-root-user = Root user

accounts-enterprise-title = Become an enterprise account
accounts-enterprise-why = Only an enterprise can become a partner. If this account belongs to a company, give its legal name and tax code.
accounts-enterprise-lead = The account keeps its services and its users. What changes is whose account it is.
accounts-enterprise-done = The account is an enterprise account now.
accounts-enterprise-already = The account is an enterprise account already.
accounts-check-title = Check your answers
accounts-check-final = Compare with the business registration certificate. Once confirmed, only support can change these data.
accounts-check-confirm = Confirm
accounts-check-edit = Change the answers

accounts-error-email-missing = Enter your email address
accounts-error-email = Enter an email address such as name@example.com
accounts-error-terms-of-use-missing = Agree to the terms of use to go on
accounts-error-personal-data-missing = Agree to the handling of your personal data to go on
accounts-error-name-missing = Enter your name
accounts-error-password-missing = Choose a password
accounts-error-phone-missing = Enter a telephone number
accounts-error-phone = Enter a telephone number with 8 to 15 digits, such as +84 24 3825 1234
accounts-error-class-missing = Choose enterprise or individual
accounts-error-legal-name-missing = Enter the company's legal name
accounts-error-country-missing = Choose the country
accounts-error-tax-code-missing = Enter the tax code
accounts-error-too-long = Enter at most { $max } characters
accounts-error-unprintable = Remove the characters that cannot be shown, such as line breaks
accounts-error-choice = Choose one of the options

accounts-import-fields = There are { $found } values where the header has { $expected } columns
accounts-import-not-utf8 = { $column }: the text is not UTF-8
accounts-import-too-large = { $column }: the value is longer than { $max } bytes
accounts-import-field = { $column }: { $mistake }
accounts-import-value = { $column }: “{ $found }” is none of the values { $allowed }
accounts-import-repeated = The same email address as in { $place }
accounts-import-own-customer = managed_by_email: this is the account's own email address
accounts-import-no-manager = managed_by_email: there is no account with the email address { $email }
accounts-import-manager-managed = managed_by_email: { $email } is a partner's customer itself

accounts-password-too-short = Choose a password with at least { $min } characters
accounts-password-not-mixed = Choose a password with a lower-case letter, an upper-case letter and a digit
accounts-password-guessable = Choose a password that is harder to guess: it is mostly made of your own data or of words that everybody tries first

accounts-tax-code-character = Enter the tax code without “{ $character }”, which no tax code there contains
accounts-tax-code-wrong-length = Enter 10 digits, 10 and 3 for a branch, or 12 for a person; there are { $digits }
accounts-tax-code-misplaced-hyphen = Put the hyphen between the company's 10 digits and the branch's 3
accounts-tax-code-wrong-check-digit = Compare the tax code with your registration certificate: a digit is mistyped, the tenth does not match the nine before it
accounts-tax-code-no-such-branch = Check the last three digits: a branch's number counts from 001
accounts-tax-code-unknown-birthplace = Compare the number with your identity card: none begins with { $start }
accounts-tax-code-unknown-century = Compare the number with your identity card: its fourth digit is 0 to 3, not { $digit }
accounts-tax-code-length = Enter a tax code with 5 to 20 characters; there are { $length }
accounts-tax-code-few-digits = Enter a tax code with at least 3 digits; there are { $digits }

letter-verification-subject = { $provider }: account verification
letter-verification-lead = Somebody, hopefully you, is creating a { $provider } account with this email address. To go on, follow this link:
letter-verification-button = Verify the address and set up the account
letter-verification-life = The link works once, for { $hours ->
    [one] one hour
   *[other] { $hours } hours
  }.
letter-verification-not-you = If this was not you, ignore this email. Nothing happens then.
letter-already-registered-subject = { $provider }: you already have an account
letter-already-registered-lead = Somebody, hopefully you, tried to create a { $provider } account with this email address. There is one already: sign in with it.
letter-already-registered-forgotten = If you have forgotten the password, or never set one, you can choose a new one:
letter-already-registered-reset = Choose a new password
letter-welcome-subject = { $provider }: your account is ready
letter-welcome-lead = Hello { $name }, your { $provider } account is ready. This is what you told us:
letter-welcome-next = After signing in, an enterprise can apply to become a { $provider } Partner.

## Problems of the API

problem-already-enterprise = The account is a company’s already
problem-already-enterprise-detail = The account is classified as an enterprise already.
problem-not-an-enterprise = The account is a person’s
problem-not-an-enterprise-detail = Only a company’s data can be corrected. The account’s root user makes it a company’s in the profile.
