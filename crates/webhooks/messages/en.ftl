### Webhooks: events sent to endpoints of the provider and of accounts.

webhooks-nav = Webhooks
webhooks-nav-about = Have your own systems told at once when something happens here.
webhooks-title = Webhooks
webhooks-lead = Your systems hear what happens here: each event is sent to your address, signed, and sent again until it arrives.
webhooks-add = Add an endpoint
webhooks-edit = Change
webhooks-none-title = No endpoint yet
webhooks-none = Add the address of a system of yours that is to hear of events.
webhooks-caption = Endpoints
webhooks-endpoint = Endpoint
webhooks-health = Health
webhooks-health-good = Delivering
webhooks-health-new = Nothing delivered yet
webhooks-health-failing = Failing
webhooks-health-disabled = Disabled
webhooks-events = Events
webhooks-events-all = All events
webhooks-events-all-hint = Also those that a later version brings.
webhooks-events-chosen = Only these
webhooks-events-some = { $n ->
    [one] { $n } kind
   *[other] { $n } kinds
}
webhooks-last-delivered = Last delivered
webhooks-full = There are { $n } endpoints, which is the most. Remove one to add another.

webhooks-url = Address (URL)
webhooks-url-hint = Begins with https:// and answers with a 2xx status within { $seconds } seconds.
webhooks-description = Description
webhooks-description-hint = What you call it, so that you find it again. Optional.
webhooks-made = Added
webhooks-error-address = Enter an address such as https://hooks.example.com/portico
webhooks-error-long = Enter an address of at most 2000 characters
webhooks-error-https = Enter an address that begins with https://
webhooks-error-extras = Enter an address without a user name, password or #
webhooks-error-private = Enter an address on the Internet: this one is in a private or reserved network
webhooks-error-description = Enter a description of at most 120 characters, on one line
webhooks-error-no-events = Choose at least one kind of event, or all
webhooks-error-unknown-event = Choose kinds of events from the list

webhooks-secret-title = Keep the secret
webhooks-secret = Signing secret
webhooks-secret-once = Copy it into your system now. It is not shown again. Whoever has it can make events that look like ours.
webhooks-secret-overlap = For 24 hours each request carries two signatures, by the new secret and by the old one. Put the new one into your system within that time.
webhooks-secret-done = I have kept it
webhooks-copy = Copy
webhooks-copied = Copied
webhooks-made-already = This endpoint was set up already, and its secret is not shown again. If you have not kept it, make a new one.
webhooks-rotated-already = The endpoint has changed meanwhile, so no new secret was made. A secret that was made before is not shown again.
webhooks-created = The endpoint is set up.
webhooks-rotated = The endpoint has a new secret.
webhooks-old-secret-until = The old secret signs too, until

webhooks-rotate = New secret
webhooks-rotate-title = Make a new secret?
webhooks-rotate-text = The old secret signs for 24 hours more, beside the new one. After that it is worthless.
webhooks-remove = Remove
webhooks-disable-title = Disable this endpoint?
webhooks-disable-text = Nothing is sent to it until somebody enables it again. What is waiting is held until then.
webhooks-remove-title = Remove this endpoint?
webhooks-remove-text = Nothing more is sent to it, and its delivery log is deleted, with what is still waiting. This cannot be undone.
webhooks-keep = Keep it
webhooks-disable = Disable
webhooks-enable = Enable
webhooks-test = Send a test event
webhooks-saved = The endpoint is changed.
webhooks-removed = The endpoint is removed.
webhooks-test-sent = The test event is on its way. Reload this page in a moment to see what became of it.
webhooks-now-enabled = The endpoint is enabled.
webhooks-resent = The event is on its way again.

webhooks-disabled-by-hand = Disabled since { $at }, by { $name }. Nothing is sent; what was waiting is held.
webhooks-disabled-gone = Disabled since { $at }: the endpoint answered “410 Gone”. Nothing is sent; what was waiting is held.
webhooks-disabled-failing = Disabled since { $at }: every attempt had failed for { $days } days. Nothing is sent; what was waiting is held.
webhooks-disabled-meanwhile = What happens while it is disabled is not sent later either: your systems can read it at /api/v1/events?after=N, where N is the number of the last event that arrived.
webhooks-failing-since = Every attempt since { $at } has failed. After { $days } days without a success the endpoint is disabled.

webhooks-deliveries = Deliveries
webhooks-delivery = Delivery
webhooks-event = Event
webhooks-seq = No. { $seq }
webhooks-state = Status
webhooks-time = Time
webhooks-answer = Answer
webhooks-attempts = Attempts
webhooks-attempts-made = Attempts
webhooks-next-attempt = Next attempt
webhooks-duration = Took
webhooks-took = { $ms } ms
webhooks-excerpt = Beginning of the answer
webhooks-filter = Filter
webhooks-pages = Pages
webhooks-newer = Newer
webhooks-older = Older
webhooks-no-deliveries-title = No deliveries
webhooks-no-deliveries = Nothing has happened yet that this endpoint is told of. Send a test event to try it.
webhooks-no-deliveries-filtered = No deliveries in this state
webhooks-standing-waiting = Waiting
webhooks-standing-held = Held
webhooks-standing-delivered = Delivered
webhooks-standing-given-up = Given up
webhooks-no-attempts = No attempt has been made yet.
webhooks-attempt-under-way = under way
webhooks-attempt-lost = no answer was recorded: the process stopped in between
webhooks-failure-timed-out = timed out
webhooks-failure-cannot-connect = cannot connect
webhooks-failure-no-answer = no answer
webhooks-failure-out-of-reach = in a private network
webhooks-payload = Body
webhooks-headers = Headers of the last attempt
webhooks-resend = Send again

webhooks-too-many-title = No more endpoints
webhooks-too-many-text = There are as many endpoints as there may be. Remove one to add another.
webhooks-changed-meanwhile-title = Changed in the meantime
webhooks-changed-meanwhile-text = Somebody else changed this endpoint in the meantime. Open it again to see how it is now, then make your change.
webhooks-is-disabled-title = The endpoint is disabled
webhooks-is-disabled-text = Nothing is sent to it. Enable it first.
webhooks-is-waiting-title = It is on its way already
webhooks-is-waiting-text = This event is waiting to be sent already.

letter-webhook-disabled-subject = { $provider }: a webhook endpoint was disabled
letter-webhook-disabled-gone = An endpoint answered “410 Gone”, so { $provider } sends nothing more to it.
letter-webhook-disabled-failing = Every attempt to deliver to an endpoint has failed for { $days } days, so { $provider } sends nothing more to it.
letter-webhook-disabled-provider = It is one of the provider's own endpoints. You get this email because you manage them.
letter-webhook-disabled-account = It is one of your account's endpoints.
letter-webhook-disabled-next = What was waiting is held. See in the delivery log what went wrong, then enable the endpoint: what was held is sent then.
letter-webhook-disabled-button = Open the endpoint

problem-too-many-endpoints = Too many endpoints
problem-too-many-endpoints-detail = There are as many endpoints as there may be. Remove one to add another.
problem-endpoint-disabled = The endpoint is disabled
problem-endpoint-disabled-detail = Nothing is sent to it. Enable it first.
problem-delivery-waiting = The delivery is waiting already
problem-delivery-waiting-detail = It is waiting for its next attempt, or is held until its endpoint is enabled.
