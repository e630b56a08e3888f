import { axeInEveryLook, expect, test } from "../support/test.ts";

test("the demo is up and says so", async ({ portico, request }) => {
  const answer = await request.get(`${portico.url}/healthz`);
  expect(answer.status()).toBe(200);
});

test("the printed sign-in link opens a sign-in page that everyone can use", async ({ portico, page }) => {
  const answer = await page.goto(portico.signInLink);
  expect(answer?.status()).toBe(200);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText("Sign in with root user account").first()).toBeVisible();
  await expect(page.getByRole("link", { name: "Sign up" })).toBeVisible();
  await axeInEveryLook(page);
});

test("the demo stops when it is asked to", async ({ portico }) => {
  await portico.stop();
  await expect(fetch(`${portico.url}/healthz`)).rejects.toThrow();
});
