// A certified OpenID client (openid-client) against our provider: discovery, code flow with PKCE, userinfo, sign-out.

import { createServer } from "node:http";
import * as client from "openid-client";
import { expect, test } from "../support/test.ts";

/** The application's own site: all that it does is to be there. */
async function application(): Promise<AsyncDisposable> {
  const server = createServer((_, answer) => answer.setHeader("content-type", "text/html").end("<title>app</title>"));
  await new Promise<void>((ready) => server.listen(8085, "127.0.0.1", ready));
  return { [Symbol.asyncDispose]: () => new Promise((done) => server.close(() => done()).closeAllConnections()) };
}

const CALLBACK = "http://127.0.0.1:8085/callback";

test("a certified client signs a user in and out", async ({ portico, visitor }) => {
  const { page, watch } = visitor;
  watch.expect(/127\.0\.0\.1:8085\//);
  await using _app = await application();

  const config = await client.discovery(new URL(portico.url), "sample-app", undefined, client.None(), {
    execute: [client.allowInsecureRequests],
  });
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const nonce = client.randomNonce();
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: "openid email profile",
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
  });
  await page.goto(url.href);
  const { email, password } = portico.signIn(/^Enterprise/);
  await page.locator("#email").fill(email);
  await page.locator("#password").fill(password);
  await page.getByRole("button", { name: "Sign in with root user account" }).click();
  await page.waitForURL(`${CALLBACK}?**`);

  const answer = new URL(page.url());
  const tokens = await client.authorizationCodeGrant(config, answer, {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
  });
  const subject = tokens.claims()!.sub;
  const person = await client.fetchUserInfo(config, tokens.access_token, subject);
  expect(person.email).toBe(email);

  // The code was single use, and its second use takes back what the first gave.
  const again = client.authorizationCodeGrant(config, answer, {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
  });
  await expect(again).rejects.toThrow();
  await expect(client.fetchUserInfo(config, tokens.access_token, subject)).rejects.toThrow();

  const out = client.buildEndSessionUrl(config, {
    id_token_hint: tokens.id_token!,
    post_logout_redirect_uri: "http://127.0.0.1:8085/",
  });
  await page.goto(out.href);
  await page.waitForURL("http://127.0.0.1:8085/**");
  await page.goto(`${portico.url}/registration`);
  await expect(page.locator("#password")).toBeVisible();
});
